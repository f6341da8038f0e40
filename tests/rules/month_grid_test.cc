#include "daemon/rules/month_grid.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;
using testing_facts::month;

std::string grid(const Period& period, int interval, const Terms& terms) {
  std::string out;
  for (Month m = month_of(period.start); m <= month_of(period.end); m += std::chrono::months{1}) {
    if (on_grid(period, m, interval, terms)) out += (out.empty() ? "" : " ") + to_string(m);
  }
  return out;
}

// Every start month × length 1–40 × interval 1–12: 5,760 grids, each held against the rule as the
// ministry states it, written out a second way: walk backwards from the end.
TEST(Grid, EveryShortPeriodAndInterval) {
  int grids = 0;
  for (unsigned start_month = 1; start_month <= 12; ++start_month) {
    for (int length = 1; length <= 40; ++length) {
      const Month start = std::chrono::year{2023} / std::chrono::month{start_month};
      const Month end = start + std::chrono::months{length - 1};
      Period period;
      period.start = first_day(start);
      period.end = last_day(end);
      for (int k = 1; k <= 12; ++k) {
        std::string walked;
        for (Month m = end; m >= start; m -= std::chrono::months{k}) {
          if (m == start && k > 1 && m != end) break;
          walked = to_string(m) + (walked.empty() ? "" : " " + walked);
        }
        ASSERT_EQ(grid(period, k, Terms{}), walked)
            << to_string(start) << " for " << length << " months, every " << k;
        ++grids;
      }
    }
  }
  EXPECT_EQ(grids, 5760);
}

TEST(Grid, LongerGridsLieInsideTheBaseGrid) {
  for (int length = 1; length <= 40; ++length) {
    Period period;
    period.start = day("2023-04-01");
    period.end = last_day(month("2023-04") + std::chrono::months{length - 1});
    for (int base = 1; base <= 6; ++base) {
      for (int times = 2; base * times <= 12; ++times) {
        for (Month m = month("2023-04"); m <= month_of(period.end); m += std::chrono::months{1}) {
          if (on_grid(period, m, base * times, Terms{})) {
            EXPECT_TRUE(on_grid(period, m, base, Terms{})) << to_string(m) << " " << base;
          }
        }
      }
    }
  }
}

TEST(Initial, FirstMonthsOfANewDecision) {
  struct Row {
    const char* start;
    DecisionKind kind;
    int months;
    bool next_month;
    const char* expected;
  };
  const Row rows[] = {
      {"2026-04-01", DecisionKind::new_decision, 3, false, "2026-04 2026-05 2026-06"},
      {"2026-04-16", DecisionKind::changed, 3, false, "2026-04 2026-05 2026-06"},
      {"2026-04-16", DecisionKind::new_decision, 3, true, "2026-05 2026-06 2026-07"},
      {"2026-04-01", DecisionKind::new_decision, 1, false, "2026-04"},
      {"2026-04-01", DecisionKind::new_decision, 0, false, ""},
      {"2026-04-01", DecisionKind::renewal, 3, false, ""},
      {"2027-02-01", DecisionKind::new_decision, 3, false, "2027-02 2027-03"},
  };
  for (const Row& row : rows) {
    Period period;
    period.start = day(row.start);
    period.end = day("2027-03-31");
    period.decision_kind = row.kind;
    Terms terms;
    terms.initial_months = row.months;
    terms.initial_from_next_month = row.next_month;
    std::string out;
    for (Month m = month_of(period.start); m <= month("2027-05"); m += std::chrono::months{1}) {
      if (is_initial(period, m, terms)) out += (out.empty() ? "" : " ") + to_string(m);
    }
    EXPECT_EQ(out, row.expected) << row.start << " " << row.months;
  }
}

