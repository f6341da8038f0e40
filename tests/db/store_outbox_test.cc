// Obligations, items and messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StoreOutbox : public StoreTest {
 protected:
  StoreOutbox() {
    import(small_city());
    june = monitoring_of("C-1", "2026-06");
    store->put_obligation(june, act);
  }
  ItemState state(std::int64_t id) { return store->item(id)->state; }
  NewMessage message(const std::string& id, const std::vector<std::int64_t>& items) {
    NewMessage message;
    message.id = id;
    message.type = "omamori.digest";
    message.staff = "S-1";
    message.address = "S-1@example.jp";
    message.slot_day = act.today;
    message.slot = act.now;
    message.subject = "subject";
    message.text = "text";
    message.first_attempt_at = act.now;
    message.items = items;
    return message;
  }
  // One owed item (id 1) in message m-1.
  void compose() {
    store->owe(reminder(june.key), act);
    store->put_message(message("m-1", {1}), {}, act);
  }
  void attempt(AttemptOutcome outcome, std::optional<Instant> next = {}) {
    store->begin_attempt("m-1", act.now);
    store->record_attempt("m-1", {outcome, "reply", 12, next, std::chrono::seconds{3}}, act);
  }

  const Act act = on("2026-06-23");
  const Act later = on("2026-06-24");
  Obligation june;
};

TEST_F(StoreOutbox, AnObligationComesBackAsItWent) {
  Obligation lapse = june;
  lapse.kind = ObligationKind::lapse;
  lapse.key = "C-1/lapse/K-1/2026-06-02";
  lapse.due_by.reset();
  lapse.months = {month("2026-06"), month("2026-09")};
  lapse.check = "K-1";
  lapse.provider = "P-1";
  lapse.last_ok = day("2026-05-01");
  lapse.basis = {Basis::certificate, true};
  lapse.waiving_check = "K-2";
  lapse.quiet = true;
  EXPECT_TRUE(store->put_obligation(lapse, act));
  EXPECT_EQ(store->obligation(lapse.key)->obligation, lapse);
  EXPECT_THAT(store->live_obligations("C-1"), ElementsAre(lapse, june));
  EXPECT_FALSE(store->put_obligation(lapse, later)) << "equal: nothing to write";
  lapse.quiet = false;
  EXPECT_TRUE(store->put_obligation(lapse, later));
  EXPECT_EQ(store->obligation(lapse.key)->obligation, lapse);
  EXPECT_THAT(journal_kinds("C-1"),
              ElementsAre("obligation.opened", "obligation.opened", "obligation.changed"));
}

TEST_F(StoreOutbox, AReminderIsOwedOnce) {
  EXPECT_TRUE(store->owe(reminder(june.key), act));
  EXPECT_FALSE(store->owe(reminder(june.key), later));
  EXPECT_TRUE(store->owe(reminder(june.key, "SV-1"), act)) << "another person";
  EXPECT_TRUE(store->owe(reminder(june.key, "S-1", 1), act)) << "another stage";
  const auto items = store->items_of("C-1");
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].reminder, reminder(june.key));
  EXPECT_EQ(items[0].first_owed_at, act.now);
  EXPECT_EQ(items[0].next_attempt_at, reminder(june.key).slot);
  EXPECT_THROW(store->owe(reminder("C-1/none"), act), std::logic_error);
}

// P1b: a stage is its rank. Neither a name that another stage had before nor the count of a
// repetition makes it one that was told.
TEST_F(StoreOutbox, AStageIsItsRankWhateverThePolicyCallsIt) {
  Reminder weekly = reminder(june.key, "S-1", 21);
  weekly.stage = "repeat";
  weekly.repeat = 1;
  ASSERT_TRUE(store->owe(weekly, act));
  Reminder fortnightly = weekly;  // repeat_days 7 became 14: the first repetition is on day 28
  fortnightly.days = 28;
  EXPECT_TRUE(store->owe(fortnightly, later)) << "the same name and count, a later day";
  Reminder renamed = weekly;
  renamed.stage = "again";
  renamed.repeat = 3;
  EXPECT_FALSE(store->owe(renamed, later)) << "another name, the same day";
}

TEST_F(StoreOutbox, WhatWasSilentIsOwedUnderTheNameItHasNow) {
  Reminder before = reminder(june.key, "S-1", 7);
  ASSERT_TRUE(store->silence(before, "suspended", act));
  Reminder now = before;
  now.stage = "renamed";
  now.repeat = 2;
  EXPECT_TRUE(store->owe(now, later));
  ASSERT_EQ(store->items_of("C-1").size(), 1U);
  EXPECT_EQ(store->item(1)->reminder, now);
}

