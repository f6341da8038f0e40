#include "daemon/rules/month_states.h"

#include <gtest/gtest.h>

#include "daemon/rules/check_state.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::month;
using testing_facts::shown;
using testing_facts::terms;
using testing_facts::visit;

std::string months_on(const ClientFacts& facts, const std::string& today,
                      const std::vector<TermsVersion>& history = terms()) {
  return shown(judge_months(facts, history, day(today)));
}

TEST(Months, StatesOnBothSidesOfEveryEdge) {
  const ClientFacts facts = client("2026-04-01", "2026-09-30");
  const std::pair<const char*, const char*> rows[] = {
      {"2026-05-31", "2026-06 planned | 2026-09 planned"},
      {"2026-06-01", "2026-06 open | 2026-09 planned"},
      {"2026-06-30", "2026-06 open | 2026-09 planned"},
      {"2026-07-01", "2026-06 overdue | 2026-09 planned"},
      {"2026-08-31", "2026-06 overdue | 2026-09 planned"},
      {"2026-09-01", "2026-06 missed | 2026-09 open"},
      {"2026-09-30", "2026-06 missed | 2026-09 open"},
      {"2026-10-01", "2026-06 missed | 2026-09 overdue"},
  };
  for (const auto& [today, expected] : rows) EXPECT_EQ(months_on(facts, today), expected) << today;
}

TEST(Months, ALateVisitNeverMovesTheGrid) {
  ClientFacts facts = client();
  visit(facts, "2026-08-20");
  EXPECT_EQ(months_on(facts, "2026-09-01"),
            "2026-06 done_late 2026-08-20 | 2026-09 open | 2026-12 planned | 2027-03 planned");
}

// R7: a setting changed today leaves what past months were asked for as it was.
TEST(Months, ASettingChangedTodayDoesNotReachBack) {
  Terms monthly;
  monthly.standard_interval_months = 1;
  const std::vector<TermsVersion> history{{Day::min(), Terms{}}, {day("2026-09-30"), monthly}};
  const ClientFacts facts = client("2026-04-01", "2026-12-31");
  EXPECT_EQ(months_on(facts, "2026-09-29", {{Day::min(), Terms{}}}),
            "2026-06 missed | 2026-09 open | 2026-12 planned");
  // September, due on the day of the change, is judged by the new setting; August is over.
  EXPECT_EQ(shown(judge_months(facts, history, day("2026-09-30")), true),
            "2026-06 missed (3 standard) | 2026-09 open (1 standard) | 2026-10 planned (1 standard)"
            " | 2026-11 planned (1 standard) | 2026-12 planned (1 standard)");
}

TEST(Months, ACertificateCorrectedTodayDoesNotReachBack) {
  ClientFacts facts = client();
  Period corrected = facts.periods.back().period;
  corrected.interval_months = 1;
  facts.periods.push_back({day("2027-01-10"), corrected, false, {}});
  EXPECT_EQ(months_on(facts, "2027-01-10"),
            "2026-06 missed | 2026-09 missed | 2026-12 missed | 2027-01 open | 2027-02 planned |"
            " 2027-03 planned");
}

TEST(Months, AnAgreementWithdrawnTodayActsFromThisMonth) {
  ClientFacts facts = client();
  Check& c = check(facts);
  for (const char* on : {"2026-05-08", "2026-06-05", "2026-07-06", "2026-08-04", "2026-09-03",
                         "2026-10-02", "2026-11-01", "2026-12-01"}) {
    check_in(c, on);
  }
  EXPECT_EQ(months_on(facts, "2026-12-05"),
            "2026-06 waived | 2026-09 overdue | 2026-12 waived | 2027-03 planned");
  CheckTerms withdrawn = current(c).terms;
  withdrawn.agreed_on.reset();
  c.versions.push_back({day("2026-12-05"), withdrawn, {}});
  EXPECT_EQ(months_on(facts, "2026-12-05"),
            "2026-06 waived | 2026-09 missed | 2026-12 open | 2027-03 planned");
}

