// What is due and what is late of one client: both sides of every edge.
#include "daemon/reports/due_items.h"

#include <gtest/gtest.h>

#include "daemon/reports/check_extension.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;
using testing_facts::month;
using testing_facts::terms;
using testing_facts::visit;

// Everything of one client on one day; the months of fiscal 2026 are June, September, December and
// March.
struct Judged {
  Judged(const ClientFacts& client, const std::string& today)
      : facts(client), months(judge_months(facts, history, day(today))), on(day(today)) {}
  ClientDay view() const { return {facts, months, history, people, policy, on}; }

  const ClientFacts& facts;
  std::vector<TermsVersion> history = terms();
  ClientMonths months;
  Directory people = directory();
  Policy policy;
  Day on;
};

// "2026-12 planned 2026-12-01..2026-12-31 | S-1 due …"
std::string due(const ClientFacts& facts, const std::string& today, const std::string& until) {
  const Judged judged(facts, today);
  std::string out;
  for (const DueItem& item : due_items(judged.view(), day(until))) {
    if (!out.empty()) out += " | ";
    out += item.month ? to_string(*item.month) + " " + std::string(to_word(item.state))
                      : item.check + " " + std::string(to_word(item.check_state));
    out += " " + to_string(item.from) + ".." + to_string(item.by);
  }
  return out;
}

// "streak 12 days | lapse 0 days"
std::string overdue(const ClientFacts& facts, const std::string& today) {
  const Judged judged(facts, today);
  std::string out;
  for (const Obligation& o : overdue_obligations(judged.view())) {
    if (!out.empty()) out += " | ";
    out += std::string(to_word(o.kind)) + " " + std::to_string(days_late(o, judged.on)) + " days";
  }
  return out;
}

TEST(Due, AMonthFromItsFirstDayInSightToItsLast) {
  ClientFacts facts = client();
  visit(facts, "2026-09-10");
  EXPECT_EQ(due(facts, "2026-11-24", "2026-11-30"), "");
  EXPECT_EQ(due(facts, "2026-11-24", "2026-12-01"), "2026-12 planned 2026-12-01..2026-12-31");
  EXPECT_EQ(due(facts, "2026-12-31", "2026-12-31"), "2026-12 open 2026-12-01..2026-12-31");
  EXPECT_EQ(due(facts, "2027-01-01", "2027-01-31"), "") << "it is late now";
  EXPECT_EQ(overdue(facts, "2026-12-31"), "");
  EXPECT_EQ(overdue(facts, "2027-01-01"), "streak 1 days");
}

TEST(Due, NothingOfAMonthThatIsDoneWaivedSuspendedOrAfterTheService) {
  ClientFacts done = client();
  visit(done, "2026-12-02");
  EXPECT_EQ(due(done, "2026-12-03", "2026-12-31"), "");
  ClientFacts waived = client();
  check_in(check(waived, "S-1", "2026-04-10"), "2026-12-01");
  EXPECT_EQ(due(waived, "2026-12-03", "2026-12-31"), "");
  ClientFacts away = client();
  away.suspensions.push_back({1, day("2026-12-20"), {}});
  EXPECT_EQ(due(away, "2026-12-21", "2026-12-31"), "");
  ClientFacts leaving = client();
  leaving.ended_on = day("2026-11-30");
  EXPECT_EQ(due(leaving, "2026-11-24", "2026-12-31"), "");
  leaving.ended_on = day("2026-12-01");
  EXPECT_EQ(due(leaving, "2026-11-24", "2026-12-31"), "2026-12 planned 2026-12-01..2026-12-01");
  EXPECT_EQ(due(leaving, "2026-12-02", "2026-12-31"), "");
}

TEST(Due, ACheckFromTheDayItsRecordIsExpectedToTheLastOfGrace) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-07-01");  // expected on 31 July, the last day is 14 August
  const std::pair<const char*, const char*> rows[] = {
      {"2026-07-30", ""},
      {"2026-07-31", "S-1 due 2026-07-31..2026-08-14"},
      {"2026-08-14", "S-1 due 2026-07-31..2026-08-14"},
      {"2026-08-15", ""}};
  for (const auto& [today, expected] : rows) EXPECT_EQ(due(facts, today, today), expected) << today;
  EXPECT_EQ(overdue(facts, "2026-08-14"), "streak 45 days") << "June, before the first ok";
  EXPECT_EQ(overdue(facts, "2026-08-15"), "lapse 0 days | streak 46 days");
}

