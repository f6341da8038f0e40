// The life of a message: when it is tried again, what is repeated byte for byte, and what becomes
// of the items it carries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/delivery/retry_times.h"
#include "tests/support/delivery_loop_fixture.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(DeliveryLoopTest, AMessageIsTriedAsTheScheduleSaysForFiveDays) {
  const std::string id = digest();
  seconds life{0};
  int tries = 0;
  for (auto next = step(); !couriers.carrying.empty(); next = step()) {
    couriers.answer(not_now());
    step();
    const seconds wait = wait_after(++tries, id);
    life += wait;
    if (life > kMessageLife) break;
    ASSERT_EQ(stored(id).state, MessageState::pending) << tries;
    EXPECT_EQ(stored(id).next_attempt_at, clock.now() + wait);
    EXPECT_EQ(stored(id).life_used, life);
    later(wait - seconds{1});
    step();
    EXPECT_THAT(couriers.ids(), IsEmpty()) << tries;
    later(seconds{1});
  }
  EXPECT_EQ(tries, stored(id).attempts);
  EXPECT_GE(tries, 10);
  EXPECT_EQ(stored(id).state, MessageState::expired);
  const auto item = store->items_of("C-1").at(0);
  EXPECT_EQ(item.state, ItemState::owed) << "a dead letter leaves its items owed";
  EXPECT_EQ(item.message, "");
}

TEST_F(DeliveryLoopTest, AnOutageOfAMonthCostsAMessageNothingOfItsLife) {
  const std::string id = digest();
  step();
  answered(not_now());
  const seconds first = wait_after(1, id);
  later(first);
  for (int i = 0; i < 40; ++i) {
    step();
    if (couriers.carrying.empty()) {
      later(hours{24});
      continue;
    }
    answered(no_way());
    later(hours{24});
  }
  EXPECT_GT(stored(id).attempts, 20);
  EXPECT_EQ(stored(id).life_used, first);
  EXPECT_EQ(stored(id).tries, 1);
  step();
  if (couriers.carrying.empty()) {
    later(minutes{15});
    step();
  }
  answered(not_now());
  EXPECT_EQ(stored(id).next_attempt_at, clock.now() + wait_after(2, id));
}

TEST_F(DeliveryLoopTest, ATryAfterWhichItsLifeIsExactlyOverIsTheLastButOne) {
  // life_used after the try may be five days and not a second more.
  const std::string id = digest();
  const seconds wait = wait_after(1, id);
  for (const seconds over : {seconds{0}, seconds{1}}) {
    damage("UPDATE message SET life_used = " +
           std::to_string((seconds{kMessageLife} - wait + over).count()) + ", tries = 0");
    step();
    ASSERT_EQ(couriers.carrying.size(), 1U);
    answered(not_now());
    EXPECT_EQ(stored(id).state, over == seconds{0} ? MessageState::pending : MessageState::expired);
    later(wait);
  }
}

TEST_F(DeliveryLoopTest, AWishOfThePeerPutsOneMessageOff) {
  messages(2);
  step();
  couriers.answer(not_now(hours{2}));
  couriers.answer(accepted());
  EXPECT_EQ(step(), clock.now() + hours{2});
  EXPECT_EQ(smtp_state().reach, Reach::sound);
  later(hours{2} - seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), IsEmpty());
  later(seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("m-1"));
}

// --- the words ---------------------------------------------------------------------------------

TEST_F(DeliveryLoopTest, AMailThatMayHaveArrivedIsTheSameToItsDate) {
  const std::string id = digest();
  later(seconds{7});
  const Instant first = clock.now();
  step();
  const Parcel before = couriers.carrying.at(0).parcel;
  EXPECT_EQ(before.date, first);
  answered(lost_after_the_data());
  EXPECT_TRUE(stored(id).frozen);
  later(hours{48});  // another day: it would be written again were it not frozen
  step();
  const Parcel again = couriers.carrying.at(0).parcel;
  EXPECT_EQ(again.message.id, id);
  EXPECT_EQ(again.message.subject, before.message.subject);
  EXPECT_EQ(again.message.text, before.message.text);
  EXPECT_EQ(again.message.html, before.message.html);
  EXPECT_EQ(again.date, first);
}