// R7: dated facts re-judge a month that has passed.
TEST(Months, ABackDatedCheckInReJudgesAPastMonth) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  EXPECT_EQ(months_on(facts, "2026-07-10"),
            "2026-06 overdue | 2026-09 planned | 2026-12 planned | 2027-03 planned");
  check_in(c, "2026-06-28");  // recorded in July, dated before the due-by
  EXPECT_EQ(months_on(facts, "2026-07-10"),
            "2026-06 waived | 2026-09 planned | 2026-12 waived | 2027-03 planned");
  c.check_ins.back().on = day("2026-07-01");  // dated after it: June stays as it was asked
  EXPECT_EQ(months_on(facts, "2026-07-10"),
            "2026-06 overdue | 2026-09 planned | 2026-12 waived | 2027-03 planned");
}

TEST(Months, ACheckRegisteredLaterWaivesNoPastMonth) {
  ClientFacts facts = client();
  Check& c = check(facts);
  c.versions.back().known_from = day("2026-07-10");
  check_in(c, "2026-06-15");
  EXPECT_EQ(months_on(facts, "2026-07-10"),
            "2026-06 overdue | 2026-09 planned | 2026-12 waived | 2027-03 planned");
}

// R11: a renewal imported two weeks early leaves the old period's end month alone.
TEST(Months, AnEarlyRenewalKeepsTheOldEndMonth) {
  ClientFacts facts = client();
  Period next;
  next.start = day("2027-04-01");
  next.end = day("2028-03-31");
  facts.periods.push_back({day("2027-03-17"), next, false, {}});
  visit(facts, "2026-06-10");
  visit(facts, "2026-09-10");
  visit(facts, "2026-12-10");
  EXPECT_EQ(months_on(facts, "2027-03-20"),
            "2026-06 done 2026-06-10 | 2026-09 done 2026-09-10 | 2026-12 done 2026-12-10 |"
            " 2027-03 open | 2027-06 planned | 2027-09 planned | 2027-12 planned |"
            " 2028-03 planned");
  // A visit in April closes March of the old period, late: visits are judged across periods.
  visit(facts, "2027-04-05");
  EXPECT_EQ(months_on(facts, "2027-04-05"),
            "2026-06 done 2026-06-10 | 2026-09 done 2026-09-10 | 2026-12 done 2026-12-10 |"
            " 2027-03 done_late 2027-04-05 | 2027-06 planned | 2027-09 planned | 2027-12 planned |"
            " 2028-03 planned");
}

// R11: a later decision that begins inside the period cuts it; its later months fall away.
TEST(Months, APeriodCutByAChange) {
  ClientFacts facts = client();
  Period cut = facts.periods.back().period;
  cut.end = day("2026-10-14");
  facts.periods.push_back({day("2026-10-14"), cut, true, {}});
  Period changed;
  changed.start = day("2026-10-15");
  changed.end = day("2027-09-30");
  changed.decision_kind = DecisionKind::changed;
  facts.periods.push_back({day("2026-10-14"), changed, false, {}});
  EXPECT_EQ(shown(judge_months(facts, terms(), day("2026-10-14")), true),
            "2026-06 missed (3 standard) | 2026-09 missed (3 standard) | 2026-10 open (3 standard)"
            " | 2026-10 planned (1 initial) | 2026-11 planned (1 initial)"
            " | 2026-12 planned (1 initial) | 2027-03 planned (3 standard)"
            " | 2027-06 planned (3 standard) | 2027-09 planned (3 standard)");
  visit(facts, "2026-10-20");  // in the new period's October, not the old one's
  const ClientMonths after = judge_months(facts, terms(), day("2026-10-20"));
  EXPECT_EQ(after.rows[2].state, MonthState::missed);
  EXPECT_EQ(after.rows[3].state, MonthState::done);
}

// A change that becomes known late: what lies behind the cut is the new period's, also where it has
// passed, and the visits made meanwhile count for it.
TEST(Months, AChangeThatBecomesKnownMonthsLate) {
  ClientFacts facts = client();
  visit(facts, "2026-06-10");
  visit(facts, "2026-09-10");
  Period cut = facts.periods.back().period;
  cut.end = day("2026-07-09");
  facts.periods.push_back({day("2026-11-02"), cut, true, {}});
  Period changed;
  changed.start = day("2026-07-10");
  changed.end = day("2027-06-30");
  changed.decision_kind = DecisionKind::changed;
  facts.periods.push_back({day("2026-11-02"), changed, false, {}});
  EXPECT_EQ(months_on(facts, "2026-11-02"),
            "2026-06 done 2026-06-10 | 2026-07 missed | 2026-08 missed |"
            " 2026-09 done 2026-09-10 | 2026-12 planned | 2027-03 planned | 2027-06 planned");
}

