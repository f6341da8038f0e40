// What the delivery loop begins, when, and what a peer that fails makes of it.
#include "daemon/delivery/delivery_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/delivery_loop_fixture.h"
#include "tests/support/full_disk.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(DeliveryLoopTest, AnAttemptIsWrittenDownBeforeItsFirstByteLeaves) {
  messages(2);
  int seen = 0;
  couriers.on_carry = [&](const Parcel& parcel) {
    const auto attempts = store->attempts(parcel.message.id);
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].outcome, AttemptOutcome::begun);
    EXPECT_TRUE(stored(parcel.message.id).in_flight);
    ++seen;
  };
  EXPECT_EQ(step(), std::nullopt) << "only an answer can bring something";
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(loop->in_flight(), 2U);
  couriers.answer(accepted());
  EXPECT_EQ(changes, 1);
  EXPECT_THAT(told, IsEmpty()) << "it is not recorded before the step";
  EXPECT_TRUE(stored("m-1").in_flight);
  step();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].message, "m-1");
  EXPECT_EQ(told[0].outcome, AttemptOutcome::sent);
  EXPECT_EQ(stored("m-1").state, MessageState::sent);
  EXPECT_EQ(store->attempts("m-1")[0].latency_ms, 20);
  EXPECT_EQ(loop->in_flight(), 1U);
}

TEST_F(DeliveryLoopTest, NoMoreThanThePeerTakesAndTheNextWithEachAnswer) {
  messages(7);
  EXPECT_EQ(step(), std::nullopt) << "there is no room: an answer brings the next step";
  EXPECT_EQ(couriers.carrying.size(), 5U);
  couriers.answer(accepted());
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("m-2", "m-3", "m-4", "m-5", "m-6"));
}

TEST_F(DeliveryLoopTest, ATransactionIsNoLongerThanSixtyFourMessages) {
  couriers.answer_all(accepted());
  AskedCouriers wide({smtp()}, 1000);
  DeliveryLoop of_many(*service, wide, {});
  messages(65);
  EXPECT_EQ(of_many.step(), clock.now());
  EXPECT_EQ(wide.carrying.size(), 64U);
  EXPECT_EQ(of_many.step(), std::nullopt);
  EXPECT_EQ(wide.carrying.size(), 65U);
}

TEST_F(DeliveryLoopTest, AMessageIsNotTriedBeforeItsTime) {
  message("m-1", MessageKind::test, smtp(), clock.now() + seconds{10});
  EXPECT_EQ(step(), clock.now() + seconds{10});
  later(seconds{9});
  step();
  EXPECT_THAT(couriers.ids(), IsEmpty());
  later(seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("m-1"));
}

// --- the breaker -------------------------------------------------------------------------------

TEST_F(DeliveryLoopTest, TwoFailuresOnTheWayAreNoOutage) {
  messages(2);
  step();
  EXPECT_EQ(answered(no_way()), clock.now() + seconds{5});
  EXPECT_EQ(smtp_state().reach, Reach::sound);
  later(seconds{4});
  step();
  EXPECT_THAT(couriers.ids(), IsEmpty());
  later(seconds{1});
  step();
  EXPECT_EQ(couriers.carrying.size(), 2U);
  couriers.answer(not_now());  // an answer about the message: the way is there
  couriers.answer(no_way());
  step();
  EXPECT_EQ(smtp_state().reach, Reach::sound);
  EXPECT_EQ(smtp_state().failures, 2);
}

TEST_F(DeliveryLoopTest, AfterThreeOneAtATimeAndEverMoreSeldom) {
  take_down();
  message("m-4");
  for (const seconds wait : {seconds{30}, seconds{60}, seconds{120}, seconds{300}, seconds{600},
                             seconds{900}, seconds{900}}) {
    EXPECT_EQ(step(), clock.now() + wait);
    later(wait - seconds{1});
    step();
    EXPECT_THAT(couriers.ids(), IsEmpty()) << wait.count();
    later(seconds{1});
    EXPECT_EQ(step(), std::nullopt);
    EXPECT_EQ(couriers.carrying.size(), 1U) << "a probe is one message";
    answered(no_way());
  }
  EXPECT_EQ(stored("m-1").tries, 0) << "nobody's message grows old meanwhile";
}

