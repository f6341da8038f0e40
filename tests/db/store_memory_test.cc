// What the planner left behind, as the next plan finds it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoreMemory : public StoreTest {
 protected:
  StoreMemory() {
    ImportChanges changes = small_city();
    for (const std::string code : {"C-10", "C-2", "C-1.b"}) {
      changes.clients.push_back(client(code));
      changes.periods.push_back(period(code, "2026-04-01", "2027-03-31"));
    }
    import(changes);
  }

  // "keys | obligation staff days | next reason dirty"
  static std::string shown(const ClientMemory& memory) {
    std::string out;
    for (const KnownObligation& known : memory.known) out += known.obligation.key + " ";
    out += "|";
    for (const Telling& t : memory.told) {
      out += " " + t.obligation + " " + t.staff + " " + std::to_string(t.days);
    }
    out += " |";
    if (!memory.schedule) return out + " none";
    if (memory.schedule->next_at) out += " " + to_string(*memory.schedule->next_at);
    if (!memory.schedule->reason.empty()) out += " " + memory.schedule->reason;
    return out + (memory.schedule->dirty ? " dirty" : "");
  }
};

TEST_F(StoreMemory, HoldsWhatIsLiveWhatWasToldAndWhenToLookAgain) {
  const Obligation june = monitoring_of("C-1", "2026-06");
  const Obligation march = monitoring_of("C-1", "2026-03");
  store->put_obligation(june, on("2026-06-01"), instant("2026-04-05T00:00:00Z"));
  store->put_obligation(march, on("2026-06-01"));
  store->owe(reminder(june.key, "S-1", -7), on("2026-06-23"));
  store->owe(reminder(march.key, "S-2", 1), on("2026-06-23"));
  store->silence(reminder(june.key, "S-2", -7), "suspended", on("2026-06-23"));
  NewMessage message;
  message.id = "m-1";
  message.staff = "S-2";
  message.items = {store->items_of("C-1").at(1).id};
  store->put_message(message, {}, on("2026-06-23"));
  ASSERT_TRUE(store->drop_message("m-1", "by hand", on("2026-06-23")));
  store->end_obligation(march.key, ObligationState::met, "visit", on("2026-06-24"));
  store->set_next("C-1", instant("2026-07-01T00:00:00Z"), "");
  const ClientMemory memory = store->memory("C-1");
  EXPECT_EQ(shown(memory),
            "C-1/monitoring/2026-04-01/2026-06 |"
            " C-1/monitoring/2026-04-01/2026-06 S-1 -7"
            " C-1/monitoring/2026-04-01/2026-03 S-2 1 | 2026-07-01T00:00:00Z")
      << "of ended obligations too, and dropped ones; never a silence";
  EXPECT_EQ(memory.known.at(0).obligation, june);
  EXPECT_EQ(memory.known.at(0).known_since, instant("2026-04-05T00:00:00Z"));
}

TEST_F(StoreMemory, IsTheSameBesideTheFactsAsAlone) {
  for (const std::string code : {"C-2", "C-1", "C-10"}) {
    const Obligation june = monitoring_of(code, "2026-06");
    store->put_obligation(june, on("2026-06-01"));
    store->owe(reminder(june.key, "of " + code), on("2026-06-23"));
  }
  store->set_next("C-10", {}, "service ended");
  std::vector<std::string> codes;
  const auto compare = [&](ClientFacts& facts, ClientMemory& memory) {
    codes.push_back(facts.code);
    EXPECT_EQ(shown(memory), shown(store->memory(facts.code))) << facts.code;
    EXPECT_EQ(memory.known.size(), facts.code == "C-1.b" ? 0U : 1U) << facts.code;
  };
  store->for_each_remembered("A", "Z", compare);
  EXPECT_THAT(codes, ElementsAre("C-1", "C-1.b", "C-10", "C-2"));
  codes.clear();
  store->for_each_remembered("C-1.b", "C-10", compare);
  EXPECT_THAT(codes, ElementsAre("C-1.b", "C-10")) << "both ends belong to it";
}

TEST_F(StoreMemory, OfNobodyIsEmpty) { EXPECT_EQ(shown(store->memory("C-3")), "| | none"); }

TEST_F(StoreMemory, PlannedAgainClearsTheMarkAndNothingElse) {
  store->set_next("C-1", instant("2026-07-01T00:00:00Z"), "");
  store->mark_dirty("C-1", instant("2026-05-01T00:00:00Z"));
  EXPECT_EQ(shown(store->memory("C-1")), "| | 2026-07-01T00:00:00Z dirty");
  store->set_planned("C-1");
  EXPECT_EQ(shown(store->memory("C-1")), "| | 2026-07-01T00:00:00Z");
  EXPECT_EQ(store->memory("C-1").schedule->changed_at, instant("2026-05-01T00:00:00Z"));
  EXPECT_THAT(store->memory("C-1").told, IsEmpty());
}

}  // namespace
}  // namespace omamori
