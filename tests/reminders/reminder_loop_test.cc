// The reminder loop at instants that a test chooses: the clock it does not believe, starts after a
// kill, addresses that change, rows that cannot be read, and that it always comes to rest.
#include "daemon/reminders/reminder_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/health.h"
#include "tests/support/loops_fixture.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ReminderLoopTest : public LoopsTest {
 protected:
  void later(seconds by) { clock.set(clock.now() + by); }
  std::vector<std::string> troubles() const {
    std::vector<std::string> subjects;
    for (const StoredTrouble& trouble : store->troubles()) subjects.push_back(trouble.subject);
    return subjects;
  }
};

// --- a clock that is not believed --------------------------------------------------------------

TEST_F(ReminderLoopTest, AStepForwardOfADayIsBelieved) {
  turn_at("2026-05-31T08:29:00+09:00");
  stepped = hours{24};
  turn_at(kMorning);
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_THAT(to(kTaro), SizeIs(1));
}

TEST_F(ReminderLoopTest, ASecondMoreIsNotAndOnlyTheOperatorHears) {
  turn_at("2026-05-31T08:29:00+09:00");
  stepped = hours{24} + seconds{1};
  const auto next = turn_at(kMorning);
  EXPECT_THAT(reminders->clock_held(), HasSubstr("stepped forward by 24 hours"));
  EXPECT_EQ(next, clock.now() + minutes{10});
  EXPECT_THAT(to(kTaro), IsEmpty());
  ASSERT_THAT(to(kOperator), SizeIs(1));
  EXPECT_EQ(store->message(to(kOperator)[0].parcel.message.id)->content.kind, MessageKind::trouble);
  EXPECT_THAT(troubles(), ElementsAre("clock"));
  run_to("2026-06-01T20:00:00+09:00");
  EXPECT_THAT(tries, SizeIs(1)) << "once a day";
}