TEST_F(DeliveryLoopTest, AMailThatWentNowhereHasTheDateOfItsNewAttempt) {
  digest();
  step();
  answered(no_way());
  later(seconds{5});
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U);
  EXPECT_EQ(couriers.carrying[0].parcel.date, clock.now());
}

// Standard Webhooks: the timestamp is of this attempt, or a receiver takes it for a replay.
TEST_F(DeliveryLoopTest, AWebhookThatMayHaveArrivedHasTheSameBodyAndAFreshTimestamp) {
  const std::string id = digest("webhook");
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U);
  const Parcel before = couriers.carrying[0].parcel;
  EXPECT_EQ(before.address.to, "tool");
  answered(lost_after_the_data());
  later(hours{48});
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U);
  const Parcel again = couriers.carrying[0].parcel;
  EXPECT_EQ(again.message.id, id);
  EXPECT_EQ(again.message.json, before.message.json);
  EXPECT_EQ(again.date, clock.now());
}

TEST_F(DeliveryLoopTest, OnAnotherDayTheWordsAreWrittenAgainUnderTheSameId) {
  const std::string id = digest();
  step();
  const std::string before = couriers.carrying.at(0).parcel.message.text;
  answered(no_way());
  at("2026-06-01T23:59:59+09:00");
  step();
  EXPECT_EQ(couriers.carrying.at(0).parcel.message.text, before) << "still the same day";
  answered(no_way());
  at("2026-06-02T00:00:30+09:00");
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U);
  const Message& again = couriers.carrying[0].parcel.message;
  EXPECT_EQ(again.id, id);
  EXPECT_THAT(before, Not(HasSubstr("遅れて")));
  EXPECT_THAT(again.text, HasSubstr("1日遅れて"));
  EXPECT_EQ(stored(id).content.text, again.text) << "what leaves is what is kept";
}

TEST_F(DeliveryLoopTest, WhatWasDoneMeanwhileIsNotSent) {
  const std::string id = digest();
  later(minutes{1});
  ASSERT_TRUE(store->record_monitoring(visit("C-1", day("2026-06-01")), act()));
  decide_due(*service, act());
  EXPECT_EQ(step(), std::nullopt);
  EXPECT_THAT(couriers.ids(), IsEmpty());
  EXPECT_EQ(stored(id).state, MessageState::dropped);
  EXPECT_EQ(stored(id).attempts, 0) << "nothing has begun";
}

// To the end of their last day somebody is told, and then not, also of what may have arrived.
class WhoeverHasLeft : public DeliveryLoopTest {
 protected:
  void last_day_and_the_next(const SendResult& result) {
    const std::string id = digest();
    ASSERT_EQ(import({{CsvKind::staff,
                       "staff_code,name,role,office_code,until\n"
                       "CM-1,見本 太郎,case_manager,OF-1,2026-06-01\n"}}),
              "");
    step();
    answered(result);
    at("2026-06-01T23:59:59+09:00");
    step();
    ASSERT_EQ(couriers.carrying.size(), 1U) << "their last day";
    answered(result);
    at("2026-06-02T09:00:00+09:00");
    step();
    EXPECT_THAT(couriers.ids(), IsEmpty());
    EXPECT_EQ(stored(id).state, MessageState::dropped);
    const StoredItem item = store->items_of("C-1").at(0);
    EXPECT_NE(item.state, ItemState::owed);
    EXPECT_EQ(item.reason, "CM-1 has left");
  }
};

TEST_F(WhoeverHasLeft, IsNotSentWhatCouldNotBeSent) { last_day_and_the_next(no_way()); }

TEST_F(WhoeverHasLeft, IsNotSentAgainWhatMayHaveArrived) {
  last_day_and_the_next(lost_after_the_data());
}

TEST_F(DeliveryLoopTest, ARefusedMessageLeavesItsItemsOwedAndFree) {
  const std::string id = digest();
  step();
  answered(refused());
  EXPECT_EQ(stored(id).state, MessageState::refused);
  const auto item = store->items_of("C-1").at(0);
  EXPECT_EQ(item.state, ItemState::owed);
  EXPECT_EQ(item.message, "");
  EXPECT_EQ(smtp_state().reach, Reach::sound) << "one address says nothing of the server";
}

}  // namespace
}  // namespace omamori