TEST(Due, ACheckThatAwaitsItsFirstRecordIsDueToo) {
  ClientFacts facts = client();
  check(facts);  // from 10 April: expected on 10 May
  EXPECT_EQ(due(facts, "2026-05-09", "2026-05-09"), "");
  EXPECT_EQ(due(facts, "2026-05-10", "2026-05-10"), "S-1 awaiting_first 2026-05-10..2026-05-24");
}

TEST(Due, TheKeyIsThatOfTheObligationAndTheNewestWordOnItCounts) {
  ClientFacts facts = client();
  visit(facts, "2026-09-10");
  const std::string key = "C-1/monitoring/2026-04-01/2026-12";
  facts.acknowledgements = {{1, key, "CM-1", day("2026-12-02"), day("2026-12-09")},
                            {2, key, "CM-2", day("2026-12-05"), day("2026-12-16")},
                            {3, "C-1/other", "CM-1", day("2026-12-05"), day("2026-12-20")}};
  const Judged judged(facts, "2026-12-05");
  const auto items = due_items(judged.view(), day("2026-12-31"));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].obligation, live_obligations(judged.view()).at(0).key);
  ASSERT_TRUE(items[0].announced);
  EXPECT_EQ(to_string(items[0].announced->on) + " " + items[0].announced->staff, "2026-12-16 CM-2");
  Obligation month;
  month.key = key;
  const auto before = announced_visit(facts, month, day("2026-12-04"));
  ASSERT_TRUE(before);
  EXPECT_EQ(to_string(before->on), "2026-12-09") << "the second was not made yet";
  EXPECT_FALSE(announced_visit(facts, month, day("2026-12-01")));
}

TEST(Overdue, WhatHasGoneWrongAndNothingElse) {
  ClientFacts facts = client();
  facts.versions[0].case_manager = "";  // unassigned is not of this list
  check_in(check(facts), "2026-05-01");
  check_in(facts.checks[0], "2026-06-20", Outcome::concern);  // and lapsed since 15 June
  EXPECT_EQ(overdue(facts, "2026-06-23"), "concern 0 days | lapse 0 days");
  EXPECT_EQ(overdue(facts, "2026-06-24"), "concern 1 days | lapse 0 days");
  EXPECT_EQ(overdue(facts, "2027-04-02"),
            "concern 283 days | lapse 277 days | streak 276 days | "
            "expired 2 days");
}

struct Reach {
  const char* what;
  std::optional<int> extends_to;
  PlanKind kind;
  bool explicit_months;
  const char* last_ok;  // "" = none
  const char* expected;
};

TEST(CheckReach, WhatACheckIsWorth) {
  const Reach rows[] = {
      {"by the policy", {}, PlanKind::standby_short_stay, false, "2026-06-01", "3 6 in effect"},
      {"as agreed", 12, PlanKind::standby_short_stay, false, "2026-06-01", "3 12 in effect"},
      {"not confirmed yet", 12, PlanKind::standby_short_stay, false, "", "3 12"},
      {"lapsed", 12, PlanKind::standby_short_stay, false, "2026-04-12", "3 12"},
      {"regular plan", 12, PlanKind::regular, false, "2026-06-01", "3 3"},
      {"months of the certificate", 12, PlanKind::standby_short_stay, true, "2026-06-01", "0 0"}};
  for (const Reach& row : rows) {
    ClientFacts facts = client();
    Period& period = facts.periods[0].period;
    period.plan_kind = row.kind;
    if (row.explicit_months) period.monitoring_months = {month("2026-10")};
    Check& made = check(facts);
    made.versions[0].terms.extends_to = row.extends_to;
    if (*row.last_ok != '\0') check_in(made, row.last_ok);
    const Judged judged(facts, "2026-06-10");
    const CheckReach reach = reach_of(judged.view(), facts.checks[0]);
    EXPECT_EQ(std::to_string(reach.without) + " " + std::to_string(reach.with_it) +
                  (reach.in_effect ? " in effect" : ""),
              row.expected)
        << row.what;
  }
}

}  // namespace
}  // namespace omamori