TEST(Months, AnEndCorrectedToAnEarlierDay) {
  ClientFacts facts = client();
  Period corrected = facts.periods.back().period;
  corrected.end = day("2027-02-28");
  facts.periods.push_back({day("2026-10-05"), corrected, false, {}});
  EXPECT_EQ(months_on(facts, "2026-10-05"),
            "2026-06 missed | 2026-09 overdue | 2026-11 planned | 2027-02 planned")
      << "June and September were asked for by the old grid; the new one starts in November";
}

TEST(Months, SuspendedMonths) {
  ClientFacts facts = client();
  facts.suspensions.push_back({1, day("2026-06-30"), day("2026-09-29")});
  EXPECT_EQ(months_on(facts, "2026-10-02"),
            "2026-06 suspended | 2026-09 overdue | 2026-12 planned | 2027-03 planned");
  visit(facts, "2026-06-10");
  EXPECT_EQ(months_on(facts, "2026-10-02"),
            "2026-06 done 2026-06-10 | 2026-09 overdue | 2026-12 planned | 2027-03 planned");
}

// The last day of service is 10 September: September is asked for as long as it lasts.
TEST(Months, AfterTheLastDayOfServiceNothingIsAsked) {
  ClientFacts facts = client();
  facts.ended_on = day("2026-09-10");
  const std::pair<const char*, const char*> rows[] = {
      {"2026-06-30", "2026-06 open | 2026-09 planned"},
      {"2026-08-31", "2026-06 overdue | 2026-09 planned"},
      {"2026-09-10", "2026-06 missed | 2026-09 open"},
      {"2026-09-11", "2026-06 missed"},
      {"2026-10-01", "2026-06 missed"},
      {"2027-04-01", "2026-06 missed"},
  };
  for (const auto& [today, expected] : rows) EXPECT_EQ(months_on(facts, today), expected) << today;
}

TEST(Months, WhatWasDueByTheLastDayOfServiceStays) {
  const std::pair<const char*, const char*> rows[] = {
      {"2026-05-31", ""},
      {"2026-06-01", ""},
      {"2026-06-29", ""},
      {"2026-06-30", "2026-06 overdue"},
      {"2026-08-31", "2026-06 overdue"},
      {"2026-09-01", "2026-06 missed"},
  };
  for (const auto& [last, expected] : rows) {
    ClientFacts facts = client();
    facts.ended_on = day(last);
    EXPECT_EQ(months_on(facts, "2026-12-24"), expected) << last;
  }
}

TEST(Months, AVisitBeforeOrAfterTheLastDayOfServiceStillCounts) {
  ClientFacts facts = client();
  facts.ended_on = day("2026-09-10");
  visit(facts, "2026-09-04");
  EXPECT_EQ(months_on(facts, "2026-12-24"), "2026-06 missed | 2026-09 done 2026-09-04");
  facts.visits.clear();
  visit(facts, "2026-12-02");
  EXPECT_EQ(months_on(facts, "2026-12-24"), "2026-06 missed | 2026-09 done_late 2026-12-02")
      << "December is not asked for";
}

TEST(Months, NothingIsWaivedOrSuspendedAfterTheLastDayOfService) {
  ClientFacts facts = client();
  check_in(check(facts, "S-1", "2026-04-10"), "2026-06-01");
  facts.suspensions.push_back({1, day("2026-12-01"), {}});
  EXPECT_EQ(months_on(facts, "2026-06-10"),
            "2026-06 waived | 2026-09 planned | 2026-12 waived | 2027-03 suspended");
  facts.ended_on = day("2026-06-09");
  EXPECT_EQ(months_on(facts, "2026-06-10"), "");
}

TEST(Months, BeforeWatchIsMarked) {
  ClientFacts facts = client();
  facts.watched_from = day("2026-09-30");
  EXPECT_EQ(months_on(facts, "2026-10-02"),
            "2026-06 missed before_watch | 2026-09 overdue | 2026-12 planned | 2027-03 planned");
  facts.watched_from = day("2026-10-01");
  EXPECT_EQ(months_on(facts, "2026-10-02"),
            "2026-06 missed before_watch | 2026-09 overdue before_watch | 2026-12 planned |"
            " 2027-03 planned");
}

