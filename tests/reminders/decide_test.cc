// The committed step of deciding: the same whichever way the clients are read, and nothing is
// written twice.
#include "daemon/reminders/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"
#include "tests/tools/sample_city.h"

namespace omamori {
namespace {

// The sample city, imported on its day after that day's slot. More clients than are ever read one
// by one.
class DecideTest : public AppTest {
 protected:
  DecideTest() : AppTest("2026-11-24T09:00:00+09:00") {
    SampleOptions options;
    options.day = day("2026-11-24");
    options.clients = 90;
    const SampleCity city = sample_city(options, zone);
    CsvFiles files;
    for (std::size_t i = 0; i < kCsvKinds; ++i) {
      const auto kind = static_cast<CsvKind>(i);
      files[kind] = sample_csv(city, kind, zone);
    }
    EXPECT_EQ(import(files), "");
  }

  // Everything deciding leaves behind, of every client.
  std::string left_behind() {
    std::string out;
    store->each_client([&](const ClientRecord& client) {
      out += client.code;
      const auto schedule = store->schedule(client.code);
      out += " next " + (schedule->next_at ? to_string(*schedule->next_at) : schedule->reason);
      out += schedule->dirty ? " dirty\n" : "\n";
      for (const StoredObligation& o : store->obligations(client.code)) {
        out += "  " + o.obligation.key + " " + std::to_string(static_cast<int>(o.state)) + "\n";
      }
      for (const StoredItem& item : store->items_of(client.code)) {
        out += "  " + item.reminder.obligation + " " + item.reminder.stage + " " +
               item.reminder.staff + " " + std::to_string(static_cast<int>(item.state)) + "\n";
      }
    });
    return out;
  }
};

TEST_F(DecideTest, PlanningEverybodyAgainWritesNothing) {
  EXPECT_EQ(decide_due(*service, act()).clients, 90U);
  at("2026-11-25T08:30:00+09:00");
  EXPECT_GT(decide_due(*service, act()).owed, 50U);
  const std::string before = left_behind();
  const JournalHead head = store->journal().head();
  store->mark_all_dirty(clock.now());
  const DecideReport again = decide_due(*service, act());
  EXPECT_EQ(again.clients, 90U);
  EXPECT_EQ(again.opened + again.ended + again.owed + again.silences, 0U);
  EXPECT_EQ(store->journal().head(), head);
  EXPECT_EQ(left_behind(), before);
  EXPECT_EQ(decide_due(*service, act()).clients, 0U) << "nobody is marked any more";
}

// 90 at once are read in one pass, 30 at a time one by one.
TEST_F(DecideTest, OnePassAndOneByOneDecideTheSame) {
  const std::filesystem::path copy = directory / "copy.db";
  store->backup(copy);
  EXPECT_EQ(decide_due(*service, act()).clients, 90U);
  const std::string in_one_pass = left_behind();
  service.reset();
  store = std::make_unique<Store>(copy, OpenOptions{});
  use({}, {});
  const std::vector<std::string> all = store->clients_due(clock.now());
  for (const std::string& code : all) store->set_next(code, instant("2027-01-01T00:00:00Z"), "");
  for (std::size_t i = 0; i < all.size(); ++i) {
    store->mark_dirty(all[i], clock.now());
    if (i % 30 == 29) {
      EXPECT_EQ(decide_due(*service, act()).clients, 30U);
    }
  }
  EXPECT_EQ(left_behind(), in_one_pass);
}

}  // namespace
}  // namespace omamori
