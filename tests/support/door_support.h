// The doors on a loop of their own thread, and a client that says exactly what a test wants. Time
// is the test's: patience ends when it says so, however slow the machine is.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "config/http_rules.h"
#include "daemon/control/unix_socket.h"
#include "daemon/serve/http_listener.h"
#include "tests/support/stepped_time.h"

namespace omamori {

// Listens until this object goes.
class RunningDoors {
 public:
  RunningDoors(HttpConfig http, HttpListener::Handler handler, HttpLimits limits = {})
      : work_(boost::asio::make_work_guard(io_)) {
    HttpOptions options;
    options.limits = std::move(limits);
    options.patience = time_.countdowns();
    options.problem = [this](const std::string& what) {
      const std::lock_guard lock(mutex_);
      problems_.push_back(what);
    };
    listener_ = std::make_unique<HttpListener>(io_, std::move(http), std::move(handler),
                                               std::move(options));
    why_ = listener_->listen();
    thread_ = std::thread([this] { io_.run(); });
  }
  RunningDoors(const RunningDoors&) = delete;
  RunningDoors& operator=(const RunningDoors&) = delete;
  ~RunningDoors() {
    if (!thread_.joinable()) return;
    on_loop([this] { listener_->cut(); });
    stop();
  }

  const std::string& why() const { return why_; }
  std::string place() const { return listener_->place(); }
  // As the daemon does it: stop, let the loop run out, destroy.
  void stop() {
    begin_stop();
    work_.reset();
    thread_.join();
    EXPECT_EQ(listener_->open_connections(), 0U);
    listener_.reset();
  }
  void begin_stop() {
    on_loop([this] { listener_->stop(); });
  }
  void reread_certificate() {
    on_loop([this] { listener_->reread_certificate(); });
  }
  std::size_t open_connections() {
    std::size_t count = 0;
    on_loop([&] { count = listener_->open_connections(); });
    return count;
  }
  void wait_for_connections(std::size_t count) {
    while (open_connections() != count) std::this_thread::yield();
  }
  void pass(std::chrono::milliseconds by) {
    on_loop([&] { time_.pass(by); });
  }
  void take_turns() {
    for (int i = 0; i < 5; ++i) on_loop([] {});
  }
  std::vector<std::string> problems() {
    const std::lock_guard lock(mutex_);
    return problems_;
  }

 private:
  void on_loop(const std::function<void()>& work) {
    std::packaged_task<void()> task(work);
    std::future<void> done = task.get_future();
    boost::asio::post(io_, std::move(task));
    done.wait();
  }

  SteppedTime time_;  // the loop's
  std::mutex mutex_;
  std::vector<std::string> problems_;
  std::string why_;
  boost::asio::io_context io_;
  std::unique_ptr<HttpListener> listener_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

// Connected to where the doors say they are: bytes in, bytes out.
class DoorClient {
 public:
  explicit DoorClient(const std::string& place) { connect(parse_listen(place).value()); }
  DoorClient(DoorClient&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  DoorClient& operator=(DoorClient&&) = delete;
  DoorClient(const DoorClient&) = delete;
  DoorClient& operator=(const DoorClient&) = delete;
  ~DoorClient() {
    if (file_ >= 0) ::close(file_);
  }

  int file() const { return file_; }
  // Gives up silently when the other side does.
  DoorClient& say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(file_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  DoorClient& end_of_words() {
    ::shutdown(file_, SHUT_WR);
    return *this;
  }
  // Everything until the other side closes.
  std::string hear() const {
    std::string all;
    while (hear_some(all)) {
    }
    return all;
  }
  // Until `end` has come.
  std::string hear_until(std::string_view end) const {
    std::string all;
    while (all.find(end) == std::string::npos && hear_some(all)) {
    }
    return all;
  }

 private:
  void connect(const ListenPlace& at) {
    const int family = !at.socket.empty() ? AF_UNIX : at.ipv6 ? AF_INET6 : AF_INET;
    file_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto port = htons(static_cast<std::uint16_t>(at.port));
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = port;
    ::inet_pton(AF_INET, at.address.c_str(), &v4.sin_addr);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = port;
    ::inet_pton(AF_INET6, at.address.c_str(), &v6.sin6_addr);
    const auto socket = unix_address(at.socket);
    if (family == AF_UNIX) connect_to(&*socket, sizeof *socket);
    if (family == AF_INET6) connect_to(&v6, sizeof v6);
    if (family == AF_INET) connect_to(&v4, sizeof v4);
  }
  void connect_to(const void* address, socklen_t size) const {
    EXPECT_EQ(::connect(file_, static_cast<const sockaddr*>(address), size), 0);
  }
  bool hear_some(std::string& all) const {
    char some[65536];
    const ssize_t got = ::recv(file_, some, sizeof some, 0);
    if (got > 0) all.append(some, static_cast<std::size_t>(got));
    return got > 0;
  }

  int file_ = -1;
};

}  // namespace omamori
