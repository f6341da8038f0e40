// The heartbeat's request against a real HTTP server.
#include "notifiers/heartbeat.h"

#include <future>

#include <gtest/gtest.h>

#include "tests/support/http_support.h"
#include "tests/support/patience.h"
#include "tests/support/results.h"

namespace omamori {
namespace {

SendResult beat(HeartbeatNotifier& notifier) { return notifier.send({}, {}, {}); }

HeartbeatConfig config(const HttpServer& server) {
  HeartbeatConfig heartbeat;
  heartbeat.url = server.url();
  return heartbeat;
}

TEST(Heartbeat, AnAnswerThatIsNoHttpIsNone) {
  const HttpServer server({"--protocol", "HTTP/x", "--answer", "200"});
  HeartbeatNotifier notifier(config(server), {}, kPatient);
  EXPECT_EQ(to_text(beat(notifier)), "try again: the answer is no HTTP");
}

TEST(HeartbeatStop, WhileTheServerThinksTheAttemptEnds) {
  const HttpServer server({"--hang"});
  std::stop_source stop;
  HeartbeatNotifier notifier(config(server), stop.get_token(), kPatient);
  auto sending = std::async(std::launch::async, [&] { return beat(notifier); });
  server.wait_for_requests(1);
  stop.request_stop();
  const SendResult result = sending.get();  // nothing else ends it: the server hangs for ever
  EXPECT_FALSE(is_peer_down(result)) << "nobody's fault";
  EXPECT_NE(to_text(result).find("broken off by omamori"), std::string::npos) << to_text(result);
}

TEST(HeartbeatStop, AfterwardsNothingIsAsked) {
  const HttpServer server;
  std::stop_source stop;
  HeartbeatNotifier notifier(config(server), stop.get_token(), kPatient);
  ASSERT_TRUE(is_sent(beat(notifier)));
  stop.request_stop();
  EXPECT_TRUE(is_try_again(beat(notifier)));
  EXPECT_EQ(server.count(), 1);
}

}  // namespace
}  // namespace omamori
