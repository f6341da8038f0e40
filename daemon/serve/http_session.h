// One connection at the doors: reads a request, has it answered, sends the answer, and so on.
// Internal to daemon/serve/http_listener.cc.
#pragma once

#include <memory>
#include <string>

#include "daemon/control/countdown.h"
#include "daemon/serve/http_limits.h"
#include "daemon/serve/http_stream.h"
#include "daemon/web/http.h"

namespace omamori {

// Who is at the other end of a connection.
struct HttpPeer {
  std::string name;      // an address, or "uid:33" at a unix socket
  bool trusted = false;  // a proxy: whom it names is believed
};

class HttpSession {
 public:
  enum class Phase {
    waiting,    // no byte of a request has come
    reading,    // of one that is not whole yet
    answering,  // the answer is on its way
    parting,    // it was the last one
  };

  HttpSession() = default;
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;
  virtual ~HttpSession() = default;

  virtual Phase phase() const = 0;
  virtual const HttpPeer& peer() const = 0;
  // Ends it at once. It may be gone on return.
  virtual void cut() = 0;
  // Ends it at once unless it is answering: then behind that answer. It may be gone on return.
  virtual void stop() = 0;
};

// The listener, to its sessions.
class HttpOwner {
 public:
  HttpOwner() = default;
  HttpOwner(const HttpOwner&) = delete;
  HttpOwner& operator=(const HttpOwner&) = delete;
  virtual ~HttpOwner() = default;

  virtual const HttpLimits& limits() const = 0;
  virtual bool has_tls() const = 0;
  // Does not throw.
  virtual HttpResponse answer(const HttpRequest& request) = 0;
  // For the patience of one session.
  virtual std::unique_ptr<Countdown> countdown() = 0;
  virtual void opened(HttpSession& session) = 0;
  // Into another phase: of those in it, it is the youngest.
  virtual void moved(HttpSession& session) = 0;
  // Once for each that was opened; also when the io_context is destroyed.
  virtual void closed(HttpSession& session) = 0;
};

void start_http_session(std::unique_ptr<HttpStream> stream, HttpPeer peer,
                        std::shared_ptr<HttpOwner> owner);

}  // namespace omamori
