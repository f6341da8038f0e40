// Whom the control server waits for, and for how long. Time is the test's: patience ends when it
// says so, however slow the machine is.
#include <gmock/gmock.h>

#include "daemon/control/server.h"
#include "tests/support/control_support.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using testing::StartsWith;

const milliseconds kPatience = ControlLimits().patience;

TEST_F(ControlTest, ASlowWriterIsSentAwayWhileOthersAreAnswered) {
  RunningServer server(socket_, handler());
  const std::string request = post_text(R"({"command":"x"})");
  RawClient silent(socket_);
  RawClient in_header(socket_);
  RawClient in_body(socket_);
  in_header.say(request.substr(0, 20));
  in_body.say(request.substr(0, request.size() - 3));
  server.wait_for_connections(3);
  expect_alive();
  server.pass(kPatience - milliseconds(1));
  EXPECT_EQ(server.open_connections(), 3U) << "not before its patience is over";
  server.pass(milliseconds(1));
  for (RawClient* client : {&silent, &in_header, &in_body}) {
    EXPECT_THAT(client->hear(), StartsWith("HTTP/1.1 408"));
  }
  EXPECT_EQ(server.open_connections(), 3U) << "they have not gone yet";
  server.pass(kPatience);
  EXPECT_EQ(server.open_connections(), 0U);
}

TEST_F(ControlTest, ADripOfBytesBuysNoTime) {
  RunningServer server(socket_, handler());
  RawClient drip(socket_);
  drip.say("POST /v1/command HTTP/1.1\r\nX: ");
  server.wait_for_connections(1);
  constexpr int kDrops = 20;
  for (int i = 0; i < kDrops; ++i) {
    drip.say("x");
    server.take_turns();
    server.pass(kPatience / kDrops);
  }
  EXPECT_THAT(drip.hear(), StartsWith("HTTP/1.1 408"));
}

TEST_F(ControlTest, AClientThatDoesNotTakeItsAnswerIsCut) {
  RunningServer server(socket_, handler());
  RawClient lazy(socket_);
  lazy.say(post_text(R"({"command":"big"})"));
  wait_until_one_is_handled();
  expect_alive();
  server.pass(kPatience);
  EXPECT_EQ(server.open_connections(), 0U);
  EXPECT_LT(lazy.hear().size(), kBigAnswer);
}

// One client is in the middle of a large request, one in the middle of a large answer, when another
// request keeps the loop busy beyond their patience.
TEST_F(ControlTest, ABusyLoopDoesNotCountAgainstThoseWhoWait) {
  RunningServer server(socket_, handler());
  RawClient taking(socket_);
  taking.say(post_text(R"({"command":"big"})"));
  wait_until_one_is_handled();
  RawClient giving(socket_);
  const std::string large =
      post_text(encode_request({"x", {}, {{"a", std::string(4 << 20, 'y')}}, "", false}));
  giving.say(large.substr(0, large.size() / 2));
  server.wait_for_connections(2);
  std::thread slow([&] { EXPECT_TRUE(std::holds_alternative<Response>(ask("slow"))); });
  begun_.get_future().wait();
  server.jump(kPatience * 2);
  go_on_.set_value();
  std::thread saying([&] { giving.say(large.substr(large.size() / 2)); });
  EXPECT_TRUE(giving.hear().find("x by " + uid_ + " a:yyy") != std::string::npos);
  EXPECT_GT(taking.hear().size(), kBigAnswer);
  for (std::thread* thread : {&slow, &saying}) thread->join();
}

// Slices of the patience that are lost to a busy loop do not add up to another patience.
TEST_F(ControlTest, ALoopThatIsBusyAgainAndAgainStillSendsAwayWhoDoesNotSpeak) {
  RunningServer server(socket_, handler());
  RawClient silent(socket_);
  server.wait_for_connections(1);
  for (int i = 0; i < 10; ++i) server.jump(kPatience * 2);
  EXPECT_THAT(silent.hear(), StartsWith("HTTP/1.1 408"));
}

// The one test of the clock that the daemon has: a slow machine sends the client away later.
TEST_F(ControlTest, TheMonotonicClockEndsPatienceToo) {
  boost::asio::io_context io;
  ControlLimits limits;
  limits.patience = milliseconds(10);
  ControlServer server(io, socket_, handler(), limits);
  ASSERT_EQ(server.listen(), "");
  const RawClient silent(socket_);
  std::string heard;
  std::thread hearing([&] { heard = silent.hear(); });
  while (server.open_connections() == 0) io.run_one();
  while (server.open_connections() == 1) io.run_one();
  server.stop();
  io.run();
  hearing.join();
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 408"));
}

}  // namespace
}  // namespace omamori
