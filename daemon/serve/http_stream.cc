#include "daemon/serve/http_stream.h"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace omamori {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using boost::system::error_code;

// A socket whose one direction is closed; that it is gone already is for the next reading to say.
void stop_sending(HttpSocket& socket) {
  error_code ignored;
  socket.shutdown(HttpSocket::shutdown_send, ignored);
}

class PlainStream final : public HttpStream {
 public:
  explicit PlainStream(HttpSocket socket) : socket_(std::move(socket)) {}

  void begin(Done done) override {
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}, 0); });
  }
  void read_some(char* into, std::size_t most, Done done) override {
    socket_.async_read_some(asio::buffer(into, most), std::move(done));
  }
  void write(const std::string& bytes, Done done) override {
    asio::async_write(socket_, asio::buffer(bytes), std::move(done));
  }
  void end_of_words(Done done) override {
    stop_sending(socket_);
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}, 0); });
  }
  void drop_some(char* into, std::size_t most, Done done) override {
    read_some(into, most, std::move(done));
  }
  void cancel() override {
    error_code ignored;
    socket_.cancel(ignored);
  }
  void close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  HttpSocket socket_;
};

class TlsStream final : public HttpStream {
 public:
  TlsStream(HttpSocket socket, std::shared_ptr<ssl::context> tls)
      : tls_(std::move(tls)), stream_(std::move(socket), *tls_) {}

  void begin(Done done) override {
    stream_.async_handshake(ssl::stream_base::server,
                            [done = std::move(done)](const error_code& error) { done(error, 0); });
  }
  void read_some(char* into, std::size_t most, Done done) override {
    stream_.async_read_some(asio::buffer(into, most), std::move(done));
  }
  void write(const std::string& bytes, Done done) override {
    asio::async_write(stream_, asio::buffer(bytes), std::move(done));
  }
  // Also waits for the other side's goodbye: whoever keeps it is cut when the farewell is over.
  void end_of_words(Done done) override {
    stream_.async_shutdown([done = std::move(done)](const error_code&) { done({}, 0); });
  }
  void drop_some(char* into, std::size_t most, Done done) override {
    stop_sending(stream_.next_layer());
    stream_.next_layer().async_read_some(asio::buffer(into, most), std::move(done));
  }
  void cancel() override {
    error_code ignored;
    stream_.next_layer().cancel(ignored);
  }
  void close() override {
    error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  std::shared_ptr<ssl::context> tls_;  // of this connection, also when another is in use by now
  ssl::stream<HttpSocket> stream_;
};

}  // namespace

std::unique_ptr<HttpStream> plain_stream(HttpSocket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<HttpStream> tls_stream(HttpSocket socket, std::shared_ptr<ssl::context> tls) {
  return std::make_unique<TlsStream>(std::move(socket), std::move(tls));
}

}  // namespace omamori
