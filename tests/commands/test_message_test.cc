// test-message: what is refused, what the delivery loop makes of it, and the whole way with real
// servers, with a daemon and without.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/delivery/delivery_loop.h"
#include "tests/support/app_fixture.h"
#include "tests/support/daemon_process.h"
#include "tests/support/fake_notifier.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class TestMessage : public AppTest {
 protected:
  TestMessage() {
    Config config;
    config.smtp.host = "localhost";
    config.file_directory = "outbox";
    accept(Policy{});
    use(service->policy(), config);
    EXPECT_EQ(import(small_office()), "");
  }
  std::string refused(std::map<std::string, std::string> options) {
    const Response response = run("test-message", std::move(options));
    EXPECT_NE(response.exit, Exit::ok) << response.out;
    EXPECT_TRUE(store->messages({}, 10).empty());
    return response.err;
  }
  std::string composed() {
    const auto made = boost::json::parse(out("test-message", {{"to", "CM-1"}, {"json", ""}}));
    return std::string(made.at("id").as_string());
  }
  void step(DeliveryLoop::Begin begin) {
    InlineCouriers couriers({{{Channel::email, ""}, &email}});
    DeliveryLoop delivery(*service, couriers, {});
    delivery.step(begin);
    delivery.step(DeliveryLoop::Begin::nothing);
  }
  MessageState state(const std::string& id) { return store->message(id)->state; }

  FakeNotifier email;
};

TEST_F(TestMessage, IsRefusedWithWordsWhereNothingWouldLeave) {
  EXPECT_THAT(refused({}), StartsWith("--to is needed"));
  EXPECT_THAT(refused({{"to", "CM-7"}}), StartsWith("CM-7: no such person; did you mean CM-1?"));
  EXPECT_THAT(refused({{"to", "CM-1"}, {"channel", "fax"}}), HasSubstr("must be email, webhook"));
  EXPECT_THAT(refused({{"to", "CM-1"}, {"channel", "file"}}), HasSubstr("is not told by file"));
  EXPECT_THAT(refused({{"to", "CM-1"}, {"channel", "webhook"}}),
              HasSubstr("has no endpoint in the staff file"));
  PeerState gone;
  gone.reach = Reach::disabled;
  store->put_peer("smtp", gone, act());
  EXPECT_THAT(refused({{"to", "CM-1"}}), HasSubstr("omamorictl endpoint enable smtp"));
  store->put_peer("smtp", {}, act());
  store->set_meta("clock_hold", "forward: x");
  EXPECT_THAT(refused({{"to", "CM-1"}}), HasSubstr("while the clock is held"));
  store->set_meta("clock_hold", "");
  service->use_hold(true);
  EXPECT_THAT(refused({{"to", "CM-1"}}), HasSubstr("[delivery] hold = true"));
}

TEST_F(TestMessage, IsSentAloneWhenNoDaemonRuns) {
  const std::string id = composed();
  NewMessage other = store->message(id)->content;
  other.id = "other";
  other.kind = MessageKind::digest;
  other.first_attempt_at = clock.now();
  store->put_message(other, {}, act());
  step(DeliveryLoop::Begin::test_only);
  EXPECT_EQ(state(id), MessageState::sent);
  EXPECT_EQ(state("other"), MessageState::pending);
  ASSERT_EQ(email.asked().size(), 1U);
  EXPECT_THAT(email.asked().front().message.subject, HasSubstr("CM-1"));
}

TEST_F(TestMessage, ThatIsRefusedChangesNothingElse) {
  const std::string id = composed();
  email.answer(Refused{"550 5.1.1 no such user"});
  step(DeliveryLoop::Begin::everything);
  EXPECT_EQ(state(id), MessageState::refused);
  EXPECT_TRUE(store->spent_ways("CM-1", clock.now() - std::chrono::hours{1}, clock.now()).empty());
  EXPECT_EQ(store->counts().dead_messages, 0);
  EXPECT_TRUE(store->troubles().empty());
  EXPECT_NE(composed(), id) << "another one in the same second";
}

TEST_F(TestMessage, IsNotSentOnAnotherDay) {
  const std::string id = composed();
  at("2026-04-02T08:30:00+09:00");
  step(DeliveryLoop::Begin::everything);
  EXPECT_EQ(state(id), MessageState::dropped);
  EXPECT_TRUE(email.asked().empty());
}

// One operator by mail, another whose address the server refuses.
class TestMessageRun : public testing::Test {
 protected:
  void SetUp() override {
    place.clock = "2026-11-24T08:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    place.write("omamori.toml",
                place.read("omamori.toml") +
                    "[smtp]\nhost = \"127.0.0.1\"\nport = " + std::to_string(smtp.port()) +
                    "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,email,channels\n"
                "OP-1,見本,operator,op@example.com,email file\n"
                "OP-2,見本,operator,gone@example.com,email\n");
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  }
  void expect_outcomes() {
    const int before = smtp.accepted();
    const Ran good = place.ctl({"test-message", "--to", "OP-1"});
    EXPECT_EQ(good.exit, 0) << good;
    EXPECT_THAT(good.out, StartsWith("accepted by smtp: 250 2.0.0 kept as "));
    EXPECT_EQ(smtp.accepted(), before + 1);
    EXPECT_THAT(read_mail(smtp.eml(before + 1)).headers["subject"], HasSubstr("OP-1"));
    const Ran bad = place.ctl({"test-message", "--to", "OP-2"});
    EXPECT_EQ(bad.exit, 1) << bad;
    EXPECT_THAT(bad.out, StartsWith("refused by smtp: 550 5.1.1 no such user"));
    const Ran file = place.ctl({"test-message", "--to", "OP-1", "--channel", "file", "--json"});
    EXPECT_EQ(boost::json::parse(file.out).at("state").as_string(), "sent");
    EXPECT_THAT(place.ctl({"status"}).out, Not(HasSubstr("refused")))
        << "a refused test is no fault of ours";
  }

  Place place;
  SmtpServer smtp{{"--refuse", "gone@=550 5.1.1 no such user"}};
};

TEST_F(TestMessageRun, SaysHowItEndedWithoutADaemon) {
  expect_outcomes();
  smtp.end();
  const Ran later = place.ctl({"test-message", "--to", "OP-1"});
  EXPECT_EQ(later.exit, 1);
  EXPECT_THAT(later.out, StartsWith("not yet accepted by smtp, it is tried again today"));
  EXPECT_THAT(later.out, HasSubstr("try_again: "));
}

TEST_F(TestMessageRun, SaysHowItEndedWithADaemonWhoseClockIsWaitedFor) {
  DaemonProcess daemon(place, {"--fast"});
  expect_outcomes();
  const Ran ran = place.ctl({"clock", "run-to", "2026-12-24T09:00:00+09:00"});
  EXPECT_EQ(ran.exit, 0) << ran;
  EXPECT_THAT(place.ctl({"clock", "show"}).out, StartsWith("now         2026-12-24 09:00"));
  daemon.ask_to_stop();
  EXPECT_EQ(daemon.wait(), 0);
}

}  // namespace
}  // namespace omamori
