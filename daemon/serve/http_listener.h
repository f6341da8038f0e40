// The doors: HTTP/1.1 at an address or a unix socket, plain or with TLS of its own, for whoever
// comes. What is asked is answered by a handler (daemon/web/router.h), one request a turn of the
// loop, on the io_context's thread.
//
// A client that is slow, wrong, too big or gone harms only itself: what it may take of us is
// daemon/serve/http_limits.h. Requests that two programs could read differently are refused
// (daemon/serve/http_reader.h). Nothing of a request is logged: its path may hold a token (P8).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "config/config.h"
#include "daemon/control/countdown.h"
#include "daemon/serve/http_limits.h"
#include "daemon/web/http.h"

namespace boost::asio {
class io_context;
}

namespace omamori {

struct HttpOptions {
  HttpLimits limits;
  // Patience is counted by what this makes; null = the monotonic clock.
  MakeCountdown patience;
  // Hears what somebody should see to: a handler that broke off, a certificate that cannot be used.
  std::function<void(const std::string&)> problem = [](const std::string&) {};
};

class HttpListener {
 public:
  // What it throws becomes 500 without a reason.
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  // `http.listen` must not be empty.
  HttpListener(boost::asio::io_context& io, HttpConfig http, Handler handler,
               HttpOptions options = {});
  // Connections that are still there are cut. The handler is not called again.
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  // Begins to answer. "" or why not, with what to do; it may be tried again.
  std::string listen();
  // "127.0.0.1:8480", with the port that it has; "unix:PATH".
  std::string place() const;

  // For the orderly stop: takes no further connection and ends those whose request is not there;
  // answers that are being sent are finished.
  void stop();
  // Ends these too.
  void cut();
  std::size_t open_connections() const;

  // Takes the certificate from its files now; they are watched anyway.
  void reread_certificate();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace omamori