TEST_F(StoreOutbox, WhatIsOwedComesByPersonMostUrgentFirst) {
  Reminder urgent = reminder(june.key, "S-2", 1);
  urgent.urgency = Urgency::urgent;
  store->owe(reminder(june.key, "S-2"), act);
  store->owe(urgent, act);
  store->owe(reminder(june.key, "S-1"), act);
  Reminder tomorrow = reminder(june.key, "S-1", 14);
  tomorrow.slot = later.now + std::chrono::hours{1};
  store->owe(tomorrow, act);
  std::vector<std::int64_t> ids;
  for (const StoredItem& item : store->owed_items(act.now)) ids.push_back(item.id);
  EXPECT_THAT(ids, ElementsAre(3, 2, 1)) << "the fourth is not due yet";
  EXPECT_EQ(store->owed_items(tomorrow.slot).size(), 4U);
  EXPECT_EQ(store->owed_items(tomorrow.slot - std::chrono::seconds{1}).size(), 3U);
  EXPECT_EQ(store->owed_since(act.now).size(), 3U) << "what is owed ahead is not late";
  EXPECT_EQ(store->owed_since(tomorrow.slot).size(), 4U);
  EXPECT_EQ(store->owed_since(act.now - std::chrono::seconds{1}).size(), 0U);
  store->postpone_item(3, later.now);
  EXPECT_EQ(store->owed_items(act.now).size(), 2U);
  EXPECT_EQ(store->next_delivery_instant(), reminder(june.key).slot);
}

TEST_F(StoreOutbox, ASilenceIsStoredOnceAndCanEnd) {
  EXPECT_TRUE(store->silence(reminder(june.key), "suspended", act));
  EXPECT_FALSE(store->silence(reminder(june.key), "suspended", later));
  EXPECT_EQ(state(1), ItemState::skipped);
  EXPECT_EQ(store->item(1)->reason, "suspended");
  EXPECT_THAT(store->owed_items(Instant::max()), IsEmpty());
  EXPECT_TRUE(store->owe(reminder(june.key), later)) << "what was silent may be owed again";
  EXPECT_TRUE(store->silence(reminder(june.key), "acknowledged", later)) << "not sent yet";
  EXPECT_THROW(store->silence(reminder(june.key), "", later), std::logic_error);
}

TEST_F(StoreOutbox, WhatWasDroppedStaysDropped) {
  compose();
  EXPECT_TRUE(store->drop_message("m-1", "by hand", act));
  EXPECT_FALSE(store->drop_message("m-1", "by hand", act));
  EXPECT_FALSE(store->owe(reminder(june.key), later));
  EXPECT_EQ(state(1), ItemState::dropped);
}

TEST_F(StoreOutbox, AnEndedObligationOwesNothingAndMayOpenAgain) {
  store->owe(reminder(june.key), act);
  EXPECT_TRUE(store->end_obligation(june.key, ObligationState::met, "visit 3", act));
  EXPECT_FALSE(store->end_obligation(june.key, ObligationState::met, "visit 3", act));
  EXPECT_THAT(store->live_obligations("C-1"), IsEmpty());
  EXPECT_EQ(store->obligations("C-1").size(), 1U);
  EXPECT_EQ(store->obligation(june.key)->reason, "visit 3");
  EXPECT_EQ(state(1), ItemState::skipped);
  EXPECT_EQ(store->item(1)->reason, "met: visit 3");
  EXPECT_EQ(store->acknowledge(june.key, "S-1", day("2026-06-25"), act).refused,
            "it is met already");
  EXPECT_TRUE(store->put_obligation(june, later));
  EXPECT_EQ(store->live_obligations("C-1").size(), 1U);
  EXPECT_TRUE(store->owe(reminder(june.key), later));
  EXPECT_EQ(state(1), ItemState::owed);
  EXPECT_THAT(journal_kinds("C-1"),
              ElementsAre("obligation.opened", "item.owed", "obligation.ended",
                          "obligation.reopened", "item.owed"));
}

