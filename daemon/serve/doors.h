// The doors of the daemon: opened if [http] listen says so, tried again while they cannot be, and
// answered by daemon/web/router.h. That they cannot be opened keeps nobody from being reminded.
#pragma once

#include <memory>

#include <boost/asio/steady_timer.hpp>

#include "daemon/runtime/daemon.h"
#include "daemon/serve/http_listener.h"
#include "daemon/web/router.h"

namespace omamori {

class Doors {
 public:
  // All must outlive it.
  Doors(boost::asio::io_context& io, Service& service, Daemon& daemon);

  // If there are any. What went wrong goes to the log, once, and is kept in Service::doors.
  void open();
  // For the orderly stop, as HttpListener has it. When all_gone() nothing of it keeps the
  // io_context running.
  void stop();
  void cut();
  bool all_gone() const;

 private:
  HttpResponse answer(const HttpRequest& request);
  void try_to_open();

  boost::asio::io_context& io_;
  Service& service_;
  Daemon& daemon_;
  WebContext context_;
  boost::asio::steady_timer again_;
  std::unique_ptr<HttpListener> listener_;
};

}  // namespace omamori
