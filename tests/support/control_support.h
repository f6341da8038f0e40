// A control server on a loop of its own thread, and a client that says exactly what a test wants.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "daemon/control/protocol.h"
#include "daemon/control/server.h"
#include "daemon/control/unix_socket.h"
#include "tests/support/mail_support.h"

namespace omamori {

// Bytes in, bytes out. Nothing waits longer than 30 s.
class RawClient {
 public:
  explicit RawClient(const std::filesystem::path& path)
      : file_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval wait{30, 0};
    ::setsockopt(file_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(file_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    const auto address = unix_address(path);
    EXPECT_EQ(::connect(file_, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(file_); }

  // Gives up silently when the other side does.
  RawClient& say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(file_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  RawClient& end_of_words() {
    ::shutdown(file_, SHUT_WR);
    return *this;
  }
  // Until the other side closes; "(nothing for 30 s)" at the end if it does not.
  std::string hear() const {
    std::string all;
    char some[65536];
    for (;;) {
      const ssize_t got = ::recv(file_, some, sizeof some, 0);
      if (got > 0) {
        all.append(some, static_cast<std::size_t>(got));
        continue;
      }
      return got < 0 && errno == EAGAIN ? all + "(nothing for 30 s)" : all;
    }
  }

 private:
  int file_;
};

inline std::string post_text(const std::string& body, const std::string& headers = "") {
  return "POST /v1/command HTTP/1.1\r\nHost: x\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// What a server at `socket` answers to those who ask, until this object goes.
class RunningServer {
 public:
  RunningServer(const std::filesystem::path& socket, ControlServer::Handler handler,
                ControlLimits limits = {})
      : server_(std::make_unique<ControlServer>(io_, socket, std::move(handler), limits)),
        work_(boost::asio::make_work_guard(io_)) {
    EXPECT_EQ(server_->listen(), "");
    thread_ = std::thread([this] { io_.run(); });
  }
  ~RunningServer() { stop(); }

  // As the daemon does it: stop, let the loop run out, destroy.
  void stop() {
    if (!thread_.joinable()) return;
    boost::asio::post(io_, [this] { server_->stop(); });
    work_.reset();
    thread_.join();
    EXPECT_EQ(server_->open_connections(), 0U);
    server_.reset();
  }
  std::size_t open_connections() {
    std::promise<std::size_t> answer;
    boost::asio::post(io_, [&] { answer.set_value(server_->open_connections()); });
    return answer.get_future().get();
  }
  // Whether it came to so many within 30 s.
  bool comes_to(std::size_t connections) {
    for (int i = 0; i < 3000; ++i) {
      if (open_connections() == connections) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  boost::asio::io_context& io() { return io_; }
  ControlServer& server() { return *server_; }

 private:
  boost::asio::io_context io_;
  std::unique_ptr<ControlServer> server_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace omamori
