// What became of the months that were due.
#include "daemon/reports/visit_timeliness.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::month;
using testing_facts::terms;
using testing_facts::visit;

// June of fiscal 2026, as it stands on `today`.
Timeliness june(const ClientFacts& facts, const std::string& today) {
  Timeliness t;
  for (const MonthRow& row : judge_months(facts, terms(), day(today)).rows) {
    if (row.month == month("2026-06")) t.add(row);
  }
  return t;
}

std::string shown(const Timeliness& t) {
  return "in time " + std::to_string(t.in_time) + ", late " + std::to_string(t.late) + ", unmet " +
         std::to_string(t.unmet) + ", open " + std::to_string(t.open) + ", waived " +
         std::to_string(t.waived) + ", suspended " + std::to_string(t.suspended) + ", no record " +
         std::to_string(t.no_record);
}

TEST(Timeliness, AVisitOnTheLastDayIsInTimeAndOneADayLaterIsLate) {
  ClientFacts in_time = client();
  visit(in_time, "2026-06-30");
  EXPECT_EQ(shown(june(in_time, "2026-07-31")),
            "in time 1, late 0, unmet 0, open 0, waived 0, suspended 0, no record 0");
  ClientFacts late = client();
  visit(late, "2026-07-01");
  const Timeliness t = june(late, "2026-07-31");
  EXPECT_EQ(shown(t), "in time 0, late 1, unmet 0, open 0, waived 0, suspended 0, no record 0");
  EXPECT_EQ(t.days_late, std::vector<int>{1});
}

TEST(Timeliness, AMonthIsOpenOnItsLastDayAndUnmetTheDayAfter) {
  const ClientFacts facts = client();
  EXPECT_EQ(shown(june(facts, "2026-06-30")),
            "in time 0, late 0, unmet 0, open 1, waived 0, suspended 0, no record 0");
  EXPECT_EQ(june(facts, "2026-06-30").required(), 0) << "nobody knows yet";
  EXPECT_EQ(shown(june(facts, "2026-07-01")),
            "in time 0, late 0, unmet 1, open 0, waived 0, suspended 0, no record 0");
  EXPECT_EQ(june(facts, "2026-09-01").unmet, 1) << "missed is unmet too";
}

TEST(Timeliness, WhatWasNotAskedForIsCountedApart) {
  ClientFacts waived = client();
  check_in(check(waived), "2026-06-20");
  EXPECT_EQ(june(waived, "2026-07-01").waived, 1);
  ClientFacts away = client();
  away.suspensions.push_back({1, day("2026-06-30"), day("2026-06-30")});
  EXPECT_EQ(june(away, "2026-07-01").suspended, 1);
  ClientFacts before = client();
  before.watched_from = day("2026-07-01");
  EXPECT_EQ(june(before, "2026-07-02").no_record, 1);
  EXPECT_EQ(june(before, "2026-07-02").required(), 0);
  before.watched_from = day("2026-06-30");
  EXPECT_EQ(june(before, "2026-07-02").unmet, 1);
}

TEST(Timeliness, WhatWasWrittenDownOfTheTimeBeforeWeWatchedIsNotCounted) {
  const std::string nothing =
      "in time 0, late 0, unmet 0, open 0, waived 0, suspended 0, no record 0";
  const auto ends = [](const char* watched_from, const char* seen) {
    ClientFacts facts = client();
    facts.watched_from = day(watched_from);
    visit(facts, seen);
    return shown(june(facts, "2026-08-01"));
  };
  EXPECT_EQ(ends("2026-07-01", "2026-06-30"), nothing);
  EXPECT_EQ(ends("2026-07-01", "2026-07-02"), nothing);
  EXPECT_EQ(ends("2026-06-30", "2026-06-30"),
            "in time 1, late 0, unmet 0, open 0, waived 0, suspended 0, no record 0");
  ClientFacts waived = client();
  waived.watched_from = day("2026-07-01");
  check_in(check(waived), "2026-06-20");
  EXPECT_EQ(shown(june(waived, "2026-07-02")), nothing);
}

TEST(Timeliness, ShareMedianAndWorst) {
  Timeliness t;
  EXPECT_FALSE(t.share_in_time() || t.median_late() || t.most_late());
  t.in_time = 3;
  t.late = 1;
  t.unmet = 1;
  t.days_late = {9};
  EXPECT_DOUBLE_EQ(t.share_in_time().value(), 0.6);
  EXPECT_DOUBLE_EQ(t.median_late().value(), 9);
  Timeliness other;
  other.late = 3;
  other.days_late = {40, 2, 4};
  t.add(other);
  EXPECT_EQ(t.late, 4);
  EXPECT_DOUBLE_EQ(t.median_late().value(), 6.5) << "between 4 and 9";
  EXPECT_EQ(t.most_late(), 40);
}

}  // namespace
}  // namespace omamori
