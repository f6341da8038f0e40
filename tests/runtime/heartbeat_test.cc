// When the heartbeat is said and when it is withheld: the daemon on a
// clock that jumps from wake to wake, with the receiver in memory.
#include "daemon/runtime/heartbeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/sim/world.h"
#include "tests/support/full_disk.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Instant at(const std::string& text) { return *parse_instant(text + "+09:00"); }

TEST(Beats, AtMostOnceAMinuteAndAtLeastOnceAPeriod) {
  const Instant now = at("2026-06-01T09:00:00");
  Beats beats;
  EXPECT_TRUE(beat_is_due(beats, now)) << "the first";
  EXPECT_EQ(next_beat(beats, now), now);
  beats.last = now;
  EXPECT_FALSE(beat_is_due(beats, now + seconds{59}));
  EXPECT_TRUE(beat_is_due(beats, now + seconds{60}));
  EXPECT_EQ(next_beat(beats, now), now + minutes{5});
  beats.period = seconds{1};
  EXPECT_EQ(next_beat(beats, now), now + seconds{60});
  beats.period = hours{1};
  beats.failing = true;
  EXPECT_EQ(next_beat(beats, now), now + seconds{60}) << "one that did not arrive is tried again";
  EXPECT_TRUE(beat_is_due(beats, now - hours{1})) << "the clock was set back";
}

TEST(HeartbeatUrl, ItsPathIsNotLogged) {
  EXPECT_EQ(url_for_log("https://hc-ping.com/6f1c-secret"), "https://hc-ping.com/…");
  EXPECT_EQ(url_for_log("https://hc.example.jp:8443?key=secret"), "https://hc.example.jp:8443/…");
  EXPECT_EQ(url_for_log("https://hc.example.jp"), "https://hc.example.jp/…");
  EXPECT_EQ(url_for_log("secret"), "…");
}