TEST(Requested, OverrideThenCertificateThenOfficeThenStandard) {
  Terms terms;
  terms.offices = {{"OF-1", 2}};
  terms.overrides = {{"C-1", 1, day("2026-10-01"), day("2026-11-30"), "", {}},
                     {"C-1", 4, day("2027-01-02"), {}, "", {}},
                     {"C-2", 5, day("2026-01-01"), {}, "", {}}};
  Period plain;
  plain.start = day("2026-04-01");
  plain.end = day("2027-03-31");
  Period certified = plain;
  certified.interval_months = 6;
  struct Row {
    const char* client;
    const char* office;
    const Period& period;
    const char* month;
    const char* expected;
  };
  const Row rows[] = {
      {"C-1", "OF-1", certified, "2026-09", "6 certificate"},
      {"C-1", "OF-1", certified, "2026-10", "1 override"},
      {"C-1", "OF-1", certified, "2026-11", "1 override"},
      {"C-1", "OF-1", certified, "2026-12", "6 certificate"},
      {"C-1", "OF-1", plain, "2027-01", "2 office"},  // not yet in force on the month's first day
      {"C-1", "OF-1", plain, "2027-02", "4 override"},
      {"C-0", "OF-1", plain, "2026-10", "2 office"},
      {"C-3", "OF-2", plain, "2026-10", "3 standard"},
  };
  for (const Row& row : rows) {
    const AskedFor r = requested(terms, row.client, row.office, row.period, month(row.month));
    EXPECT_EQ(std::to_string(r.months) + " " + to_word(BasisOf{r.basis, false}), row.expected)
        << row.client << " " << row.month;
  }
}

TEST(Interval, OfAStandbyClient) {
  const std::string a = "S-1";
  const std::string b = "S-2";
  struct Row {
    const char* what;
    int asked;
    std::vector<Extension> checks;
    const char* expected;
  };
  const Row rows[] = {
      {"shorter than standard is obeyed", 2, {{&a, 12}}, "2 certificate"},
      {"longer without a check is refused", 6, {}, "3 certificate_refused"},
      {"longer with a check", 9, {{&a, {}}}, "9 safety_check S-1"},
      {"standard with a check: extended", 3, {{&a, {}}}, "6 safety_check S-1"},
      {"the check says 12", 3, {{&a, 12}}, "12 safety_check S-1"},
      {"rounded down to a multiple of 3", 3, {{&a, 8}}, "6 safety_check S-1"},
      {"rounded down to nothing", 3, {{&a, 5}}, "3 certificate"},
      {"the longest", 3, {{&a, 6}, {&b, 9}}, "9 safety_check S-2"},
      {"of two equal the lowest code", 3, {{&b, 6}, {&a, 6}}, "6 safety_check S-1"},
      {"not fulfilled", 3, {{&a, 12, false}}, "3 certificate"},
      {"lost", 3, {{&a, 12, false, true}}, "3 certificate"},
  };
  for (const Row& row : rows) {
    const Interval k = interval_of(PlanKind::standby_short_stay, {row.asked, Basis::certificate},
                                   Terms{}, row.checks);
    EXPECT_EQ(std::to_string(k.months) + " " + to_word(k.basis) + (k.check ? " " + *k.check : ""),
              row.expected)
        << row.what;
  }
}

// P2 with two checks whose grids do not nest: losing the longer one keeps its months.
TEST(Requirement, LosingTheLongerOfTwoChecksKeepsItsMonths) {
  const std::string a = "S-1";
  const std::string b = "S-2";
  Period period;
  period.start = day("2026-04-01");
  period.end = day("2027-03-31");
  const auto months = [&](bool longer_alive) {
    const std::vector<Extension> checks{{&a, 9, longer_alive, !longer_alive}, {&b, 6}};
    std::string out;
    for (Month m = month("2026-04"); m <= month("2027-03"); m += std::chrono::months{1}) {
      const Requirement r = requirement(period, m, "C-1", "OF-1", Terms{}, checks);
      if (r.ask == Ask::required) out += to_string(m) + " ";
    }
    return out;
  };
  EXPECT_EQ(months(true), "2026-06 2027-03 ");
  EXPECT_EQ(months(false), "2026-06 2026-09 2027-03 ");
}

TEST(Requirement, ACheckThatWasNeverFulfilledAddsNothing) {
  const std::string a = "S-1";
  const std::string b = "S-2";
  Period period;
  period.start = day("2026-04-01");
  period.end = day("2027-03-31");
  const std::vector<Extension> checks{{&a, 9, false, false}, {&b, 6}};
  EXPECT_EQ(requirement(period, month("2026-06"), "C-1", "OF-1", Terms{}, checks).ask, Ask::waived);
}

}  // namespace
}  // namespace omamori
