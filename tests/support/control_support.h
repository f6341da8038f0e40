// A control server on a loop of its own thread, a client that says exactly what a test wants, and
// what tests of both have in common. Nothing has a limit of time: patience ends when a test says
// so.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
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

#include "daemon/control/client.h"
#include "daemon/control/protocol.h"
#include "daemon/control/server.h"
#include "daemon/control/unix_socket.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/stepped_time.h"

namespace omamori {

// Bytes in, bytes out.
class RawClient {
 public:
  explicit RawClient(const std::filesystem::path& path)
      : file_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
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
  // Everything until the other side closes.
  std::string hear() const {
    std::string all;
    char some[65536];
    for (;;) {
      const ssize_t got = ::recv(file_, some, sizeof some, 0);
      if (got <= 0) return all;
      all.append(some, static_cast<std::size_t>(got));
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
      : server_(std::make_unique<ControlServer>(io_, socket, std::move(handler), limits,
                                                time_.countdowns())),
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
    std::size_t count = 0;
    on_loop([&] { count = server_->open_connections(); });
    return count;
  }
  // Asks until it has come to so many.
  void wait_for_connections(std::size_t count) {
    while (open_connections() != count) std::this_thread::yield();
  }
  // Patience passes; on return who has lost it is sent away, or cut.
  void pass(std::chrono::milliseconds by) {
    on_loop([&] { time_.pass(by); });
  }
  // The loop, busy now, will find that so much time has gone by.
  void jump(std::chrono::milliseconds by) {
    boost::asio::post(io_, [this, by] { time_.jump(by); });
  }
  // The loop takes what has come to it.
  void take_turns() {
    for (int i = 0; i < 3; ++i) on_loop([] {});
  }

 private:
  template <typename Work>
  void on_loop(const Work& work) {
    std::packaged_task<void()> task(work);
    std::future<void> done = task.get_future();
    boost::asio::post(io_, std::move(task));
    done.wait();
  }

  SteppedTime time_;  // the loop's
  boost::asio::io_context io_;
  std::unique_ptr<ControlServer> server_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

constexpr std::size_t kBigAnswer = 8 << 20;  // more than the kernel holds for who does not read

// Tests of server and client: what is asked for is answered, or does what its name says.
class ControlTest : public testing::Test {
 protected:
  ControlServer::Handler handler() {
    return [this](const Request& request) -> Response {
      ++handled_;
      handled_.notify_all();
      if (request.command == "throw") throw std::runtime_error("disk full");
      if (request.command == "throw 1") throw 1;
      if (request.command == "big") return {Exit::ok, std::string(kBigAnswer, 'x'), ""};
      if (request.command == "slow") {
        begun_.set_value();
        go_on_.get_future().wait();
      }
      std::string out = request.command + " by " + request.actor;
      for (const auto& [name, text] : request.options) out += " " + name + "=" + text;
      for (const auto& file : request.files) out += " " + file.name + ":" + file.bytes;
      return {Exit::needs_yes, out, request.json ? "json" : ""};
    };
  }
  std::variant<Response, NoAnswer> ask(const Request& request) const {
    return ask_daemon(socket_, request, std::chrono::hours(1));
  }
  std::variant<Response, NoAnswer> ask(const std::string& command) const {
    return ask(Request{command, {}, {}, "", false});
  }
  void expect_alive() const {
    const auto answer = ask("alive");
    ASSERT_TRUE(std::holds_alternative<Response>(answer)) << std::get<NoAnswer>(answer).text;
    EXPECT_EQ(std::get<Response>(answer).out, "alive by " + uid_);
  }
  void wait_until_one_is_handled() const { handled_.wait(0); }

  ScratchDirectory directory_;
  const std::filesystem::path socket_ = directory_.path() / "control.sock";
  const std::string uid_ = "uid:" + std::to_string(::geteuid());
  std::atomic<int> handled_ = 0;
  std::promise<void> begun_, go_on_;  // of "slow"
};

}  // namespace omamori