TEST_F(StoreOutbox, AMessageCarriesItsItemsAndTellsThemWhenAccepted) {
  compose();
  EXPECT_THAT(store->owed_items(act.now), IsEmpty()) << "it is in a message";
  ASSERT_EQ(store->due_messages(act.now).size(), 1U);
  EXPECT_THAT(store->due_messages(act.now)[0].content.items, ElementsAre(1));
  EXPECT_THAT(store->due_messages(act.now - std::chrono::seconds{1}), IsEmpty());
  EXPECT_EQ(store->begin_attempt("m-1", act.now), 1);
  EXPECT_THAT(store->due_messages(later.now), IsEmpty()) << "in flight";
  EXPECT_THROW(store->begin_attempt("m-1", act.now), std::logic_error);
  store->record_attempt("m-1", {AttemptOutcome::sent, "250 ok", 40, {}, {}}, later);
  const auto told = store->item(1);
  EXPECT_EQ(told->state, ItemState::told);
  EXPECT_EQ(told->told_at, later.now);
  EXPECT_EQ(told->channel, Channel::email);
  EXPECT_EQ(told->message, "m-1");
  EXPECT_EQ(store->message("m-1")->state, MessageState::sent);
  ASSERT_EQ(store->attempts("m-1").size(), 1U);
  EXPECT_EQ(store->attempts("m-1")[0].reply, "250 ok");
  EXPECT_FALSE(store->owe(reminder(june.key), later)) << "told once";
  EXPECT_FALSE(store->silence(reminder(june.key), "x", later));
  EXPECT_EQ(store->next_delivery_instant(), std::nullopt);
}

TEST_F(StoreOutbox, AFailedAttemptIsTriedAgainAtTheInstantGiven) {
  compose();
  attempt(AttemptOutcome::try_again, later.now);
  const auto known = store->message("m-1");
  EXPECT_EQ(known->state, MessageState::pending);
  EXPECT_FALSE(known->frozen);
  EXPECT_EQ(known->attempts, 1);
  EXPECT_EQ(known->life_used, std::chrono::seconds{3});
  EXPECT_EQ(store->next_delivery_instant(), later.now);
  EXPECT_EQ(state(1), ItemState::owed);
  EXPECT_THAT(store->owed_items(later.now), IsEmpty());
}

TEST_F(StoreOutbox, ARefusedOrExpiredMessageLeavesItsItemsOwed) {
  for (const AttemptOutcome outcome : {AttemptOutcome::refused, AttemptOutcome::try_again}) {
    SCOPED_TRACE(static_cast<int>(outcome));
    const auto undone = store->batch();
    compose();
    attempt(outcome);
    EXPECT_EQ(store->message("m-1")->state,
              outcome == AttemptOutcome::refused ? MessageState::refused : MessageState::expired);
    ASSERT_EQ(store->owed_items(act.now).size(), 1U);
    EXPECT_FALSE(store->owed_items(act.now)[0].maybe_told);
    EXPECT_EQ(store->counts().dead_messages, 1);
    store->put_message(message("m-2", {1}), {}, act);
  }
}

TEST_F(StoreOutbox, AnUnknownOutcomeFreezesTheWords) {
  compose();
  NewMessage changed = message("m-1", {1});
  changed.text = "new words";
  EXPECT_TRUE(store->recompose_message(changed, act));
  EXPECT_EQ(store->message("m-1")->content.text, "new words");
  attempt(AttemptOutcome::unknown, later.now);
  EXPECT_TRUE(store->message("m-1")->frozen);
  changed.text = "newer words";
  EXPECT_FALSE(store->recompose_message(changed, act));
  EXPECT_EQ(store->message("m-1")->content.text, "new words");
  EXPECT_FALSE(store->silence(reminder(june.key), "late", act)) << "it may have been told";
  store->end_obligation(june.key, ObligationState::met, "", act);
  EXPECT_EQ(state(1), ItemState::owed) << "bound to a message that may have been accepted";
  attempt(AttemptOutcome::refused);
  ASSERT_EQ(store->owed_items(later.now).size(), 1U);
  EXPECT_TRUE(store->owed_items(later.now)[0].maybe_told);
}

TEST_F(StoreOutbox, AnItemThatEndsMakesItsMessageStale) {
  store->owe(reminder(june.key), act);
  Obligation other = monitoring_of("C-1", "2026-09");
  store->put_obligation(other, act);
  store->owe(reminder(other.key), act);
  store->put_message(message("m-1", {1, 2}), {}, act);
  EXPECT_FALSE(store->message("m-1")->stale);
  store->end_obligation(june.key, ObligationState::met, "", act);
  EXPECT_TRUE(store->message("m-1")->stale);
  EXPECT_THAT(store->message("m-1")->content.items, ElementsAre(2));
  EXPECT_TRUE(store->recompose_message(message("m-1", {2}), act));
  EXPECT_FALSE(store->message("m-1")->stale);
}

