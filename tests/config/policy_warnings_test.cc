#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/policy_change.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAreArray;
using testing::IsEmpty;

Day day(const char* text) { return *parse_day(text); }

// The database of these tests knows OF-1, OF-2, C-1 and C-2.
std::vector<std::string> warnings_of(const std::function<void(Policy&)>& change) {
  Policy policy;
  change(policy);
  const std::vector<std::string> offices = {"OF-2", "OF-1"};
  const std::vector<std::string> clients = {"C-2", "C-1"};
  return policy_warnings(policy, offices, clients);
}

TEST(PolicyWarnings, TheDefaultIsSound) {
  EXPECT_THAT(warnings_of([](Policy&) {}), IsEmpty());
}

struct WarningCase {
  std::function<void(Policy&)> change;
  std::vector<std::string> warnings;
};

void intervals(Policy& policy, int standard, int extended, int max) {
  policy.terms.standard_interval_months = standard;
  policy.terms.extended_interval_months = extended;
  policy.terms.max_interval_months = max;
}

void expect_rows(const std::vector<WarningCase>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_THAT(warnings_of(rows[i].change), ElementsAreArray(rows[i].warnings)) << "row " << i;
  }
}

TEST(PolicyWarnings, ExtensionsThatExtendLessThanWritten) {
  const std::string to_standard = ") and rounded down to a multiple of standard_interval_months (";
  expect_rows({
      {[](Policy& p) { intervals(p, 3, 6, 6); }, {}},
      {[](Policy& p) { intervals(p, 3, 9, 8); },
       {"extended_interval_months (9) is above max_interval_months (8) and acts as 6"}},
      {[](Policy& p) { intervals(p, 3, 7, 12); },
       {"extended_interval_months (7) is no multiple of standard_interval_months (3) and acts as "
        "6"}},
      {[&](Policy& p) { intervals(p, 4, 7, 12); },
       {"extended_interval_months (7) extends nothing: cut to max_interval_months (12" +
        to_standard + "4) it is not longer than that"}},
      {[&](Policy& p) { intervals(p, 6, 3, 12); },
       {"extended_interval_months (3) extends nothing: cut to max_interval_months (12" +
        to_standard + "6) it is not longer than that"}},
      {[&](Policy& p) { intervals(p, 3, 6, 5); },
       {"extended_interval_months (6) extends nothing: cut to max_interval_months (5" +
        to_standard + "3) it is not longer than that"}},
      {[](Policy& p) {
         p.terms.initial_months = 0;
         p.terms.initial_from_next_month = true;
       },
       {"initial_starts has no effect while initial_months is 0"}},
  });
}

TEST(PolicyWarnings, CodesNobodyKnowsAndOverridesThatGoOn) {
  const Day october = day("2026-10-01");
  const Day november = day("2026-11-01");
  const std::optional<Day> end_of_october = day("2026-10-31");
  expect_rows({
      {[](Policy& p) {
         p.terms.offices = {{"OF-1", 2}};
       },
       {}},
      {[](Policy& p) {
         p.terms.offices = {{"OF-9", 3}};
       },
       {"office OF-9: no such office is known"}},
      {[&](Policy& p) {
         p.terms.overrides = {{"C-1", 1, october, {}, "", {}}};
       },
       {}},
      {[&](Policy& p) {
         p.terms.overrides = {{"C-9", 1, october, {}, "", {}}};
       },
       {"override C-9 from 2026-10-01: no such client is known"}},
      {[&](Policy& p) {
         p.terms.overrides = {{"C-1", 1, october, end_of_october, "", {}},
                              {"C-1", 1, november, {}, "", {}}};
       },
       {"override C-1 from 2026-11-01: only continues the one before; extend its `until` "
        "instead"}},
      // A day between them, another interval, another client: each is meant.
      {[&](Policy& p) {
         p.terms.overrides = {{"C-1", 1, october, day("2026-10-30"), "", {}},
                              {"C-1", 1, november, {}, "", {}}};
       },
       {}},
      {[&](Policy& p) {
         p.terms.overrides = {{"C-1", 1, october, end_of_october, "", {}},
                              {"C-1", 2, november, {}, "", {}}};
       },
       {}},
      {[&](Policy& p) {
         p.terms.overrides = {{"C-1", 1, october, end_of_october, "", {}},
                              {"C-2", 1, november, {}, "", {}}};
       },
       {}},
  });
}

TEST(PolicyWarnings, StagesAndTimes) {
  expect_rows({
      {[](Policy& p) { p.stages[0].days = -31; },
       {"stage upcoming: days -31 is before the month begins; it is told on the month's first "
        "open day"}},
      {[](Policy& p) { p.stages[1].days = -30; },
       {"stage due_soon: tells case_manager on the same day as stage upcoming; once is enough"}},
      {[](Policy& p) {
         p.stages = {{"late", 1, {Role::supervisor}, 0}};
       },
       {"stage: no stage reaches the case manager"}},
      {[](Policy& p) {
         p.closed_days = {day("2026-08-14"), day("2026-08-15")};
       },
       {"closed_days: 2026-08-15 is a saturday, closed anyway"}},
      {[](Policy& p) { p.urgent_fallback_after = p.fallback_after; }, {}},
      {[](Policy& p) { p.urgent_fallback_after = hours{4} + minutes{1}; },
       {"urgent_fallback_after (241m) is longer than fallback_after (4h): what is urgent would "
        "wait longer"}},
  });
}

}  // namespace
}  // namespace omamori
