// The delivery loop at instants that a test chooses, with couriers that answer when it says so.
#include "daemon/delivery/delivery_loop.h"

#include <sys/resource.h>

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/delivery/retry_times.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"
#include "tests/support/asked_senders.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kMorning = "2026-06-01T08:30:00+09:00";

class DeliveryLoopTest : public AppTest {
 protected:
  DeliveryLoopTest() {
    Config config;
    config.smtp.host = "localhost";
    config.webhooks = {{"tool", "http://localhost/", "", false, ""}};
    use({}, config);
    at(kMorning);
    start();
  }

  // As after a start of the program: what is not in the store is forgotten.
  void start() {
    told.clear();
    loop = std::make_unique<DeliveryLoop>(
        *service, couriers,
        DeliveryLoop::Hooks{[this](const Delivered& d) { told.push_back(d); },
                            [this] { ++changes; }});
  }
  // A message without items, due at `first`.
  void message(const std::string& id, MessageKind kind = MessageKind::test,
               const Peer& peer = smtp(), std::optional<Instant> first = {}) {
    NewMessage m;
    m.id = id;
    m.kind = kind;
    m.type = "omamori.test";
    m.staff = "CM-1";
    m.channel = peer.channel;
    m.address = peer.channel == Channel::email ? "taro@example.com" : peer.endpoint;
    m.slot_day = service->today();
    m.slot = clock.now();
    m.subject = "subject of " + id;
    m.text = "text of " + id;
    m.first_attempt_at = first.value_or(clock.now());
    store->put_message(m, {}, act());
  }
  void messages(int count) {
    for (int i = 1; i <= count; ++i) message("m-" + std::to_string(i));
  }
  void later(seconds by) { clock.set(clock.now() + by); }
  std::optional<Instant> step(DeliveryLoop::Begin begin = DeliveryLoop::Begin::everything) {
    return loop->step(begin);
  }
  // Answers everything that is carried and records it; begins what is due then.
  std::optional<Instant> answered(const SendResult& result) {
    couriers.answer_all(result);
    return step();
  }
  StoredMessage stored(const std::string& id) const { return store->message(id).value(); }
  PeerState smtp_state() const {
    const auto known = loop->peers().find("smtp");
    return known == loop->peers().end() ? PeerState{} : known->second;
  }
  void take_down() {
    messages(3);
    step();
    answered(no_way());
    ASSERT_EQ(smtp_state().reach, Reach::down);
    ASSERT_THAT(couriers.ids(), IsEmpty());
  }
  void damage(const std::string& sql) {
    store.reset();
    Database(directory / "omamori.db", false).exec("PRAGMA ignore_check_constraints = ON; " + sql);
    store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
    use({}, service->config());
    start();
  }
  // A digest of C-1 to CM-1, composed and not begun. Its id.
  std::string digest(const std::string& channels = "email") {
    CsvFiles files = small_office();
    files.erase(CsvKind::safety_checks);
    std::string& staff = files[CsvKind::staff];
    staff.replace(staff.find("channels\n"), 9, "channels,webhook\n");
    staff.replace(staff.find("taro@example.com,email\n"), 23,
                  "taro@example.com," + channels + ",tool\n");
    staff.replace(staff.find("jiro@example.com,email\n"), 23, "jiro@example.com,email,\n");
    EXPECT_EQ(import(files), "");
    decide_due(*service, act());
    const ComposeReport composed = compose_due(*service, act(), service->templates());
    EXPECT_EQ(composed.messages.size(), 1U);
    return composed.messages.empty() ? std::string() : composed.messages[0];
  }

  AskedCouriers couriers{{smtp(), endpoint("tool")}};
  std::vector<Delivered> told;
  int changes = 0;
  std::unique_ptr<DeliveryLoop> loop;
};

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
  EXPECT_EQ(smtp_state().failures, 1);
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

TEST_F(DeliveryLoopTest, APeerThatNamesATimeIsBelievedAtOnce) {
  message("w-1", MessageKind::test, endpoint("tool"));
  message("w-2", MessageKind::test, endpoint("tool"));
  step();
  couriers.answer(no_way(minutes{20}), endpoint("tool"));
  couriers.answer(accepted(), endpoint("tool"));
  EXPECT_EQ(loop->peers().count("webhook:tool"), 0U);
  step();
  message("w-3", MessageKind::test, endpoint("tool"));
  step();
  ASSERT_EQ(couriers.carrying.size(), 1U) << "w-2 was accepted after it: the way is there";
  couriers.answer(no_way(minutes{20}), endpoint("tool"));
  EXPECT_EQ(step(), clock.now() + minutes{20});
  later(minutes{20} - seconds{1});
  step();
  EXPECT_THAT(couriers.ids(), IsEmpty());
  later(seconds{1});
  step();
  EXPECT_EQ(couriers.carrying.size(), 1U);
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

// A file that cannot grow: what SQLite meets when the disk is full.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

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
  EXPECT_THAT(couriers.ids(), ElementsAre("m-6"));
}

// --- the life of a message ---------------------------------------------------------------------

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
