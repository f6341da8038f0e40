// omamorictl's side of the control socket: why there is no answer.
#include "daemon/control/client.h"

#include <cstring>

#include <gmock/gmock.h>

#include "tests/support/control_support.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST_F(ControlTest, WhoMayNotAskIsToldWhoMay) {
  RunningServer server(socket_, handler());
  const auto refused = [&] {
    const bool root = ::geteuid() == 0;
    if (root && ::seteuid(65534) != 0) throw std::runtime_error("seteuid failed");
    const auto answer = ask("x");
    if (root && ::seteuid(0) != 0) throw std::runtime_error("seteuid failed");
    EXPECT_EQ(std::get<NoAnswer>(answer).why, NoAnswer::Why::refused_permission);
    return std::get<NoAnswer>(answer).text;
  };
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0711});
  std::filesystem::permissions(socket_, std::filesystem::perms{0});
  EXPECT_THAT(refused(), HasSubstr(socket_.string() + " belongs to the user "));
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0});
  EXPECT_THAT(refused(), HasSubstr(directory_.path().string() + " belongs to the user "));
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0700});
  EXPECT_EQ(handled_, 0);
}

TEST_F(ControlTest, TheClientSaysWhyThereIsNoAnswer) {
  using Why = NoAnswer::Why;
  const auto why = [](const std::filesystem::path& path,
                      milliseconds timeout = std::chrono::hours(1)) {
    return std::get<NoAnswer>(ask_daemon(path, {"x", {}, {}, "", false}, timeout)).why;
  };
  EXPECT_EQ(why(socket_), Why::nobody_there);
  EXPECT_EQ(why(directory_.path() / "no" / "x"), Why::nobody_there);
  EXPECT_EQ(why(directory_.path() / std::string(200, 'x')), Why::nobody_there);
  EXPECT_FALSE(daemon_listens(socket_));
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = unix_address(socket_);
  ASSERT_EQ(::bind(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
  EXPECT_EQ(why(socket_), Why::nobody_there) << "a stale socket";
  ASSERT_EQ(::listen(file, 5), 0);
  EXPECT_TRUE(daemon_listens(socket_));
  EXPECT_EQ(why(socket_, milliseconds(1)), Why::broken) << "nobody answers";
  for (int left_over = 0; left_over < 2; ++left_over) ::close(::accept(file, nullptr, nullptr));
  for (const char* said :
       {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "220 smtp ready\r\n"}) {
    std::thread server([&] {
      const int peer = ::accept(file, nullptr, nullptr);
      char some[4096];
      EXPECT_GT(::recv(peer, some, sizeof some, 0), 0);
      EXPECT_GE(::send(peer, said, std::strlen(said), MSG_NOSIGNAL), 0);
      ::close(peer);
    });
    EXPECT_EQ(why(socket_), Why::broken) << said;
    server.join();
  }
  ::close(file);
}

}  // namespace
}  // namespace omamori
