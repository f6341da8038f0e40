// Was the client seen within 15 days of being told? Both sides of every edge.
#include "daemon/reports/telling_effect.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

// June, told on the 15th.
ToldMonth june(const std::string& stage = "upcoming", int days = -30) {
  return {stage, days, day("2026-06-15"), day("2026-06-01")};
}

struct SeenRow {
  const char* what;
  std::vector<const char*> visits;
  const char* today;
  const char* expected;
};

TEST(TellingEffect, WhatBecameOfEachTelling) {
  const SeenRow rows[] = {
      {"the same day", {"2026-06-15"}, "2026-09-01", "seen after 0"},
      {"the fifteenth day", {"2026-06-30"}, "2026-09-01", "seen after 15"},
      {"a day too late", {"2026-07-01"}, "2026-09-01", "not seen"},
      {"the earliest counts", {"2026-06-29", "2026-06-20"}, "2026-09-01", "seen after 5"},
      {"nobody", {}, "2026-07-01", "not seen"},
      {"the days are not over", {}, "2026-06-30", "pending"},
      {"a visit of a day to come", {"2026-06-25"}, "2026-06-24", "pending"},
      {"recorded afterwards", {"2026-06-14"}, "2026-09-01", "seen before"},
      {"the first day that settles it", {"2026-06-01"}, "2026-09-01", "seen before"},
      {"before that day", {"2026-05-31"}, "2026-09-01", "not seen"},
  };
  for (const SeenRow& row : rows) {
    ClientFacts facts = testing_facts::client();
    for (const char* on : row.visits) testing_facts::visit(facts, on);
    TellingEffect effect;
    effect.add(june(), facts.visits, day(row.today));
    EXPECT_EQ(effect.told, 1) << row.what;
    const std::string found = effect.seen == 1
                                  ? "seen after " + std::to_string(effect.days_until.at(0))
                              : effect.pending == 1     ? "pending"
                              : effect.seen_before == 1 ? "seen before"
                                                        : "not seen";
    EXPECT_EQ(found, row.expected) << row.what;
  }
}

TEST(TellingEffect, TheShareIsOfThoseWhoseDaysAreOver) {
  TellingEffect effect;
  EXPECT_FALSE(effect.share());
  EXPECT_FALSE(effect.median_days());
  effect.told = 6;
  effect.seen = 3;
  effect.pending = 1;
  effect.seen_before = 1;
  effect.days_until = {9, 2, 4};
  EXPECT_EQ(effect.judged(), 4);
  EXPECT_EQ(effect.share(), 0.75);
  EXPECT_EQ(effect.median_days(), 4);
  TellingEffect more;
  more.told = more.seen = 1;
  more.days_until = {6};
  effect.add(more);
  EXPECT_EQ(effect.share(), 0.8);
  EXPECT_EQ(effect.median_days(), 5);
}

TEST(TellingEffect, StagesStandInTheOrderInWhichTheyCome) {
  EffectByStage all;
  for (const ToldMonth& one : {june("overdue", 1), june("escalated", 21), june("due_soon", -7),
                               june("escalated", 14), june()}) {
    all.add(one, {}, day("2026-09-01"));
  }
  std::string order;
  for (const auto& row : all.rows()) order += row.stage + std::to_string(row.effect.told) + " ";
  EXPECT_EQ(order, "upcoming1 due_soon1 overdue1 escalated2 ");
}

}  // namespace
}  // namespace omamori
