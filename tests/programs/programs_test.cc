// The programs against bad input, a second owner, a newer database, and kill -9.
#include "tests/support/programs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "db/sqlite/database.h"
#include "db/store.h"

namespace omamori {
namespace {

using testing::HasSubstr;

TEST(Import, TenMistakesAreAllReportedAndNothingIsChanged) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  place.write("clients.csv",
              "client_code,office_code,plan_kind,decision_start,decision_end,interval_months\n"
              "C 1,OF-1,regular,2026-04-01,2027-03-31,3\n"
              "C-901,OF-99,regular,2026-04-01,2027-03-31,3\n"
              "C-902,OF-1,weekly,2026-04-01,2027-03-31,3\n"
              "C-903,OF-1,regular,2026-02-30,2027-03-31,3\n"
              "C-904,OF-1,regular,2026-04-01,平成25年4月31日,3\n"
              "C-905,OF-1,regular,2026-04-01,2026-03-31,3\n"
              "C-906,OF-1,regular,2026-04-01,2027-03-31,13\n"
              "C-907,OF-1,regular,2026-04-01,2027-03-31,three\n"
              ",OF-1,regular,2026-04-01,2027-03-31,3\n"
              "C-908,,regular,2026-04-01,2027-03-31,3\n");
  const Ran ran = place.ctl({"import", "clients", place.path("clients.csv").string()});
  EXPECT_EQ(ran.exit, 1) << ran;
  for (int line = 2; line <= 11; ++line) {
    EXPECT_THAT(ran.err, HasSubstr("clients.csv:" + std::to_string(line) + ": ")) << ran.err;
  }
  EXPECT_THAT(ran.err, HasSubstr("nothing was changed: 10 errors"));
  const Store store(place.path("omamori.db"), {});
  EXPECT_EQ(const_cast<Store&>(store).client_count(), 60U);
}

TEST(Import, ASpreadsheetsCp932FileIsTheSameAsUtf8) {
  Place utf8;
  Place cp932;
  for (Place* place : {&utf8, &cp932}) {
    place->clock = "2026-09-18T12:00:00+09:00";
    place->demo("2026-09-18",
                place == &cp932 ? std::vector<std::string>{"--cp932"} : std::vector<std::string>{});
    const Ran ran = place->ctl({"import", place->path("csv").string()});
    ASSERT_EQ(ran.exit, 0) << ran;
  }
  EXPECT_NE(utf8.read("csv/clients.csv"), cp932.read("csv/clients.csv"));
  Store a(utf8.path("omamori.db"), {});
  Store b(cp932.path("omamori.db"), {});
  int clients = 0;
  a.each_client([&](const ClientRecord& client) {
    EXPECT_EQ(b.client(client.code)->name, client.name);
    ++clients;
  });
  EXPECT_EQ(clients, 60);
}

TEST(Import, DryRunSaysWhatWouldChangeAndChangesNothing) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  const Ran dry = place.ctl({"import", place.path("csv").string(), "--dry-run"});
  EXPECT_EQ(dry.exit, 0) << dry;
  EXPECT_THAT(dry.out, HasSubstr("dry run: nothing was changed"));
  {
    Store store(place.path("omamori.db"), {});
    EXPECT_EQ(store.client_count(), 0U);
  }
  ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  const Ran again = place.ctl({"import", place.path("csv").string()});
  EXPECT_THAT(again.out, HasSubstr("unchanged")) << again;
}

TEST(Import, TakingTheCaseManagersAwayFromManyAsksForYes) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  std::string rows = "client_code,office_code,case_manager,plan_kind,decision_start,decision_end\n";
  {
    Store store(place.path("omamori.db"), {});
    int left = 20;
    store.each_client([&](const ClientRecord& client) {
      if (client.case_manager.empty() || left-- <= 0) return;
      const Period period = store.periods(client.code).back().period;
      const char* kinds[] = {"standby_short_stay", "regular", "self_plan"};
      rows += client.code + "," + client.office + ",," + kinds[static_cast<int>(period.plan_kind)] +
              "," + to_string(period.start) + "," + to_string(period.end) + "\n";
    });
  }
  place.write("clients.csv", rows);
  const std::string file = place.path("clients.csv").string();
  const Ran asked = place.ctl({"import", "clients", file});
  EXPECT_EQ(asked.exit, 4) << asked;
  EXPECT_THAT(asked.err, HasSubstr("20 of 60 clients"));
  EXPECT_EQ(place.ctl({"import", "clients", file, "--yes"}).exit, 0);
}

TEST(Records, ControlCharactersAndTheFutureAreRefused) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  struct Row {
    std::vector<std::string> words;
    const char* error;
  };
  const Row rows[] = {
      {{"record", "monitoring", "C-0001", "--note", "a\r\nBcc: x@example.com"}, "--note: "},
      {{"record", "monitoring", "C-0001", "--by", "a\x01"}, "--by: "},
      {{"record", "monitoring", "C-0001", "--on", "2026-09-19"}, "is in the future"},
      {{"record", "monitoring", "C-9999"}, "no client C-9999; omamorictl list clients"},
      {{"record", "check-in", "S-9999", "ok"}, "no safety check S-9999"},
      {{"record", "check-in", "S-0006", "fine"}, "outcome fine"},
      {{"record", "check-in", "S-0006", "ok", "--at", "2026-09-18T12:00:01+09:00"},
       "in the future"},
      {{"suspend", "C-0001"}, "--reason is missing"},
      {{"void", "monitoring", "1"}, "--reason is missing"},
      {{"void", "monitoring", "999999", "--reason", "typo"}, "999999"},
      {{"void", "visit", "1", "--reason", "typo"}, "not one of monitoring"},
      {{"assign", "C-0001", "NOBODY"}, "no staff NOBODY"},
      {{"absence", "SM-101", "--delegate", "SM-101"}, "nobody can stand in for themselves"},
  };
  for (const Row& row : rows) {
    const Ran ran = place.ctl(row.words);
    EXPECT_EQ(ran.exit, 1) << row.words[1] << ": " << ran;
    EXPECT_THAT(ran.err, HasSubstr(row.error));
  }
}

