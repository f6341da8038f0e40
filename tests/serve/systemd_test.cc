// What systemd would read: a real datagram socket in NOTIFY_SOCKET.
#include "daemon/serve/systemd.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/mail_support.h"

namespace omamori {
namespace {

class SystemdTest : public testing::Test {
 protected:
  SystemdTest() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = (directory_.path() / "notify").string();
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~SystemdTest() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    ::close(socket_);
  }
  // sd_notify has sent before it returns, so what is not here now was not said.
  std::string heard() const {
    std::string bytes(4096, '\0');
    const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return bytes;
  }

  ScratchDirectory directory_;
  int socket_;
  SystemdManager manager_;
};

TEST_F(SystemdTest, SaysWhatItDoes) {
  manager_.ready();
  EXPECT_EQ(heard(), "READY=1");
  manager_.stopping();
  EXPECT_EQ(heard(), "STOPPING=1");
  manager_.watchdog();
  EXPECT_EQ(heard(), "WATCHDOG=1");
  manager_.status("60 clients, next at 08:30\nREADY=1");
  EXPECT_EQ(heard(), "STATUS=60 clients, next at 08:30 READY=1");
}

TEST_F(SystemdTest, AReloadSaysWhenByTheClockSystemdUses) {
  const auto microseconds = [] {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000LL + now.tv_nsec / 1000;
  };
  const long long before = microseconds();
  manager_.reloading();
  const long long after = microseconds();
  const std::string said = heard();
  ASSERT_THAT(said, testing::MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
  const long long at = std::stoll(said.substr(said.rfind('=') + 1));
  EXPECT_GE(at, before);
  EXPECT_LE(at, after);
}

TEST_F(SystemdTest, WithoutAServiceManagerItIsSilent) {
  ::unsetenv("NOTIFY_SOCKET");
  manager_.ready();
  manager_.status("x");
  EXPECT_EQ(heard(), "");
  ::setenv("NOTIFY_SOCKET", (directory_.path() / "nobody").c_str(), 1);
  manager_.ready();
  EXPECT_EQ(heard(), "");
}

TEST_F(SystemdTest, TheWatchdogIsOursOnly) {
  EXPECT_EQ(manager_.watchdog_interval(), std::nullopt);
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(manager_.watchdog_interval(), std::chrono::seconds(30));
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(manager_.watchdog_interval(), std::chrono::seconds(30));
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(manager_.watchdog_interval(), std::nullopt);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  ::setenv("WATCHDOG_USEC", "soon", 1);
  EXPECT_EQ(manager_.watchdog_interval(), std::nullopt);
}

TEST(StatusLine, IsOnePrintableLine) {
  EXPECT_EQ(status_line(""), "");
  EXPECT_EQ(status_line("sound"), "sound");
  EXPECT_EQ(status_line("未実施 3 件"), "未実施 3 件");
  EXPECT_EQ(status_line("a\r\nb\tc\x7F"), "a  b c ");
  EXPECT_EQ(status_line("a\xC2\x85"
                        "b\xE2\x80\xA8"
                        "c"),
            "a b c");
  EXPECT_EQ(status_line("a\xFF"
                        "b\xE6\x9C"),
            "a?b??");
  EXPECT_EQ(status_line(std::string("a\0b", 3)), "a b");
}

TEST(StatusLine, IsBoundedAndCutsNoCharacter) {
  EXPECT_EQ(status_line(std::string(300, 'a')), std::string(256, 'a'));
  std::string long_text;
  for (int i = 0; i < 100; ++i) long_text += "月";
  const std::string line = status_line(long_text);
  EXPECT_EQ(line.size(), 255U);
  EXPECT_EQ(line, long_text.substr(0, 255));
}

}  // namespace
}  // namespace omamori