TEST_F(ReminderLoopTest, TheHoldSurvivesAStartAndEndsWhenAPersonSaysSo) {
  turn_at("2026-05-30T08:30:00+09:00");
  stepped = hours{24 * 400};
  turn_at("2027-06-01T08:30:00+09:00");
  const std::string why = reminders->clock_held();
  ASSERT_NE(why, "");
  start();
  EXPECT_EQ(reminders->clock_held(), why);
  turn();
  EXPECT_THAT(to(kTaro), IsEmpty());
  ASSERT_TRUE(accept_clock(*store, "clock.accept", act()));
  reminders->reread_clock();
  turn();
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_THAT(to(kTaro), Not(IsEmpty()));
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(ReminderLoopTest, TheHoldEndsByItselfADayAfterTheOperatorWasTold) {
  turn_at("2026-05-30T08:30:00+09:00");
  stepped = hours{24 * 3};
  turn_at("2026-06-02T08:31:00+09:00");
  ASSERT_NE(reminders->clock_held(), "");
  ASSERT_THAT(to(kOperator), SizeIs(1));
  later(minutes{10});  // the loop sees that it was told
  turn();
  later(hours{24} - seconds{1});
  turn();
  EXPECT_NE(reminders->clock_held(), "");
  later(seconds{1});
  turn();
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_THAT(to(kTaro), Not(IsEmpty()));
}

TEST_F(ReminderLoopTest, AClockThatIsALittleBehindIsWaitedFor) {
  turn_at(kMorning);
  const std::size_t told = tries.size();
  at("2026-06-01T08:25:00+09:00");
  start();
  EXPECT_EQ(turn(), instant(kMorning));
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_EQ(store->last_instant(), instant(kMorning));
  EXPECT_EQ(tries.size(), told);
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(ReminderLoopTest, AClockThatIsMoreThanFiveMinutesBehindIsHeldUntilItIsNot) {
  turn_at(kMorning);
  at("2026-06-01T08:24:59+09:00");
  start();
  turn();
  EXPECT_THAT(reminders->clock_held(), HasSubstr("behind the last instant acted on"));
  EXPECT_THAT(to(kOperator), SizeIs(1));
  EXPECT_EQ(store->last_instant(), instant(kMorning)) << "the trusted clock does not go back";
  turn_at("2026-06-01T08:30:01+09:00");
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_THAT(troubles(), IsEmpty());
}

// Mended, but not quite: what was acted on already is still waited for.
TEST_F(ReminderLoopTest, AHoldThatEndsALittleBehindWaits) {
  turn_at(kMorning);
  at("2026-06-01T07:00:00+09:00");
  start();
  turn();
  ASSERT_NE(reminders->clock_held(), "");
  turn_at("2026-06-01T08:26:00+09:00");
  EXPECT_GE(store->last_instant().value(), instant(kMorning)) << "the trusted clock went back";
}

TEST_F(ReminderLoopTest, AClockBeforeTheProgramWasBuiltIsHeld) {
  built = instant("2026-06-01T00:00:00Z");  // 09:00 in Tokyo
  start();
  turn_at("2026-06-01T08:59:59+09:00");
  EXPECT_THAT(reminders->clock_held(), HasSubstr("before this program was built"));
  EXPECT_THAT(to(kTaro), IsEmpty());
  turn_at("2026-06-01T09:00:00+09:00");
  EXPECT_EQ(reminders->clock_held(), "");
  EXPECT_THAT(to(kTaro), SizeIs(1));
}

// --- starts ------------------------------------------------------------------------------------

TEST_F(ReminderLoopTest, WhatAKillInterruptedIsOfUnknownOutcomeAndGoesAgainAtOnce) {
  held_back = {kTaro};
  turn_at(kMorning);
  ASSERT_THAT(couriers.ids(), SizeIs(1));
  const std::string id = couriers.ids()[0];
  start();  // nobody answers any more
  held_back.clear();
  later(minutes{3});
  turn();
  ASSERT_THAT(to(kTaro), SizeIs(1));
  EXPECT_EQ(to(kTaro)[0].parcel.message.id, id);
  EXPECT_EQ(to(kTaro)[0].parcel.date, instant(kMorning));
  EXPECT_EQ(store->attempts(id).at(0).outcome, AttemptOutcome::unknown);
  EXPECT_EQ(store->attempts(id).at(1).outcome, AttemptOutcome::sent);
}

TEST_F(ReminderLoopTest, AMessageInFlightThatCannotBeReadDoesNotPreventTheStart) {
  held_back = {kTaro};
  turn_at(kMorning);
  damage("UPDATE message SET slot_day = '2026-02-30'");
  held_back.clear();
  EXPECT_NO_THROW(turn());
  run_to("2026-07-01T08:30:00+09:00");
  EXPECT_THAT(to(kJiro), Not(IsEmpty())) << "what is overdue since is told";
}

// --- people ------------------------------------------------------------------------------------

TEST_F(ReminderLoopTest, AMessageToAnAddressThatIsNotTheirsAnyMoreDoesNotLeave) {
  answers[kTaro] = no_way();
  turn_at(kMorning);
  std::string file = staff();
  file.replace(file.find(kTaro), std::string(kTaro).size(), "new@example.com");
  fill(file);
  reminders->people_changed();
  const std::size_t tried = to(kTaro).size();
  later(seconds{5});
  turn();
  EXPECT_THAT(to("new@example.com"), SizeIs(1));
  EXPECT_EQ(to(kTaro).size(), tried);
}

TEST_F(ReminderLoopTest, AMessageWhoseAddressIsStillTheirsIsLeftAlone) {
  answers[kTaro] = no_way();
  turn_at(kMorning);
  const std::string id = to(kTaro).at(0).parcel.message.id;
  fill();
  reminders->people_changed();
  answers.clear();
  later(seconds{5});
  turn();
  EXPECT_EQ(to(kTaro).back().parcel.message.id, id);
}

TEST_F(ReminderLoopTest, APendingMessageThatCannotBeReadDoesNotKeepOthersAtAnOldAddress) {
  answers[kTaro] = no_way();
  turn_at(kMorning);
  NewMessage other;
  other.id = "m-damaged";
  other.type = "omamori.test";
  other.kind = MessageKind::test;
  other.staff = "SV-1";
  other.address = kJiro;
  other.slot_day = service->today();
  other.slot = clock.now();
  other.first_attempt_at = clock.now() + hours{24};
  store->put_message(other, {}, act());
  damage("UPDATE message SET slot_day = '2026-02-30' WHERE id = 'm-damaged'");
  std::string file = staff();
  file.replace(file.find(kTaro), std::string(kTaro).size(), "new@example.com");
  fill(file);
  EXPECT_NO_THROW(reminders->people_changed());
  later(seconds{5});
  turn();
  EXPECT_THAT(to("new@example.com"), SizeIs(1));
}

// A person's pending message that cannot be read keeps back what it carries, and nothing else.
TEST_F(ReminderLoopTest, APendingMessageThatCannotBeReadDoesNotSilenceItsPerson) {
  answers[kTaro] = not_now(hours{20});
  turn_at(kMorning);
  damage("UPDATE message SET slot_day = '2026-02-30'");
  answers.clear();
  run_to("2026-06-23T08:30:00+09:00");  // the next stage
  EXPECT_THAT(to(kTaro), SizeIs(3)) << "the first try, the same in another message, the next stage";
}

// --- coming to rest ----------------------------------------------------------------------------

// run_to() and turn() fail if the loops ask for more again and again.
TEST_F(ReminderLoopTest, APersonWithoutAWayIsLookedAtOnceAnHour) {
  std::string file = staff();
  for (const char* address : {kTaro, kJiro, kCore, kOperator}) {
    file.replace(file.find(address), std::string(address).size(), "");
  }
  fill(file);
  const auto next = turn_at(kMorning);
  ASSERT_TRUE(next);
  EXPECT_GT(*next, clock.now());
  run_to("2026-06-03T08:30:00+09:00");
  EXPECT_THAT(tries, IsEmpty());
  EXPECT_THAT(troubles(), Contains("person CM-1"));
  fill();
  reminders->people_changed();
  run_to("2026-06-03T09:30:00+09:00");
  EXPECT_THAT(to(kTaro), SizeIs(1));
  EXPECT_THAT(troubles(), Not(Contains("person CM-1")));
}

TEST_F(ReminderLoopTest, NothingIsDoneWhenNothingIsDue) {
  const auto next = turn_at("2026-05-20T12:00:00+09:00");
  ASSERT_TRUE(next);
  EXPECT_GT(*next, clock.now());
  const auto head = store->journal().head().seq;
  EXPECT_EQ(turn(), next);
  EXPECT_EQ(store->journal().head().seq, head);
}

TEST_F(ReminderLoopTest, TheTrustedClockIsWrittenAtLeastEveryHour) {
  turn_at("2026-05-20T12:00:00+09:00");
  EXPECT_EQ(store->last_instant(), clock.now());
  turn_at("2026-05-20T12:59:59+09:00");
  EXPECT_EQ(store->last_instant(), instant("2026-05-20T12:00:00+09:00"));
  turn_at("2026-05-20T13:00:00+09:00");
  EXPECT_EQ(store->last_instant(), clock.now());
}

// P1c: where no other channel and no other person is left, a withheld heartbeat says so.
TEST_F(ReminderLoopTest, ATroubleThatReachesNoOperatorKeepsTheHeartbeatBack) {
  answers.insert_or_assign(kOperator, refused());
  at("2026-05-20T12:00:00+09:00");
  store->raise_trouble("disk", "full", false, act());
  turn();
  const auto unheard = [&] { return why_unheard(health_of(*service), zone); };
  run_to("2026-05-20T15:59:59+09:00");
  EXPECT_EQ(unheard(), "");
  run_to("2026-05-20T16:00:00+09:00");
  EXPECT_THAT(unheard(), HasSubstr("OP-1 cannot be told, nor to anybody else"));
  answers.clear();
  run_to("2026-05-21T08:30:00+09:00");
  EXPECT_EQ(unheard(), "") << "they have heard of it";
}

TEST_F(ReminderLoopTest, TheWeeklyOverviewSaysWhatStatusSays) {
  with_weekly = true;
  Policy weekly_too = service->policy();
  weekly_too.weekly_on = std::chrono::Monday;
  accept(weekly_too);
  use(weekly_too, service->config());
  PeerState gone;
  gone.reach = Reach::disabled;
  gone.since = clock.now();
  gone.why = "HTTP 410";
  store->put_peer("webhook:tool", gone, act());
  start();
  turn_at(kMorning);  // a Monday
  std::string weekly;
  for (const Try& one : to(kJiro)) {
    if (one.parcel.message.type == "omamori.weekly") weekly = one.parcel.message.text;
  }
  EXPECT_THAT(weekly, HasSubstr("お守りの運用状態"));
  EXPECT_THAT(weekly, HasSubstr("HTTP 410"));
  EXPECT_THAT(weekly, Not(HasSubstr("omamorid が動いていない")));
}

TEST_F(ReminderLoopTest, ADayOfOutageDoesNotMakeItSpin) {
  for (const char* address : {kTaro, kJiro, kCore, kOperator}) answers[address] = no_way();
  turn_at(kMorning);
  run_to("2026-06-02T08:30:00+09:00");  // fails at 2000 turns
  EXPECT_THAT(troubles(), Contains("peer smtp"));
  answers.clear();
  run_to("2026-06-02T08:50:00+09:00");
  std::size_t accepted_by_taro = 0;
  for (const Try& one : to(kTaro)) accepted_by_taro += one.accepted ? 1U : 0U;
  EXPECT_EQ(accepted_by_taro, 1U) << "one digest a person";
  EXPECT_THAT(to(kTaro).back().parcel.message.text, HasSubstr("1日遅れて"));
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(ReminderLoopTest, AServerThatIsBrieflyAwayIsNoTrouble) {
  answers[kTaro] = no_way();
  turn_at(kMorning);
  run_to("2026-06-01T08:35:09+09:00");  // down at the third failure, ten seconds later
  EXPECT_THAT(troubles(), IsEmpty());
  run_to("2026-06-01T08:35:10+09:00");
  EXPECT_THAT(troubles(), ElementsAre("peer smtp"));
}

}  // namespace
}  // namespace omamori
