// Bytes that came in at the doors become requests, one after another, or a refusal. It knows no
// sockets and no time: the same bytes in whatever pieces give the same. Internal to
// daemon/serve/http_session.cc.
//
// Strict where two programs could read the same bytes as different requests: a proxy in front and
// we must see one and the same.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "daemon/serve/http_limits.h"
#include "daemon/web/http.h"

namespace omamori {

enum class HttpReading {
  more,     // bytes are missing
  go_on,    // said once: it waits for "100 Continue" before it sends the body
  whole,    // a request is there: take()
  refused,  // refusal() says why; nothing further is read
};

class HttpReader {
 public:
  // `limits` must outlive it.
  explicit HttpReader(const HttpLimits& limits);
  ~HttpReader();
  HttpReader(const HttpReader&) = delete;
  HttpReader& operator=(const HttpReader&) = delete;

  void put(std::string_view bytes);
  // As far as what was put goes.
  HttpReading read();
  // The other side sends no more: what has begun will not be whole.
  void put_end();

  // Has a byte of a request come that is not whole yet?
  bool begun() const;
  // Of the request that is whole: may another follow on this connection?
  bool keeps_alive() const;
  // Without peer. What was put behind it is the beginning of the next.
  HttpRequest take();

  // 400, 405, 413, 414, 417, 431, 501 or 505, in words that repeat nothing of the request.
  HttpResponse refusal() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace omamori
