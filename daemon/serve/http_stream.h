// A connection at the doors as bytes in both directions: TCP or a unix socket, plain or through
// TLS. Internal to daemon/serve/http_session.cc and http_listener.cc.
//
// One thread, the io_context's. Nothing is called back from inside a call. What is called keeps the
// stream alive, not the other way round: the callbacks hold their session.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

namespace omamori {

using HttpSocket = boost::asio::generic::stream_protocol::socket;

class HttpStream {
 public:
  using Done = std::function<void(const boost::system::error_code&, std::size_t)>;

  HttpStream() = default;
  HttpStream(const HttpStream&) = delete;
  HttpStream& operator=(const HttpStream&) = delete;
  virtual ~HttpStream() = default;

  // Before anything else. Of TLS the handshake.
  virtual void begin(Done done) = 0;
  virtual void read_some(char* into, std::size_t most, Done done) = 0;
  // All of it; `bytes` must stay until then.
  virtual void write(const std::string& bytes, Done done) = 0;
  // We say nothing more.
  virtual void end_of_words(Done done) = 0;
  // After end_of_words(): what still comes, as it comes on the wire.
  virtual void drop_some(char* into, std::size_t most, Done done) = 0;
  // What waits is called back with an error.
  virtual void cancel() = 0;
  virtual void close() = 0;
};

std::unique_ptr<HttpStream> plain_stream(HttpSocket socket);
std::unique_ptr<HttpStream> tls_stream(HttpSocket socket,
                                       std::shared_ptr<boost::asio::ssl::context> tls);

}  // namespace omamori