TEST(Months, ExplicitMonthsShowAGapWithoutCheck) {
  ClientFacts facts = client();
  facts.periods.back().period.monitoring_months = {month("2026-06"), month("2027-03")};
  const auto gaps = [&] {
    std::string out;
    for (const MonthRow& row : judge_months(facts, terms(), day("2026-05-10")).rows) {
      if (row.gap_without_check) out += to_string(row.month) + " ";
    }
    return out;
  };
  EXPECT_EQ(gaps(), "2027-03 ");
  check_in(check(facts), "2026-05-08");
  EXPECT_EQ(gaps(), "");
}

std::string verdict_of(const ClientFacts& facts, const std::string& today) {
  const ClientMonths months = judge_months(facts, terms(), day(today));
  const VisitVerdict& v = months.visits.back();
  const char* kinds[] = {"closes", "closes_late", "extra"};
  const char* whys[] = {"", " already_done", " not_required", " nothing_before", " before_all"};
  return std::string(kinds[static_cast<int>(v.kind)]) + whys[static_cast<int>(v.why)] +
         (v.month ? " " + to_string(*v.month) : "");
}

TEST(Visits, SayWhatTheyClose) {
  struct Row {
    std::vector<std::pair<const char*, const char*>> visits;
    const char* expected;
  };
  const Row rows[] = {
      {{{"2026-06-30", ""}}, "closes 2026-06"},
      {{{"2026-07-01", ""}}, "closes_late 2026-06"},
      {{{"2026-05-31", ""}}, "extra nothing_before"},
      {{{"2026-06-01", ""}, {"2026-06-02", ""}}, "extra already_done 2026-06"},
      {{{"2026-06-01", ""}, {"2026-07-02", ""}}, "extra already_done 2026-06"},
      {{{"2026-08-28", "2026-09"}}, "closes 2026-09"},
      {{{"2026-08-28", "2026-08"}}, "extra not_required 2026-08"},
      {{{"2026-09-05", ""}}, "closes 2026-09"},
      {{{"2026-09-05", "2026-06"}}, "closes_late 2026-06"},
  };
  for (const Row& row : rows) {
    ClientFacts facts = client();
    for (const auto& [on, for_month] : row.visits) visit(facts, on, for_month);
    EXPECT_EQ(verdict_of(facts, "2026-12-31"), row.expected)
        << row.visits.back().first << " for " << row.visits.back().second;
  }
}

TEST(Periods, TheOneThatIsShown) {
  ClientFacts facts = client("2026-04-01", "2026-09-30");
  Period next;
  next.start = day("2026-11-01");
  next.end = day("2027-10-31");
  facts.periods.push_back({day("2026-04-01"), next, false, {}});
  const std::pair<const char*, const char*> rows[] = {
      {"2026-03-31", "2026-04-01"}, {"2026-09-30", "2026-04-01"}, {"2026-10-01", "2026-11-01"},
      {"2026-11-01", "2026-11-01"}, {"2028-01-01", "2026-11-01"},
  };
  for (const auto& [today, expected] : rows) {
    EXPECT_EQ(to_string(period_for(facts, day(today))->period.start), expected) << today;
  }
}

// R7: months from before the client was known are judged by what was set before that day.
TEST(Months, APolicyOfTheDayOnWhichTheClientCameReachesNoMonthBefore) {
  ClientFacts facts = client("2026-04-01", "2027-03-31");
  facts.versions.front().known_from = day("2026-08-03");
  facts.periods.front().known_from = day("2026-08-03");
  facts.watched_from = day("2026-08-03");
  Terms before;
  before.standard_interval_months = 3;
  Terms edited;
  edited.standard_interval_months = 2;
  const std::vector<TermsVersion> history{{day("2026-08-02"), before}, {day("2026-08-03"), edited}};
  const std::string months = shown(judge_months(facts, history, day("2026-08-03")));
  EXPECT_EQ(months.find("2026-06 overdue before_watch | 2026-09 planned | 2026-11"), 0U) << months;
}

}  // namespace
}  // namespace omamori