TEST_F(DeliveryLoopTest, WhenTheProbeIsAnsweredEverythingGoes) {
  take_down();
  later(seconds{30});
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U);
  answered(not_now());
  EXPECT_EQ(smtp_state().reach, Reach::sound) << "it answered, whatever it said";
  EXPECT_EQ(couriers.carrying.size(), 2U);
}

TEST_F(DeliveryLoopTest, TheBreakerSurvivesARestart) {
  take_down();
  start();
  EXPECT_EQ(step(), clock.now() + seconds{30});
  EXPECT_THAT(couriers.ids(), IsEmpty());
}

TEST_F(DeliveryLoopTest, OnePeerThatIsDownStopsNoOther) {
  take_down();
  message("w-1", MessageKind::test, endpoint("tool"));
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("w-1"));
}

// Another message that passes meanwhile had begun before: the wish holds for both.
TEST_F(DeliveryLoopTest, AWishHoldsForItsMessageAndItsEndpointAlsoAfterARestart) {
  message("w-1", MessageKind::test, endpoint("tool"));
  message("w-2", MessageKind::test, endpoint("tool"));
  step();
  couriers.answer(no_way(minutes{2}), endpoint("tool"));
  couriers.answer(accepted(), endpoint("tool"));
  message("w-3", MessageKind::test, endpoint("tool"));
  EXPECT_EQ(step(), clock.now() + minutes{2});
  EXPECT_EQ(stored("w-1").next_attempt_at, clock.now() + minutes{2});
  start();
  later(minutes{2} - seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), IsEmpty());
  later(seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), SizeIs(1)) << "one, as a probe";
}

TEST_F(DeliveryLoopTest, ThreePeopleRefusedAlikeAreTheServersFaultAndAreToldWhenItIsMended) {
  const SendResult denied = Refused{"554 5.7.1 relay access denied", false, "RCPT 554 5.7.1"};
  for (const char* person : {"CM-1", "CM-2", "CM-3"}) {
    message(std::string("to-") + person, MessageKind::test, smtp(), {}, person);
  }
  const std::int64_t item = owed_item("to-CM-1");
  step();
  answered(denied);
  EXPECT_EQ(smtp_state().reach, Reach::down);
  EXPECT_EQ(smtp_state().next_probe_at, clock.now() + minutes{15});
  EXPECT_EQ(stored("to-CM-1").state, MessageState::pending) << "not its fault after all";
  EXPECT_EQ(store->item(item)->message, "to-CM-1");
  EXPECT_EQ(stored("to-CM-2").state, MessageState::superseded) << "nobody is owed by it any more";
  EXPECT_EQ(stored("to-CM-3").state, MessageState::pending);
  EXPECT_THAT(store->spent_ways("CM-2", clock.now() - minutes{1}, clock.now()), IsEmpty());
  later(minutes{15});
  step();
  answered(accepted());
  answered(accepted());
  EXPECT_EQ(stored("to-CM-1").state, MessageState::sent);
}

TEST_F(DeliveryLoopTest, WhatIsUrgentHasALineOfItsOwn) {
  messages(6);
  step();
  ASSERT_THAT(couriers.ids(), SizeIs(5)) << "that is all it takes at a time";
  message("u-1", MessageKind::urgent);
  step();
  ASSERT_THAT(couriers.ids(), SizeIs(6));
  EXPECT_EQ(couriers.carrying.back().parcel.message.id, "u-1");
  EXPECT_EQ(couriers.carrying.back().parcel.lane, Lane::urgent);
}

