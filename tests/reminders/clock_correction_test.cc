// A clock that jumped forward and goes back is believed again, by itself; one that only seems to is
// not. And what is recorded while nobody knows what day it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reminders/clock_hold.h"
#include "tests/support/loops_fixture.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr hours kJump{34 * 24};

class ClockCorrection : public LoopsTest {
 protected:
  // At noon the clock jumps; a minute later the loop sees it.
  void jump() {
    turn_at("2026-05-20T12:00:00+09:00");
    set_by(kJump, minutes{1});
    ASSERT_THAT(reminders->clock_held(), HasSubstr("stepped forward by 816 hours"));
  }
  // The clock is set by that much, and `passed` later the loop looks.
  void set_by(seconds by, seconds passed) {
    stepped += by;
    clock.set(clock.now() + by + passed);
    turn();
  }
};

TEST_F(ClockCorrection, AJumpThatIsUndoneReleasesItself) {
  jump();
  set_by(-kJump, hours{3});
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_EQ(store->last_instant(), instant("2026-05-20T15:01:00+09:00"));
  EXPECT_TRUE(store->troubles().empty());
}

TEST_F(ClockCorrection, ADayTooMuchIsBelievedAndASecondMoreIsNot) {
  jump();
  set_by(-kJump + hours{24} + seconds{1}, hours{1});
  EXPECT_NE(reminders->clock_held(), "");
  set_by(-seconds{1}, seconds{1});
  EXPECT_EQ(reminders->clock_held(), "");
}

TEST_F(ClockCorrection, OneThatIsUndoneTooFarIsStillHeld) {
  jump();
  set_by(-kJump - minutes{10}, minutes{1});
  EXPECT_NE(reminders->clock_held(), "") << "behind what was acted on";
}

TEST_F(ClockCorrection, AfterAStartOnlyAClockThatWentBackIsBelieved) {
  synchronised = false;
  jump();
  start();
  turn();
  EXPECT_NE(reminders->clock_held(), "") << "34 days would be believed at a start";
  set_by(seconds{0}, hours{48});
  EXPECT_NE(reminders->clock_held(), "") << "it has only gone on";
  set_by(-kJump, seconds{1});
  EXPECT_EQ(reminders->clock_held(), "");
}

TEST_F(ClockCorrection, AHoldOfAnEarlierVersionEndsAsItDid) {
  keep_clock_hold(*store, {false, "it stepped"}, act());
  store->set_meta("clock_hold_seen", "");
  start();
  clock.set(clock.now() - hours{1});
  turn();
  EXPECT_NE(reminders->clock_held(), "");
}

TEST_F(ClockCorrection, WhatIsRecordedWhileItIsHeldNeedsItsDay) {
  with_check = true;
  fill();
  jump();
  const std::map<std::string, std::map<std::string, std::string>> undated{
      {"record check-in", {{"check", "S-1"}, {"outcome", "ok"}}},
      {"record monitoring", {{"client", "C-1"}}},
      {"record contact", {{"client", "C-1"}}},
      {"suspend", {{"client", "C-1"}, {"reason", "入院"}}},
      {"resume", {{"client", "C-1"}}},
      {"end", {{"client", "C-1"}}},
      {"absence", {{"staff", "CM-1"}}}};
  for (const auto& [command, options] : undated) {
    const Response refused = run(command, options);
    EXPECT_EQ(refused.exit, Exit::refused) << command;
    EXPECT_THAT(refused.err, AllOf(HasSubstr("DAY is needed: the clock is not believed"),
                                   HasSubstr("stepped forward by 816 hours")))
        << command;
  }
  const std::map<std::string, std::map<std::string, std::string>> from_today{
      {"ack", {{"obligation", "x"}, {"by", "CM-1"}}},
      {"assign", {{"client", "C-1"}, {"staff", "SV-1"}}},
      {"import", {}}};
  for (const auto& [command, options] : from_today) {
    EXPECT_THAT(run(command, options).err,
                AllOf(HasSubstr("nothing was taken"), HasSubstr("the clock is not believed")))
        << command;
  }
  EXPECT_EQ(run("import", {{"dry-run", "yes"}}).err.find("not believed"), std::string::npos)
      << "it takes nothing";
  EXPECT_EQ(
      run("record check-in", {{"check", "S-1"}, {"outcome", "ok"}, {"at", "2026-05-20"}}).exit,
      Exit::ok);
  EXPECT_EQ(run("end", {{"client", "C-1"}, {"undo", "yes"}}).exit, Exit::refused)
      << "it has not ended; no day is asked for";
}

TEST_F(ClockCorrection, WhatWasRecordedMeanwhileIsListedWhenTheClockIsAccepted) {
  run("record contact", {{"client", "C-1"}, {"on", "2026-04-01"}});
  jump();
  run("record contact", {{"client", "C-1"}, {"on", "2026-05-20"}});
  const std::string listed = out("clock accept");
  EXPECT_THAT(listed, AllOf(HasSubstr("recorded while the clock was held"),
                            HasSubstr("record.contact contact/2 of C-1 by tester"),
                            HasSubstr("2026-05-20"), Not(HasSubstr("contact/1"))));
  run("record contact", {{"client", "C-1"}, {"on", "2026-05-21"}});
  EXPECT_THAT(out("clock show"), AllOf(HasSubstr("contact/2"), Not(HasSubstr("contact/3"))));
}

TEST_F(ClockCorrection, WhileTheClockIsBehindADayThatWasActedOnMayBeGiven) {
  turn_at("2026-05-20T12:00:00+09:00");
  set_by(-hours{24 * 40}, minutes{1});
  ASSERT_THAT(reminders->clock_held(), HasSubstr("behind the last instant"));
  EXPECT_EQ(run("record contact", {{"client", "C-1"}, {"on", "2026-05-20"}}).exit, Exit::ok);
  EXPECT_EQ(run("record contact", {{"client", "C-1"}, {"on", "2026-05-21"}}).exit, Exit::refused);
}

}  // namespace
}  // namespace omamori
