// How much a client-year adds to the database when what is not kept has gone: the third year of a
// small city, well kept, and where nobody ever records anything.
#include <iomanip>
#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "db/sqlite/database.h"
#include "tests/sim/world.h"

namespace omamori::sim {
namespace {

constexpr int kClients = 24;
constexpr int kOfOneManager = 6;

std::string code(const std::string& kind, int number) {
  return kind + "-" + std::to_string(number);
}

std::map<CsvKind, std::string> city() {
  std::ostringstream staff, clients, checks;
  staff << "staff_code,name,role,office_code,email,channels\n"
           "SV-1,見本 次郎,supervisor,OF-1,sv1@example.jp,email\n"
           "CC-1,見本 三郎,core_center,,cc1@example.jp,email\n"
           "OP-1,見本 四郎,operator,,op1@example.jp,email\n";
  clients << "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
             "decision_end\n";
  checks << "check_code,client_code,provider,method,from,every_days,grace_days,agreed_on,"
            "agreed_by\n";
  for (int i = 0; i < kClients; ++i) {
    const std::string manager = code("CM", i / kOfOneManager);
    if (i % kOfOneManager == 0) {
      staff << manager << ",見本 太郎,case_manager,OF-1," << manager << "@example.jp,email\n";
    }
    clients << code("C", i) << ",仮 花子," << 9800000000 + i << ",OF-1," << manager
            << ",standby_short_stay,2026-04-01,2029-03-31\n";
    checks << code("S", i) << "," << code("C", i) << ",PR-1,電話,2026-04-10,30,14,2026-04-01,市\n";
  }
  return {{CsvKind::offices, "office_code,name,supervisor,core_center\nOF-1,見本,SV-1,CC-1\n"},
          {CsvKind::staff, staff.str()},
          {CsvKind::clients, clients.str()},
          {CsvKind::safety_checks, checks.str()}};
}

class Growth : public testing::Test {
 protected:
  Growth() : world_(parse_instant("2026-04-01T00:00:00Z").value(), "") {
    world_.checks_database = false;
    world_.import(city());
    world_.start();
  }

  // Everybody is called every four weeks and visited as the plan asks.
  void keep_well(Day day) {
    const int since = static_cast<int>((day - Day{std::chrono::days{0}}).count());
    for (int i = 0; i < kClients; ++i) {
      if (since % 28 == i % 28) {
        world_.run("record check-in",
                   {{"check", code("S", i)}, {"outcome", "ok"}, {"by", "PR-1"}, {"note", "元気"}});
      }
      for (const Obligation& live : world_.store().live_obligations(code("C", i))) {
        if (live.kind != ObligationKind::monitoring || live.months.empty()) continue;
        world_.run("record monitoring",
                   {{"client", code("C", i)}, {"by", "CM-0"}, {"note", "変わりなし"}});
        break;
      }
    }
  }

  // Bytes of the database without its free pages.
  std::int64_t bytes() {
    const auto copy = world_.store().path().parent_path() / "measured.db";
    world_.store().backup(copy);
    Database database(copy, Database::ToLookAt{});
    const std::int64_t pages = database.integer("PRAGMA page_count");
    what_.str("");
    Statement tables(database,
                     "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
                     " ORDER BY 2 DESC LIMIT 20");
    for (Cursor rows = tables.query(); rows.next();) {
      what_ << "  " << rows.text(0) << " " << rows.integer(1) / kClients << "\n";
    }
    return (pages - database.integer("PRAGMA freelist_count")) *
           database.integer("PRAGMA page_size");
  }

  // Kilobytes (1,000) that the third year of a client added.
  double third_year(bool well_kept) {
    std::int64_t before = 0;
    for (int day = 0; day < 3 * 365; ++day) {
      if (day == 2 * 365) before = bytes();
      const Instant noon = parse_instant("2026-04-01T03:00:00Z").value() + std::chrono::days{day};
      world_.run_until(noon);
      if (well_kept) keep_well(world_.zone().day_of(noon));
    }
    return static_cast<double>(bytes() - before) / kClients / 1000;
  }

  World world_;
  std::ostringstream what_;
};

TEST_F(Growth, AYearOfAClientWhoIsWellKeptIsSmall) {
  const double kilobytes = third_year(true);
  std::cout << "well kept: " << kilobytes << " kB a client-year\n";
  EXPECT_LE(kilobytes, 25) << "bytes a client after three years:\n" << what_.str();
}

TEST_F(Growth, AYearInWhichNobodyRecordsIsNotMuchLarger) {
  const double kilobytes = third_year(false);
  std::cout << "nobody records: " << kilobytes << " kB a client-year\n";
  EXPECT_LE(kilobytes, 60) << "bytes a client after three years:\n" << what_.str();
}

}  // namespace
}  // namespace omamori::sim
