// A server on this machine that says the same to whoever comes, whatever they say: the fuzzer's
// bytes, all at once, and then no more. It listens until they have gone.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "config/file_descriptor.h"
#include "tests/fuzz/promise.h"

namespace omamori {

class AnsweringPeer {
 public:
  AnsweringPeer() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    promise(::bind(listening_.number(), reinterpret_cast<sockaddr*>(&any), sizeof any) == 0 &&
                ::listen(listening_.number(), SOMAXCONN) == 0,
            "this machine has a port");
    socklen_t size = sizeof address_;
    ::getsockname(listening_.number(), reinterpret_cast<sockaddr*>(&address_), &size);
    std::thread([this] { serve(); }).detach();  // as long as the program
  }
  AnsweringPeer(const AnsweringPeer&) = delete;
  AnsweringPeer& operator=(const AnsweringPeer&) = delete;

  int port() const { return ntohs(address_.sin_port); }

  void say(std::string_view words) {
    const std::lock_guard lock(mutex_);
    words_ = words;
    heard_.clear();
    served_ = 0;
  }
  // What everybody has said since say(). Whoever calls has gone, and so comes last of all: when
  // this one has been served all the others were.
  std::string heard() {
    const FileDescriptor last(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    promise(::connect(last.number(), reinterpret_cast<const sockaddr*>(&address_),
                      sizeof address_) == 0,
            "the peer is there");
    ::shutdown(last.number(), SHUT_WR);
    sockaddr_in me{};
    socklen_t size = sizeof me;
    ::getsockname(last.number(), reinterpret_cast<sockaddr*>(&me), &size);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return served_ == me.sin_port; });
    return heard_;
  }

 private:
  void serve() {
    for (;;) {
      sockaddr_in who{};
      socklen_t size = sizeof who;
      const FileDescriptor one(
          ::accept4(listening_.number(), reinterpret_cast<sockaddr*>(&who), &size, SOCK_CLOEXEC));
      if (one.is_open()) serve(one.number(), who.sin_port);
    }
  }

  void serve(int one, in_port_t who) {
    // No port stays behind that waits for late packets: there are thousands a second.
    const linger none{1, 0};
    ::setsockopt(one, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    std::string words;
    {
      const std::lock_guard lock(mutex_);
      words = words_;
    }
    ::send(one, words.data(), words.size(), MSG_NOSIGNAL);
    ::shutdown(one, SHUT_WR);
    std::string heard;
    char some[4096];
    for (ssize_t got = 0; (got = ::recv(one, some, sizeof some, 0)) > 0;) {
      heard.append(some, static_cast<std::size_t>(got));
    }
    const std::lock_guard lock(mutex_);
    heard_ += heard;
    served_ = who;
    changed_.notify_all();
  }

  const FileDescriptor listening_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_in address_{};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string words_;
  std::string heard_;
  in_port_t served_ = 0;  // who has gone last
};

// How an attempt ended is told in one line that can be shown.
inline void promise_of_account(const std::string& words) {
  constexpr std::size_t kMost = 1000;
  promise(!words.empty() && words.size() <= kMost, "an account is a line");
  promise(std::all_of(words.begin(), words.end(), [](char c) { return c >= ' ' && c <= '~'; }),
          "an account can be shown");
}

}  // namespace omamori
