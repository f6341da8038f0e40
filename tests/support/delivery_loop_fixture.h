// The delivery loop at instants that a test chooses, with senders that answer when it says so.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/delivery/delivery_loop.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"
#include "tests/support/asked_senders.h"

namespace omamori {

inline constexpr const char* kMorning = "2026-06-01T08:30:00+09:00";

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
               const Peer& peer = smtp(), std::optional<Instant> first = {},
               const std::string& staff = "CM-1") {
    NewMessage m;
    m.id = id;
    m.kind = kind;
    m.type = "omamori.test";
    m.staff = staff;
    m.channel = peer.channel;
    m.address = peer.channel == Channel::email ? "taro@example.com" : peer.endpoint;
    m.slot_day = service->today();
    m.slot = clock.now();
    m.subject = "subject of " + id;
    m.text = "text of " + id;
    m.first_attempt_at = first.value_or(clock.now());
    store->put_message(m, {}, act());
  }
  // An item that is in that message, of no obligation that matters.
  std::int64_t owed_item(const std::string& in) {
    store->raise_trouble("disk", "full", false, act());
    Reminder reminder;
    reminder.obligation = store->troubles().at(0).obligation;
    reminder.stage = "opened";
    reminder.slot = clock.now();
    reminder.slot_day = service->today();
    reminder.staff = "CM-1";
    EXPECT_TRUE(store->owe(reminder, act()));
    NewMessage m = store->message(in)->content;
    m.items = {store->items_of_obligation(reminder.obligation).at(0).id};
    EXPECT_TRUE(store->recompose_message(m, act()));
    return m.items.at(0);
  }
  void messages(int count) {
    for (int i = 1; i <= count; ++i) message("m-" + std::to_string(i));
  }
  void later(std::chrono::seconds by) { clock.set(clock.now() + by); }
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
    ASSERT_THAT(couriers.ids(), testing::IsEmpty());
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

}  // namespace omamori
