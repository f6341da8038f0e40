// When telling fails: the next channel, then another person, and a loud account if there is none.
#include "daemon/reminders/fallback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loops_fixture.h"

namespace omamori {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kMaybe = "以前に同じお知らせが届いている場合があります";

class FallbackTest : public LoopsTest {
 protected:
  // A concern about C-1: urgent, to case manager and supervisor at once.
  void concern(const std::string& when) {
    with_check = true;
    fill();
    at(when);
    ASSERT_TRUE(store->record_check_in(
        {0, "S-1", clock.now(), service->today(), Outcome::concern, "", "", false, 0}, act()));
  }
  // Something to be sent, whatever time it is.
  void concern_again() {
    ASSERT_TRUE(store->record_check_in(
        {0, "S-1", clock.now(), service->today(), Outcome::concern, "", "", false, 0}, act()));
  }
  std::vector<std::string> troubles_told() const {
    std::vector<std::string> found;
    for (const Try& one : to("tool")) {
      if (one.parcel.message.type == "omamori.trouble") found.push_back(zone.local_text(one.at));
    }
    return found;
  }
  std::vector<std::string> texts_since(const std::string& address, const std::string& since) const {
    std::vector<std::string> texts;
    for (const Try& one : to(address)) {
      if (one.at >= instant(since)) texts.push_back(one.parcel.message.text);
    }
    return texts;
  }
  StoredItem first_item() const { return store->items_of("C-1").at(0); }
};

TEST_F(FallbackTest, TheNextChannelAfterFourHoursAndNotASecondBefore) {
  fill(staff("email webhook"));
  answers[kTaro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T12:29:59+09:00");
  EXPECT_THAT(to("tool"), IsEmpty());
  EXPECT_GE(to(kTaro).size(), 4U) << "it was tried again and again";
  run_to("2026-06-01T12:30:00+09:00");
  EXPECT_THAT(when("tool"), ElementsAre("2026-06-01 12:30"));
  EXPECT_EQ(first_item().state, ItemState::told);
  EXPECT_THAT(to("tool").at(0).parcel.message.text, Not(HasSubstr(kMaybe)))
      << "every attempt ended before the server could have accepted it";
  run_to("2026-06-02T08:00:00+09:00");
  EXPECT_THAT(to(kJiro), IsEmpty()) << "told: nobody else need hear it";
}

TEST_F(FallbackTest, TheSupervisorWhenThereIsNoOtherChannel) {
  answers[kTaro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T12:29:59+09:00");
  EXPECT_THAT(to(kJiro), IsEmpty());
  run_to("2026-06-01T12:30:00+09:00");
  ASSERT_THAT(to(kJiro), SizeIs(1));
  EXPECT_THAT(to(kJiro)[0].parcel.message.text, HasSubstr("C-1"));
  EXPECT_EQ(first_item().state, ItemState::owed) << "CM-1 is still to be told";
  const std::size_t before = to(kTaro).size();
  run_to("2026-06-02T08:00:00+09:00");
  EXPECT_GT(to(kTaro).size(), before);
  EXPECT_THAT(to(kJiro), SizeIs(1));
  EXPECT_THAT(to(kCore), IsEmpty());
}

TEST_F(FallbackTest, AServerThatIsDownCountsFromWhenTheItemIsOwed) {
  fill(staff("email webhook"));
  for (const char* address : {kTaro, kJiro, kCore, kOperator}) answers[address] = no_way();
  turn_at(kMorning);
  run_to("2026-06-01T12:29:59+09:00");
  EXPECT_THAT(to("tool"), IsEmpty());
  run_to("2026-06-01T12:30:00+09:00");
  EXPECT_THAT(to("tool"), SizeIs(1));
}

TEST_F(FallbackTest, WhatIsUrgentGoesOnAfterHalfAnHour) {
  concern("2026-05-20T13:00:00+09:00");
  fill(staff("email webhook"));
  answers[kTaro] = not_now();
  turn();
  ASSERT_THAT(to(kTaro), SizeIs(1)) << "at once";
  run_to("2026-05-20T13:29:59+09:00");
  EXPECT_THAT(to("tool"), IsEmpty());
  run_to("2026-05-20T13:30:00+09:00");
  EXPECT_THAT(when("tool"), ElementsAre("2026-05-20 13:30"));
}

// The supervisor is told of a concern with the case manager, and must not believe that they know.
TEST_F(FallbackTest, WhoeverHasHeardOfAConcernHearsOnceThatTheCaseManagerHasNot) {
  concern("2026-05-20T13:00:00+09:00");
  answers[kTaro] = not_now();
  turn();
  ASSERT_THAT(to(kJiro), SizeIs(1));
  EXPECT_THAT(to(kJiro)[0].parcel.message.text, Not(HasSubstr("CM-1 さんに")));
  run_to("2026-05-20T13:29:59+09:00");
  EXPECT_THAT(to(kJiro), SizeIs(1));
  run_to("2026-05-22T23:00:00+09:00");
  ASSERT_THAT(when(kJiro), ElementsAre("2026-05-20 13:00", "2026-05-20 13:30"));
  EXPECT_THAT(to(kJiro)[1].parcel.message.text,
              HasSubstr("CM-1 さんに届かないため、代わりにお知らせしています。"));
  EXPECT_THAT(when(kCore), ElementsAre("2026-05-20 15:30")) << "told, but nobody has answered";
  // Its third day was a Saturday.
  run_to("2026-05-25T08:30:00+09:00");
  EXPECT_THAT(texts_since(kJiro, "2026-05-25T08:30:00+09:00"),
              Contains(HasSubstr("CM-1 さんにまだ届いていません")));
  answers.clear();
  run_to("2026-05-27T08:30:00+09:00");
  EXPECT_EQ(when(kJiro).back(), "2026-05-27 08:30");
  EXPECT_THAT(to(kJiro).back().parcel.message.text, Not(HasSubstr("さんにまだ届いて")))
      << "CM-1 has heard meanwhile";
}

// What fails is looked at in the very step in which this was composed, and had not failed yet.
TEST_F(FallbackTest, WhatHadNotBegunToFailAtTheLastLookIsLookedAtInTime) {
  with_check = true;
  fill(staff("email webhook"));
  at("2026-05-20T12:58:00+09:00");
  start();
  turn();
  at("2026-05-20T13:00:00+09:00");  // two minutes after the start: the first look
  concern_again();
  answers.insert_or_assign(kTaro, not_now());
  run_to("2026-05-20T13:30:00+09:00");
  EXPECT_THAT(when("tool"), ElementsAre("2026-05-20 13:30"));
}

// The server took the message and has not answered; or it waits behind one like that.
TEST_F(FallbackTest, WhatIsUrgentGoesOnAfterHalfAnHourAlsoFromATransferThatHangs) {
  concern("2026-05-20T13:00:00+09:00");
  fill(staff("email webhook"));
  held_back = {kTaro};
  turn();
  run_to("2026-05-20T13:29:59+09:00");
  EXPECT_THAT(couriers.abandoned, IsEmpty());
  turn_at("2026-05-20T13:30:00+09:00");
  ASSERT_THAT(couriers.abandoned, SizeIs(1));
  held_back.clear();
  answers[kTaro] = TryAgain{.why = "broken off", .unknown = true, .unclear = true};
  run_to("2026-05-20T13:30:06+09:00");
  ASSERT_THAT(when("tool"), ElementsAre("2026-05-20 13:30"));
  EXPECT_THAT(to("tool")[0].parcel.message.json, HasSubstr("C-1"));
}

// After a day's outage the first mail that gets through has failed for a day: it is let finish.
TEST_F(FallbackTest, WhatIsAcceptedAfterAnOutageIsNotBrokenOffUnderWay) {
  for (const char* address : {kTaro, kJiro, kCore, kOperator}) answers[address] = no_way();
  turn_at(kMorning);
  run_to("2026-06-01T20:00:00+09:00");
  answers.clear();
  held_back = {kTaro};
  for (auto next = turn(); couriers.carrying.empty(); next = turn()) clock.set(next.value());
  const Instant begun = clock.now();
  run_to(to_string(begun + std::chrono::minutes{30}));
  EXPECT_THAT(couriers.abandoned, IsEmpty()) << "there is no other way: it may take its time";
}

TEST_F(FallbackTest, ATransferIsBrokenOffForAnotherWayWhenItHasTakenTenMinutesItself) {
  fill(staff("email webhook"));
  Policy policy = service->policy();
  policy.fallback_after = std::chrono::minutes{45};  // the fourth try begins shortly before
  use(policy, service->config());
  start();
  answers[kTaro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T08:50:00+09:00");
  held_back = {kTaro};
  for (auto next = turn(); couriers.carrying.empty(); next = turn()) clock.set(next.value());
  const Instant begun = clock.now();
  run_to(to_string(begun + std::chrono::seconds{599}));
  EXPECT_THAT(couriers.abandoned, IsEmpty());
  run_to(to_string(begun + std::chrono::seconds{600}));
  EXPECT_THAT(couriers.abandoned, Not(IsEmpty()));
}

// A share that is gone: nothing calls that thread back.
TEST_F(FallbackTest, WhoseTransferHangsForEverIsToldOfBySomebodyElse) {
  held_back = {kTaro};
  turn_at(kMorning);
  run_to("2026-06-01T12:29:59+09:00");
  EXPECT_THAT(to(kJiro), IsEmpty());
  run_to("2026-06-01T12:35:00+09:00");
  EXPECT_THAT(when(kJiro), ElementsAre("2026-06-01 12:30"));
}

TEST_F(FallbackTest, ThatTheMailServerRefusesUsIsToldByAnotherWayAtOnceAndThenDaily) {
  fill(staff() + "OP-2,見本 五郎,operator,,ops2@example.com,email webhook,tool\n");
  const SendResult rejected = TryAgain{.why = "553 5.1.8", .peer_down = true, .until_mended = true};
  for (const char* person : {kTaro, kJiro, kCore, kOperator, "ops2@example.com"}) {
    answers[person] = rejected;
  }
  turn_at(kMorning);
  run_to("2026-06-03T12:00:00+09:00");
  EXPECT_THAT(when("tool"),
              ElementsAre("2026-06-01 08:35", "2026-06-02 08:30", "2026-06-03 08:30"));
  EXPECT_LT(tries.size(), 230U) << "a probe every quarter of an hour, for two days";
}

// A quarter of an hour down, a quarter up, and so on for two days.
TEST_F(FallbackTest, WhatComesAndGoesIsToldOnceADay) {
  with_check = true;
  fill(staff() + "OP-2,見本 五郎,operator,,ops2@example.com,webhook,tool\n");
  at(kMorning);
  int phases = 0;
  for (Instant now = clock.now(); now < instant("2026-06-03T08:00:00+09:00");
       now += std::chrono::minutes{15}) {
    const bool down = ++phases % 2 == 1;
    for (const char* person : {kTaro, kJiro, kCore, kOperator}) {
      if (down) answers.insert_or_assign(person, no_way());
      if (!down) answers.erase(person);
    }
    concern_again();
    run_to(to_string(now + std::chrono::minutes{15}));
  }
  EXPECT_THAT(troubles_told(), ElementsAre("2026-06-01 08:35", "2026-06-02 08:35"))
      << "it was up at 08:30 of the second day";
}

// The morning's digest was refused for what was in it; the mailbox is well.
TEST_F(FallbackTest, WhatIsUrgentIsTriedAlthoughADigestWasRefused) {
  with_check = true;
  fill();
  run_to("2026-05-29T12:00:00+09:00");  // the check has lapsed, and that is told
  answers.insert_or_assign(kTaro, Refused{"554 5.7.1 looks like spam"});
  turn_at(kMorning);
  answers.clear();
  const std::size_t before = to(kTaro).size();
  at("2026-06-01T13:00:00+09:00");
  concern_again();
  turn();
  ASSERT_GT(to(kTaro).size(), before);
  EXPECT_TRUE(to(kTaro).back().accepted);
  EXPECT_EQ(to(kTaro).back().parcel.message.type, "omamori.urgent");
}

TEST_F(FallbackTest, AnAddressThatRefusesEverythingIsTriedOnceMoreForWhatIsUrgent) {
  with_check = true;
  fill();
  answers.insert_or_assign(kTaro, refused());
  turn_at(kMorning);
  const std::size_t before = to(kTaro).size();
  at("2026-06-01T13:00:00+09:00");
  concern_again();
  run_to("2026-06-01T20:00:00+09:00");
  EXPECT_LE(to(kTaro).size(), before + 1);
}

TEST_F(FallbackTest, FromTheCaseManagerToTheSupervisorTheCoreCentreAndTheOperator) {
  answers[kTaro] = not_now();
  answers[kJiro] = not_now();
  answers[kCore] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T20:29:59+09:00");
  EXPECT_EQ(when(kJiro).at(0), "2026-06-01 12:30");
  EXPECT_EQ(when(kCore).at(0), "2026-06-01 16:30");
  EXPECT_THAT(to(kOperator), IsEmpty());
  run_to("2026-06-01T20:30:00+09:00");
  ASSERT_THAT(to(kOperator), SizeIs(1));
  EXPECT_THAT(to(kOperator)[0].parcel.message.text, HasSubstr("C-1"));
  const auto items = store->items_of("C-1");
  ASSERT_THAT(items, SizeIs(4));
  for (std::size_t i = 1; i < items.size(); ++i) EXPECT_EQ(items[i].reminder.instead_of, "CM-1");
}

TEST_F(FallbackTest, WhoeverIsRefusedForGoodIsStoodInForAtOnceAndSoIsTheStandIn) {
  answers[kTaro] = refused();
  answers[kJiro] = refused();
  turn_at(kMorning);
  EXPECT_THAT(when(kJiro), ElementsAre("2026-06-01 08:30"));
  EXPECT_EQ(to(kCore).size(), 1U) << "the supervisor cannot be told either: no use to wait";
}

TEST_F(FallbackTest, ARefusedChannelGivesWayAtOnce) {
  fill(staff("email webhook"));
  answers[kTaro] = refused();
  turn_at(kMorning);
  EXPECT_THAT(to("tool"), SizeIs(1));
  EXPECT_THAT(to(kJiro), IsEmpty());
}

TEST_F(FallbackTest, WhereNobodyCanBeToldItIsSaid) {
  for (const char* address : {kTaro, kJiro, kCore, kOperator}) answers[address] = no_way();
  turn_at(kMorning);
  run_to("2026-06-01T12:29:59+09:00");
  EXPECT_THAT(reminders->stuck(), IsEmpty());
  run_to("2026-06-01T12:30:00+09:00");
  ASSERT_THAT(reminders->stuck(), SizeIs(1));
  EXPECT_EQ(reminders->stuck()[0].staff, "CM-1");
  EXPECT_EQ(reminders->stuck()[0].items, 1U);
  EXPECT_EQ(reminders->stuck()[0].since, instant(kMorning));
  answers.clear();
  run_to("2026-06-01T12:50:00+09:00");  // the probe, and the next look
  EXPECT_EQ(first_item().state, ItemState::told);
  EXPECT_THAT(reminders->stuck(), IsEmpty()) << "it is over";
}

TEST_F(FallbackTest, NobodyIsToldInsteadWhileDeliveryIsHeld) {
  answers[kTaro] = not_now();
  turn_at(kMorning);
  service->use_hold(true);
  run_to("2026-06-02T07:00:00+09:00");
  EXPECT_THAT(to(kJiro), IsEmpty());
  EXPECT_THAT(store->items_of("C-1"), SizeIs(1));
  service->use_hold(false);
  answers.clear();
  turn();
  EXPECT_EQ(first_item().state, ItemState::told);
}

TEST_F(FallbackTest, WhenThePersonIsToldFirstTheStandInNeedNotBe) {
  answers[kTaro] = not_now();
  answers[kJiro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T12:35:00+09:00");
  ASSERT_GE(to(kJiro).size(), 1U);
  const std::size_t tried = to(kJiro).size();
  answers.clear();
  held_back = {kJiro};  // what is tried now waits
  answers[kJiro] = not_now();
  const auto pending = store->pending_to("CM-1", Channel::email).at(0).content.id;
  store->retry_message(pending, act());
  turn();
  EXPECT_EQ(first_item().state, ItemState::told);
  EXPECT_EQ(store->items_of("C-1").at(1).state, ItemState::skipped);
  EXPECT_EQ(store->items_of("C-1").at(1).reason, "CM-1 was told meanwhile");
  held_back.clear();
  answers.clear();
  run_to("2026-06-01T20:00:00+09:00");
  EXPECT_EQ(to(kJiro).size(), tried) << "nothing is left to say to him";
}

TEST_F(FallbackTest, AnotherChannelAfterAnUnknownOutcomeSaysSo) {
  fill(staff("email webhook"));
  answers[kTaro] = lost_after_the_data();
  turn_at(kMorning);
  run_to("2026-06-01T12:30:00+09:00");
  ASSERT_THAT(to("tool"), SizeIs(1));
  EXPECT_THAT(to("tool")[0].parcel.message.text, HasSubstr(kMaybe));
}

// A message on its way is not given up: it may be accepted this very moment.
TEST_F(FallbackTest, WhatIsOnItsWayIsWaitedFor) {
  fill(staff("email webhook"));
  held_back = {kTaro};
  turn_at(kMorning);
  run_to("2026-06-01T14:00:00+09:00");
  EXPECT_THAT(to("tool"), IsEmpty());
  held_back.clear();
  answers[kTaro] = not_now();
  turn();
  run_to("2026-06-01T14:05:00+09:00");
  EXPECT_THAT(to("tool"), SizeIs(1));
}

// What waited while the machine was off is tried first; then others are told.
TEST_F(FallbackTest, AfterAStartThereIsTimeToSendWhatWaited) {
  answers[kTaro] = not_now();
  turn_at(kMorning);
  at("2026-06-01T18:00:00+09:00");
  start();
  run_to("2026-06-01T18:01:59+09:00");
  EXPECT_THAT(to(kJiro), IsEmpty());
  run_to("2026-06-01T18:02:00+09:00");
  EXPECT_THAT(to(kJiro), SizeIs(1));
}

}  // namespace
}  // namespace omamori