// Else one that fails for its own sake would be the only one ever tried.
TEST_F(DeliveryLoopTest, ProbesAreUrgentAndOrdinaryInTurns) {
  take_down();
  message("u-1", MessageKind::urgent);
  std::vector<std::string> probes;
  for (int i = 0; i < 4; ++i) {
    clock.set(smtp_state().next_probe_at.value());
    step();
    ASSERT_THAT(couriers.ids(), SizeIs(1));
    probes.push_back(couriers.ids()[0]);
    answered(TryAgain{.why = "hung up", .unclear = true});
  }
  EXPECT_THAT(probes, testing::Contains("u-1"));
  EXPECT_THAT(probes, testing::Contains("m-1"));
}

TEST_F(DeliveryLoopTest, WhatMayBeTheServersFaultIsNotFinalBecauseWeStop) {
  messages(2);
  step();
  couriers.answer(Refused{"554 5.7.1 denied", false, "RCPT 554 5.7.1"});
  couriers.answer(refused());
  step(DeliveryLoop::Begin::nothing);
  EXPECT_EQ(stored("m-1").state, MessageState::pending) << "there was nobody to compare with";
  EXPECT_EQ(stored("m-2").state, MessageState::refused) << "no such user, whenever";
}

TEST_F(DeliveryLoopTest, WhatWasTakenBackUntriedCostsNobodyAnything) {
  message("m-1");
  step();
  loop->abandon({"m-1"});
  EXPECT_THAT(couriers.abandoned, ElementsAre("m-1"));
  answered(TryAgain{.why = "not tried", .ours = true});
  EXPECT_EQ(stored("m-1").tries, 0);
  EXPECT_EQ(smtp_state(), PeerState{});
}

// A receiver knows a second copy by it.
TEST_F(DeliveryLoopTest, AnotherSenderDoesNotChangeTheIdOfWhatHasOne) {
  Config config = service->config();
  config.smtp.from = "omamori@city.example";
  use({}, config);
  start();
  message("m-1");
  step();
  EXPECT_EQ(couriers.carrying.at(0).parcel.message.id_domain, "city.example");
  answered(lost_after_the_data());
  config.smtp.from = "omamori@welfare.example";
  use({}, config);
  start();
  later(minutes{10});
  step();
  ASSERT_THAT(couriers.ids(), ElementsAre("m-1"));
  EXPECT_EQ(couriers.carrying.at(0).parcel.message.id_domain, "city.example");
}

TEST_F(DeliveryLoopTest, GoneIsNeverCalledAgainUntilAPersonSaysSo) {
  message("w-1", MessageKind::test, endpoint("tool"));
  message("w-2", MessageKind::test, endpoint("tool"), clock.now() + seconds{1});
  step();
  EXPECT_EQ(answered(gone()), std::nullopt);
  EXPECT_EQ(loop->peers().at("webhook:tool").reach, Reach::disabled);
  later(hours{8});
  EXPECT_EQ(step(), std::nullopt);
  start();
  EXPECT_EQ(step(), std::nullopt);
  EXPECT_THAT(couriers.ids(), IsEmpty());
  store->put_peer("webhook:tool", PeerState{}, act());  // what `endpoint enable` does
  loop->reread_peers();
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("w-2"));
  start();
  EXPECT_EQ(loop->peers().at("webhook:tool").reach, Reach::sound) << "it is kept";
}

// --- what may begin ----------------------------------------------------------------------------

TEST_F(DeliveryLoopTest, HoldBeginsNothing) {
  message("m-1");
  for (const bool hold : {true, false}) {
    service->use_hold(hold);
    EXPECT_EQ(step(), std::nullopt);
    EXPECT_EQ(stored("m-1").attempts, hold ? 0 : 1);
  }
}

TEST_F(DeliveryLoopTest, WhenStoppingWhatIsKnownIsRecordedAndNothingBegins) {
  messages(2);
  step();
  message("m-3");
  couriers.answer_all(accepted());
  EXPECT_EQ(step(DeliveryLoop::Begin::nothing), std::nullopt);
  EXPECT_EQ(stored("m-1").state, MessageState::sent);
  EXPECT_EQ(stored("m-2").state, MessageState::sent);
  EXPECT_THAT(couriers.ids(), IsEmpty());
}

