// What one user may hold at the control socket: connections and bytes that are being received.
#include <gmock/gmock.h>

#include "tests/support/control_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";

// A request of which only the head is sent; the server has read it when it says "go on".
class Begun {
 public:
  Begun(const std::filesystem::path& path, std::size_t size)
      : file_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto address = unix_address(path);
    EXPECT_EQ(::connect(file_, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
    send("POST /v1/command HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
         std::to_string(size) + "\r\n\r\n");
  }
  Begun(const Begun&) = delete;
  Begun& operator=(const Begun&) = delete;
  ~Begun() { ::close(file_); }
  void send(const std::string& text) const {
    EXPECT_EQ(::send(file_, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  // What comes, until it ends with that or the other side closes.
  std::string hear(const std::string& end = "\n\n") const {
    std::string all;
    char some[4096];
    while (!all.ends_with(end)) {
      const ssize_t got = ::recv(file_, some, sizeof some, 0);
      if (got <= 0) return all;
      all.append(some, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int file_;
};

TEST_F(ControlTest, WhoSendsTooMuchAtOnceIsToldBeforeItTravels) {
  ControlLimits limits;
  limits.body = 1000;
  limits.bodies_of_user = 1000;
  RunningServer server(socket_, handler(), limits);
  const std::string body = R"({"command":"x"})";
  const std::string padded = body + std::string(600 - body.size(), ' ');
  {
    const Begun first(socket_, padded.size());
    EXPECT_EQ(first.hear(kGoOn), kGoOn);
    const Begun second(socket_, 401);
    EXPECT_THAT(second.hear(),
                AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("too much is being received at once")));
    const Begun third(socket_, 400);
    EXPECT_EQ(third.hear(kGoOn), kGoOn) << "just as much as there is room for";
    first.send(padded);
    EXPECT_THAT(first.hear(), HasSubstr("x by " + uid_));
  }
  server.wait_for_connections(0);
  const Begun after(socket_, 1000);
  EXPECT_EQ(after.hear(kGoOn), kGoOn) << "what is over gives its room back";
}

TEST_F(ControlTest, ARequestThatDoesNotSayHowLongItIsMayBeShort) {
  ControlLimits limits;
  limits.body_unsaid = 20;
  RunningServer server(socket_, handler(), limits);
  const auto ask = [&](const std::string& size, const std::string& body) {
    return RawClient(socket_)
        .say("POST /v1/command HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\n" +
             body + "\r\n0\r\n\r\n")
        .hear();
  };
  EXPECT_THAT(ask("14", R"({"command":"x"}     )"), HasSubstr("x by " + uid_));
  EXPECT_THAT(ask("15", R"({"command":"x"}      )"),
              AllOf(StartsWith("HTTP/1.1 413"), HasSubstr("larger than 20 bytes")));
}

TEST_F(ControlTest, WhoTakesAllConnectionsWaitsAndTheNextIsSentAway) {
  ControlLimits limits;
  limits.clients_of_user = 1;
  limits.waiting_of_user = 1;
  RunningServer server(socket_, handler(), limits);
  const Begun reading(socket_, 15);
  EXPECT_EQ(reading.hear(kGoOn), kGoOn);
  const Begun outside(socket_, 15);
  const RawClient away(socket_);
  EXPECT_THAT(away.hear(),
              AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("too many connections"), EndsWith("}")));
  reading.send(R"({"command":"x"})");
  EXPECT_THAT(reading.hear(), HasSubstr("x by " + uid_));
  EXPECT_EQ(outside.hear(kGoOn), kGoOn) << "there is room for who waited";
}

}  // namespace
}  // namespace omamori