TEST_F(StoreOutbox, ANewerDigestTakesTheItemsOfTheOlder) {
  compose();
  store->owe(reminder(june.key, "S-1", 1), act);
  EXPECT_THROW(store->put_message(message("m-2", {1, 2}), {}, later), std::logic_error)
      << "item 1 is in m-1";
  EXPECT_FALSE(store->message("m-2")) << "and nothing of it stays";
  store->put_message(message("m-2", {1, 2}), {"m-1"}, later);
  EXPECT_EQ(store->message("m-1")->state, MessageState::superseded);
  EXPECT_THAT(store->message("m-2")->content.items, ElementsAre(1, 2));
  EXPECT_THAT(store->pending_to("S-1", Channel::email), testing::SizeIs(1));
  store->begin_attempt("m-2", later.now);
  store->owe(reminder(june.key, "S-1", 14), act);
  EXPECT_THROW(store->put_message(message("m-3", {3}), {"m-2"}, later), std::logic_error)
      << "m-2 is in flight";
}

TEST_F(StoreOutbox, AnAttemptThatAKillInterruptedIsUnknown) {
  compose();
  store->begin_attempt("m-1", act.now);
  reopen();
  EXPECT_EQ(store->settle_interrupted(later), 1);
  EXPECT_EQ(store->settle_interrupted(later), 0);
  const auto known = store->message("m-1");
  EXPECT_TRUE(known->frozen);
  EXPECT_EQ(known->next_attempt_at, later.now);
  EXPECT_EQ(store->attempts("m-1")[0].outcome, AttemptOutcome::unknown);
  EXPECT_EQ(store->due_messages(later.now).size(), 1U);
}

TEST_F(StoreOutbox, ByHandAMessageIsRetriedOrDropped) {
  compose();
  attempt(AttemptOutcome::try_again, later.now);
  EXPECT_TRUE(store->retry_message("m-1", act));
  EXPECT_EQ(store->due_messages(act.now).size(), 1U);
  EXPECT_EQ(store->drop_message("m-1", "", act).refused, "a reason is needed");
  EXPECT_TRUE(store->drop_message("m-1", "phoned instead", act));
  EXPECT_EQ(state(1), ItemState::dropped);
  EXPECT_EQ(store->item(1)->reason, "phoned instead");
  EXPECT_THAT(store->retry_message("m-1", act).refused, HasSubstr("it is dropped"));
  EXPECT_EQ(store->retry_message("m-9", act).refused, "no message m-9");
  EXPECT_EQ(store->messages(MessageState::dropped, 10).size(), 1U);
  EXPECT_EQ(store->messages({}, 10).size(), 1U);
  EXPECT_THAT(store->messages(MessageState::sent, 10), IsEmpty());
}

TEST_F(StoreOutbox, TheScheduleHasAnInstantOrAReason) {
  settle();
  EXPECT_EQ(store->next_client_instant(act.now), instant("2026-05-01T00:00:00Z"));
  EXPECT_THAT(store->clients_due(instant("2026-05-01T00:00:00Z")), ElementsAre("C-1"));
  EXPECT_THAT(store->clients_due(instant("2026-04-30T23:59:59Z")), IsEmpty());
  store->set_next("C-1", {}, "self plan");
  EXPECT_EQ(store->schedule("C-1")->reason, "self plan");
  EXPECT_EQ(store->next_client_instant(act.now), std::nullopt);
  EXPECT_THROW(store->set_next("C-1", {}, ""), SqliteError) << "P1a is a constraint of the file";
  store->mark_dirty("C-1", Instant{});
  EXPECT_EQ(store->next_client_instant(act.now), act.now);
}

TEST_F(StoreOutbox, ABatchIsOneTransaction) {
  {
    const auto batch = store->batch();
    store->owe(reminder(june.key), act);
    store->set_next("C-1", act.now, "");
  }
  EXPECT_THAT(store->items_of("C-1"), IsEmpty());
  EXPECT_TRUE(store->schedule("C-1")->dirty);
  const auto batch = store->batch();
  store->owe(reminder(june.key), act);
  EXPECT_THROW(store->owe(reminder("none"), act), std::logic_error);
  batch->commit();
  EXPECT_EQ(store->items_of_obligation(june.key).size(), 1U) << "one bad item harms no other";
  EXPECT_TRUE(store->journal().verify().ok);
}

}  // namespace
}  // namespace omamori