// C-1 of CM-1, supervisor SV-1, all by email. CM-1 hears on 1 June (Monday) at 08:30.
class HeartbeatDaemon : public testing::Test {
 protected:
  HeartbeatDaemon() : world(at("2026-05-29T09:00:00"), "weekly_on = \"never\"\n") {
    world.beats.answer = Sent{"HTTP 200"};
    world.beats.watched = true;
    world.import({{CsvKind::offices, "office_code,name,supervisor\nOF-1,見本相談,SV-1\n"},
                  {CsvKind::staff,
                   "staff_code,name,role,office_code,email,channels\n"
                   "CM-1,見本 一,case_manager,OF-1,cm-1@example.jp,email\n"
                   "SV-1,見本 二,supervisor,OF-1,sv-1@example.jp,email\n"
                   "OP-1,見本 三,operator,,op-1@example.jp,email\n"},
                  {CsvKind::clients,
                   "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                   "decision_start,decision_end,watched_from\n"
                   "C-1,仮 花子,9876543210,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                   "2026-04-01\n"}});
    world.start();
    world.settle();
  }
  void run_to(const std::string& until) {
    world.run_until(at(until));
    world.settle();
  }
  // How many came in that time.
  int beats(const std::string& from, const std::string& to) const {
    return static_cast<int>(
        std::count_if(world.beats.said.begin(), world.beats.said.end(),
                      [&](Instant said) { return said >= at(from) && said < at(to); }));
  }
  std::string told_at(const std::string& address) {
    for (const sim::Accepted& accepted : world.peers().take_accepted()) {
      if (accepted.to == address) return world.zone().local_text(accepted.at);
    }
    return "";
  }
  const HeartbeatState& state() { return world.service().heartbeat; }

  sim::World world;
};

TEST_F(HeartbeatDaemon, AnIdleHourHasOneEveryFiveMinutes) {
  run_to("2026-05-29T10:02:00");  // two minutes after its start the daemon looks for what is stuck
  EXPECT_EQ(beats("2026-05-29T09:02:00", "2026-05-29T10:02:00"), 12);
  EXPECT_EQ(state().last, at("2026-05-29T10:02:00"));
  EXPECT_THAT(world.status(), StartsWith("sound"));
}

TEST_F(HeartbeatDaemon, ABusyHourHasOneAMinuteAtMost) {
  for (int i = 1; i <= 60; ++i) {
    world.run_until(world.true_now() + seconds{20});
    world.run("list", {{"kind", "staff"}});
    world.settle();
  }
  EXPECT_EQ(beats("2026-05-29T09:00:00", "2026-05-29T09:20:00"), 20);
}

TEST_F(HeartbeatDaemon, AReceiverThatHangsDelaysNothing) {
  world.beats.answer.reset();  // from now on none is answered
  run_to("2026-06-01T08:30:00");
  EXPECT_EQ(told_at("cm-1@example.jp"), "2026-06-01 08:30");
  EXPECT_EQ(beats("2026-05-29T09:10:00", "2026-06-01T08:31:00"), 0) << "one at a time";
}

TEST_F(HeartbeatDaemon, OneThatDoesNotArriveIsShownAndTriedAgainAndNoTrouble) {
  world.beats.answer = TryAgain{"HTTP 503", {}, false, true};
  run_to("2026-05-29T09:15:30");
  EXPECT_EQ(state().failing, "HTTP 503");
  EXPECT_EQ(beats("2026-05-29T09:05:00", "2026-05-29T09:15:00"), 10) << "every minute";
  EXPECT_THAT(world.status(), HasSubstr("the heartbeat does not arrive"));
  EXPECT_THAT(world.store().troubles(), IsEmpty()) << "nobody is mailed about it";
  EXPECT_EQ(world.store().counts().owed_items, 0);
  world.beats.answer = Sent{"HTTP 200"};
  run_to("2026-05-29T09:20:00");
  EXPECT_EQ(state().failing, "");
  EXPECT_THAT(world.status(), StartsWith("sound"));
}

TEST_F(HeartbeatDaemon, WithheldOnceSomethingOwedFindsNoWay) {
  world.peers().set_down(Channel::email, true);
  run_to("2026-06-01T12:29:00");
  EXPECT_GT(beats("2026-06-01T12:00:00", "2026-06-01T12:29:00"), 4)
      << "the operator's turn: mail has four hours to come back";
  run_to("2026-06-01T15:00:00");
  EXPECT_EQ(beats("2026-06-01T12:40:00", "2026-06-01T15:00:00"), 0);
  EXPECT_THAT(state().withheld, HasSubstr("owed to CM-1 cannot be told"));
  EXPECT_THAT(world.status(), HasSubstr("1 item owed to CM-1 cannot be told"));
  EXPECT_THAT(world.status(), HasSubstr("; heartbeat withheld"));
  world.peers().set_down(Channel::email, false);
  run_to("2026-06-02T08:00:00");
  EXPECT_EQ(state().withheld, "");
  EXPECT_GT(beats("2026-06-02T07:00:00", "2026-06-02T08:00:00"), 10);
}

TEST_F(HeartbeatDaemon, AHoldIsSoundUntilItKeepsSomethingBackForTooLong) {
  world.set_hold(true);
  run_to("2026-06-01T12:29:59");
  EXPECT_GT(beats("2026-06-01T12:00:00", "2026-06-01T12:30:00"), 4);
  run_to("2026-06-01T14:00:00");
  EXPECT_EQ(beats("2026-06-01T12:40:00", "2026-06-01T14:00:00"), 0);
  EXPECT_EQ(state().withheld,
            "[delivery] hold = true keeps back 1 item owed for too long (since 2026-06-01 08:30)");
  world.set_hold(false);
  world.settle();
  EXPECT_EQ(state().withheld, "");
  EXPECT_EQ(world.beats.said.back(), at("2026-06-01T14:00:00"));
}

TEST_F(HeartbeatDaemon, WithheldWhileTheClockIsHeld) {
  run_to("2026-05-29T09:02:00");
  world.set_clock_error(hours{72});
  world.settle();
  const std::size_t before = world.beats.said.size();
  world.run_until(world.true_now() + hours{1});
  EXPECT_EQ(world.beats.said.size(), before);
  EXPECT_THAT(state().withheld, StartsWith("the clock is not trusted"));
  world.accept_clock();
  world.settle();
  EXPECT_EQ(world.beats.said.size(), before + 1);
}

// To be killed and started again every two minutes would lose what waits for the disk.
TEST_F(HeartbeatDaemon, AFullDiskIsNoReasonForTheWatchdog) {
  {
    const FullDisk full;
    try {
      world.run_until(at("2026-06-01T12:00:00"));
      FAIL() << "the disk takes everything";
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), StartsWith("a turn failed at "));
    }
    EXPECT_TRUE(world.makes_progress()) << "it is repeated in time";
  }
  world.run_until(at("2026-06-01T12:00:00"));
  EXPECT_TRUE(world.makes_progress());
}

}  // namespace
}  // namespace omamori