TEST(Owner, ASecondOneIsRefusedAndToldWhoTheFirstIs) {
  Place place;
  ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  const Store first(place.path("omamori.db"), {});
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 3) << ran;
  EXPECT_THAT(ran.err, HasSubstr("in use by process " + std::to_string(getpid())));
}

TEST(Owner, ANewerDatabaseIsRefused) {
  Place place;
  ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  {
    Database database(place.path("omamori.db"), false);
    database.exec("PRAGMA user_version = 99");
  }
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 3) << ran;
  EXPECT_THAT(ran.err, HasSubstr("newer"));
}

TEST(Start, ABadPolicyMeansTheKeptOneLoudlyAndWithNoneKeptNothingRuns) {
  Place place;
  ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  place.write("policy.toml", "standard_interval_months = 30\nstandart = 3\n");
  const Ran kept = place.daemon({"--once"});
  EXPECT_EQ(kept.exit, 1) << "nobody is there who could be told of it: " << kept;
  EXPECT_THAT(kept.out, HasSubstr("0 clients looked at"));
  EXPECT_THAT(kept.err, HasSubstr("policy.toml:1:"));
  EXPECT_THAT(kept.err, HasSubstr("policy.toml:2:"));
  EXPECT_THAT(kept.err, HasSubstr("the policy kept in the database is used instead"));
  Place bare;
  bare.write("policy.toml", "nonsense");
  const Ran none = bare.ctl({"init", "--demo"});
  EXPECT_EQ(none.exit, 78) << none;
  EXPECT_THAT(none.err, HasSubstr("policy.toml:1:"));
}

TEST(Start, BadConfigurationSaysWhereAndExits78) {
  Place place;
  place.write("omamori.toml", "[smpt]\nhost = \"x\"\n");
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 78) << ran;
  EXPECT_THAT(ran.err, HasSubstr("omamori.toml:1:"));
  EXPECT_THAT(ran.err, HasSubstr("smtp"));
}

TEST(Start, TheClockOptionIsOnlyForDemonstrations) {
  Place place;
  ASSERT_EQ(place.ctl({"init"}).exit, 0);
  place.clock = "2026-09-18T12:00:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 2) << ran;
  EXPECT_THAT(ran.err, HasSubstr("only for a database made by `omamorictl init --demo`"));
}

// kill -9 while 100,000 rows are being imported, at several points of the write: all or nothing.
// The moment is chosen by how much has reached the disk, not by time.
TEST(Kill, AnImportOf100000RowsIsAllOrNothing) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18", {"--clients", "10800"});
  const auto wal = place.path("omamori.db-wal");
  const auto written = [&] {
    std::error_code none;
    const auto size = std::filesystem::file_size(wal, none);
    return none ? 0 : size;
  };
  for (const std::uintmax_t bytes : {1U << 12, 1U << 19, 1U << 21, 1U << 22}) {
    ChildProcess import(place.command("omamorictl", {"import", place.path("csv").string()}));
    while (written() < bytes) {
    }
    import.end();
    Store store(place.path("omamori.db"), {});
    ASSERT_EQ(store.client_count(), 0U) << "killed after " << bytes << " bytes";
    ASSERT_EQ(store.check_integrity(false), "");
    ASSERT_TRUE(store.journal().verify().ok);
  }
  const Ran whole = place.ctl({"import", place.path("csv").string()});
  ASSERT_EQ(whole.exit, 0) << whole;
  Store store(place.path("omamori.db"), {});
  EXPECT_EQ(store.client_count(), 10800U);
  std::size_t rows = 0;
  store.each_check_in([&](const CheckInRecord&) { ++rows; });
  store.each_monitoring([&](const MonitoringRecord&) { ++rows; });
  EXPECT_GT(rows + 10800, 100000U);
}

// One document on standard output, refused or not; the same text for people on standard error.
TEST(Programs, ARefusalWithJsonIsADocumentToo) {
  const Place nothing;
  const Ran unopened = nothing.ctl({"--json", "list", "clients"});
  EXPECT_NE(unopened.exit, 0);
  EXPECT_EQ(unopened.out.rfind("{\"error\":\"", 0), 0U) << unopened;
  EXPECT_NE(unopened.err, "");
  Place place;
  ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  const Ran refused = place.ctl({"--json", "show", "C-404"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_EQ(refused.out.rfind("{\"error\":\"", 0), 0U) << refused;
  const Ran text = place.ctl({"show", "C-404"});
  EXPECT_EQ(text.out, "") << "without --json only on standard error";
  EXPECT_NE(text.err, "");
}

}  // namespace
}  // namespace omamori