TEST_F(DeliveryLoopTest, WhileTheClockIsHeldOnlyTroubleGoes) {
  message("m-1");
  message("t-1", MessageKind::trouble);
  message("t-2", MessageKind::trouble, smtp(), clock.now() + seconds{40});
  EXPECT_EQ(step(DeliveryLoop::Begin::trouble_only), clock.now() + seconds{40});
  EXPECT_THAT(couriers.ids(), ElementsAre("t-1"));
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("t-1", "m-1"));
}

// --- damage ------------------------------------------------------------------------------------

TEST_F(DeliveryLoopTest, AMessageThatCannotBeReadIsNamedAndSetAsideAndStopsNoOther) {
  const std::string id = digest();
  messages(2);
  damage("UPDATE message SET slot_day = '2026-02-30' WHERE id = '" + id + "'");
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("m-1", "m-2"));
  EXPECT_THAT(loop->unreadable(), ElementsAre("message " + id));
  const auto item = store->items_of("C-1").at(0);
  EXPECT_EQ(item.state, ItemState::owed) << "it is told by another message";
  EXPECT_EQ(item.message, "");
  EXPECT_THAT(store->spent_ways("CM-1", Instant{}, Instant::max()), IsEmpty())
      << "nobody refused it";
  answered(accepted());
  EXPECT_THAT(loop->unreadable(), IsEmpty()) << "it is named once";
}

TEST_F(DeliveryLoopTest, AnItemThatCannotBeReadIsToldAndHoldsNobodyUp) {
  const std::string id = digest();
  messages(1);
  damage("UPDATE item SET as_role = 'xyzzy'");
  step();
  while (!couriers.carrying.empty()) answered(accepted());
  EXPECT_EQ(stored(id).state, MessageState::sent);
  EXPECT_EQ(stored("m-1").state, MessageState::sent);
  EXPECT_EQ(loop->in_flight(), 0U);
}

TEST_F(DeliveryLoopTest, WordsThatCannotBeWrittenAgainSetTheMessageAside) {
  const std::string id = digest();
  damage("UPDATE obligation SET opened = '2026-02-30'");
  at("2026-06-02T09:00:00+09:00");
  messages(1);
  step();
  EXPECT_THAT(couriers.ids(), ElementsAre("m-1"));
  EXPECT_THAT(loop->unreadable(), ElementsAre("message " + id));
  EXPECT_EQ(stored(id).state, MessageState::superseded);
}

TEST_F(DeliveryLoopTest, WhenTheDiskIsFullAnswersAreKeptAndNothingHasHappened) {
  messages(5);
  step();
  message("m-6");
  for (int i = 0; i < 3; ++i) couriers.answer(no_way());
  couriers.answer(accepted());
  couriers.answer(refused());
  {
    const FullDisk full;
    EXPECT_THROW(step(), SqliteError);
    EXPECT_THROW(step(), SqliteError);
  }
  EXPECT_THAT(couriers.ids(), IsEmpty()) << "what is not written down does not leave";
  EXPECT_THAT(told, IsEmpty());
  EXPECT_EQ(loop->in_flight(), 5U);
  EXPECT_TRUE(loop->peers().empty());
  EXPECT_TRUE(stored("m-1").in_flight);
  step();
  EXPECT_EQ(loop->in_flight(), couriers.carrying.size());
  ASSERT_EQ(told.size(), 5U);
  EXPECT_EQ(stored("m-1").state, MessageState::pending);
  EXPECT_EQ(stored("m-4").state, MessageState::sent);
  EXPECT_EQ(stored("m-5").state, MessageState::refused);
  EXPECT_EQ(store->attempts("m-4").size(), 1U);
  EXPECT_EQ(smtp_state().reach, Reach::down);
  later(seconds{30});
  step();
  EXPECT_THAT(couriers.ids(), SizeIs(1)) << "a probe";
}

}  // namespace
}  // namespace omamori
