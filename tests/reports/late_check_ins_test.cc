#include "daemon/reports/late_check_ins.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

// Every 30 days with 14 of grace: 44 days are in time, 45 are late. The first ok is on 2026-01-01,
// each other so many days after the one before.
struct History {
  explicit History(const std::vector<int>& intervals) : check(testing_facts::check(client)) {
    Day on = day("2026-01-01");
    testing_facts::check_in(check, to_string(on));
    for (const int days : intervals) {
      on += std::chrono::days{days};
      testing_facts::check_in(check, to_string(on));
    }
  }
  std::string judged(const std::string& today = "2030-01-01") const {
    const auto habit = late_habit(check, client.suspensions, day(today));
    if (!habit) return "none";
    return std::to_string(habit->late) + "/" + std::to_string(habit->intervals) + " late by " +
           std::to_string(habit->days_late) + ", grace " + std::to_string(habit->fitting_grace);
  }
  ClientFacts client = testing_facts::client();
  Check& check;
};

TEST(LateHabit, IsMoreThanHalfOfAtLeastFourIntervals) {
  const struct {
    const char* what;
    std::vector<int> intervals;
    const char* judged;
  } all[] = {
      {"nothing recorded", {}, "none"},
      {"three are too few to be a habit", {50, 50, 50}, "none"},
      {"four do", {50, 50, 50, 50}, "4/4 late by 6, grace 20"},
      {"the last day of grace is in time", {44, 44, 44, 44}, "none"},
      {"the day after is not", {45, 45, 45, 45}, "4/4 late by 1, grace 15"},
      {"half is no habit", {30, 30, 50, 50}, "none"},
      {"more than half is", {30, 50, 50, 50}, "3/4 late by 6, grace 20"},
      {"the middle of the late ones, and a grace for three in four",
       {30, 46, 50, 90},
       "3/4 late by 6, grace 20"},
      {"only the last eight count", {90, 90, 90, 90, 30, 30, 30, 30, 30, 30, 30, 30}, "none"},
      {"and they can have become late",
       {30, 30, 30, 30, 50, 50, 50, 50, 50, 30, 30, 30},
       "5/8 late by 6, grace 20"},
  };
  for (const auto& row : all) EXPECT_EQ(History(row.intervals).judged(), row.judged) << row.what;
}

TEST(LateHabit, OnlyAnOkEndsAnInterval) {
  History history({30, 30, 30, 30});
  for (std::size_t i = 1; i < 5; i += 2) {
    history.check.check_ins[i].outcome = i == 1 ? Outcome::unreachable : Outcome::concern;
  }
  EXPECT_EQ(history.judged(), "none") << "60 and 60 days, which are two";
}

TEST(LateHabit, TwoRecordsOfOneDayAreOne) {
  History history({50, 50, 50});
  testing_facts::check_in(history.check, to_string(history.check.check_ins.back().on));
  EXPECT_EQ(history.judged(), "none");
}

TEST(LateHabit, ATimeInHospitalIsNobodysHabit) {
  History history({50, 50, 50, 50});
  history.client.suspensions = {{1, day("2026-02-20"), day("2026-02-20")}};  // 50 days after
  EXPECT_EQ(history.judged(), "none");
  history.client.suspensions = {{1, day("2025-12-01"), day("2025-12-31")}};
  EXPECT_EQ(history.judged(), "4/4 late by 6, grace 20");
}

TEST(LateHabit, AnotherRhythmBeforeSaysNothing) {
  History history({90, 90, 90, 90});
  CheckTerms slow = history.check.versions.front().terms;
  slow.every_days = 90;
  const CheckTerms quick = history.check.versions.front().terms;
  history.check.versions = {{day("2026-01-01"), slow, {}}, {day("2026-12-01"), quick, {}}};
  EXPECT_EQ(history.judged(), "none") << "they were in time by what was agreed then";
  history.check.versions = {{day("2026-01-01"), quick, {}}, {day("2026-12-01"), quick, {}}};
  EXPECT_EQ(history.judged(), "4/4 late by 46, grace 60");
}

TEST(LateHabit, WhatIsDatedAfterTheDayIsNotKnown) {
  const History history({50, 50, 50, 50});
  EXPECT_EQ(history.judged("2026-07-19"), "none");
  EXPECT_EQ(history.judged("2026-07-20"), "4/4 late by 6, grace 20");
}

}  // namespace
}  // namespace omamori
