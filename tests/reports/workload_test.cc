// Visits that lie ahead, by month and case manager.
#include "daemon/reports/workload.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;
using testing_facts::terms;
using testing_facts::visit;

Load load(const ClientFacts& facts, const std::string& today, int months = 6) {
  const auto history = terms();
  const Policy policy;
  const Directory people = directory();
  const ClientMonths judged = judge_months(facts, history, day(today));
  return load_of({facts, judged, history, people, policy, day(today)}, months);
}

// "overdue carried | months"
std::string shown(const Load& load) {
  std::string out = std::to_string(load.overdue) + " " + std::to_string(load.carried) + " |";
  for (const int month : load.months) out += " " + std::to_string(month);
  return out;
}

TEST(Workload, AMonthCountsWhileItIsUnmetAndAhead) {
  ClientFacts facts = client();
  visit(facts, "2026-09-10");
  EXPECT_EQ(shown(load(facts, "2026-11-24")), "0 0 | 0 1 0 0 1 0");
  EXPECT_EQ(shown(load(facts, "2026-12-31")), "0 0 | 1 0 0 1 0 0") << "the last day";
  EXPECT_EQ(shown(load(facts, "2027-01-01")), "1 1 | 0 0 1 0 0 0") << "and the day after";
  visit(facts, "2026-12-15");
  EXPECT_EQ(shown(load(facts, "2026-12-31")), "0 0 | 0 0 0 1 0 0");
}

TEST(Workload, WhoIsOverdueNeedsAVisitOfItsOwnUnlessThisMonthHasOne) {
  const ClientFacts facts = client();  // June and September unmet
  EXPECT_EQ(shown(load(facts, "2026-11-30")), "1 1 | 0 1 0 0 1 0");
  EXPECT_EQ(load(facts, "2026-11-30").total(), 3);
  EXPECT_EQ(shown(load(facts, "2026-12-01")), "1 0 | 1 0 0 1 0 0");
  EXPECT_EQ(load(facts, "2026-12-01").total(), 2);
}

TEST(Workload, NobodyVisitsDuringASuspensionOrAfterTheService) {
  ClientFacts away = client();
  away.suspensions.push_back({1, day("2026-11-01"), day("2026-12-31")});
  EXPECT_EQ(shown(load(away, "2026-11-24")), "1 0 | 0 0 0 0 1 0");
  ClientFacts gone = client();
  gone.ended_on = day("2026-12-01");
  EXPECT_EQ(shown(load(gone, "2026-12-01")), "1 0 | 1 0 0 0 0 0");
  EXPECT_EQ(load(gone, "2026-12-01").clients, 1);
  EXPECT_EQ(load(gone, "2026-12-02").clients, 0);
  EXPECT_EQ(load(gone, "2026-12-02").total(), 0);
}

TEST(Workload, SaysWhoseMonthsAreNotKnownToTheEnd) {
  const ClientFacts facts = client();  // until March 2027
  EXPECT_EQ(load(facts, "2026-11-24", 5).ending, 0);
  EXPECT_EQ(load(facts, "2026-11-24", 6).ending, 1);
  ClientFacts leaving = client();
  leaving.ended_on = day("2027-03-31");
  EXPECT_EQ(load(leaving, "2026-11-24", 6).ending, 0) << "nothing is missing after it";
  leaving.ended_on = day("2027-04-01");
  EXPECT_EQ(load(leaving, "2026-11-24", 6).ending, 1);
}

TEST(Workload, AddsUpByCaseManagerOfficeAndAll) {
  Workload workload(2);
  const auto who = [](const char* office, const char* staff) {
    return ClientVersion{{}, office, staff, {}};
  };
  const auto visits = [](int first, int second) {
    Load load;
    load.clients = 1;
    load.months = {first, second};
    return load;
  };
  workload.add(who("OF-2", "CM-3"), visits(1, 0));
  workload.add(who("OF-1", "CM-2"), visits(0, 1));
  workload.add(who("OF-1", ""), visits(1, 1));
  workload.add(who("OF-1", "CM-2"), visits(1, 1));
  std::string rows;
  for (const Workload::Row& row : workload.rows()) {
    rows += row.office + "/" + row.case_manager + " " + shown(row.load) + "; ";
  }
  EXPECT_EQ(rows, "OF-1/ 0 0 | 1 1; OF-1/CM-2 0 0 | 1 2; OF-2/CM-3 0 0 | 1 0; ");
  ASSERT_EQ(workload.offices().size(), 2U);
  EXPECT_EQ(shown(workload.offices()[0].load), "0 0 | 2 3");
  EXPECT_EQ(workload.offices()[0].load.clients, 3);
  EXPECT_EQ(shown(workload.total()), "0 0 | 3 3");
}

}  // namespace
}  // namespace omamori
