// What deciding about one client costs: one in good order, and one about whom much is wrong.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/plan.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using std::chrono::days;
using testing_facts::day;

const char* const kToday = "2026-11-24";

Instant morning_of(const std::string& day) {
  return parse_instant(day + "T09:00:00+09:00").value();
}

// A standby client in the second year of being watched, with a memory that is fed by what each
// plan decided, as the store's is.
struct Case {
  ClientFacts facts = testing_facts::client("2025-04-01", "2026-03-31");
  Policy policy;
  std::vector<TermsVersion> terms = testing_facts::terms();
  Directory directory = testing_facts::directory();
  Workdays workdays;
  Zone zone{"Asia/Tokyo"};
  std::vector<KnownObligation> known;
  std::vector<Telling> told;
  Instant changed_at = morning_of("2025-04-01");

  Case() {
    facts.watched_from = day("2025-04-01");
    facts.versions.front().known_from = day("2025-04-01");
    facts.periods.front().known_from = day("2025-04-01");
    PeriodVersion renewed = facts.periods.front();
    renewed.known_from = day("2026-03-10");
    renewed.period.start = day("2026-04-01");
    renewed.period.end = day("2027-03-31");
    facts.periods.push_back(renewed);
  }

  Plan at(Instant now) const {
    return plan({facts, terms, directory, workdays, zone, known, told, changed_at}, policy, now);
  }

  void add_check(const std::string& code, const std::string& last_check_in) {
    Check& check = testing_facts::check(facts, code, "2025-04-01");
    check.watched_from = day("2025-04-01");
    check.versions.front().known_from = day("2025-04-01");
    check.versions.front().terms.agreed_on = day("2025-03-20");
    for (Day on = day("2025-04-20"); on <= day(last_check_in); on += days{28}) {
      testing_facts::check_in(check, to_string(on));
    }
  }

  void live_through_the_last_months() {
    for (Day on = day("2026-08-01"); on < day(kToday); on += days{1}) {
      const Plan p = at(morning_of(to_string(on)));
      known = p.live;
      for (const Reminder& r : p.reminders) told.push_back({r.obligation, r.staff, r.days});
    }
  }
};

// Two checks confirmed every four weeks; seen in every month that was asked for.
Case in_good_order() {
  Case c;
  c.add_check("S-1", "2026-11-15");
  c.add_check("S-2", "2026-11-20");
  for (const char* on : {"2025-09-10", "2026-03-12", "2026-09-15"}) {
    testing_facts::visit(c.facts, on);
  }
  c.live_through_the_last_months();
  return c;
}

// One check lapsed in summer; nobody has visited since spring.
Case much_is_wrong() {
  Case c;
  c.add_check("S-1", "2026-07-10");
  c.add_check("S-2", "2026-08-20");
  for (const char* on : {"2025-09-10", "2026-03-12"}) testing_facts::visit(c.facts, on);
  c.live_through_the_last_months();
  return c;
}

void BM_Plan(benchmark::State& state, Case (*made)()) {
  const Case c = made();
  const Instant now = morning_of(kToday);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(c.at(now));
  const auto size = [](const auto& list) {
    return benchmark::Counter(static_cast<double>(list.size()));
  };
  state.counters["check_ins"] = benchmark::Counter(static_cast<double>(
      c.facts.checks.at(0).check_ins.size() + c.facts.checks.at(1).check_ins.size()));
  state.counters["known"] = size(c.known);
  state.counters["told"] = size(c.told);
  state.SetLabel("target < 20 us");
}
BENCHMARK_CAPTURE(BM_Plan, in_good_order, in_good_order)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_Plan, much_is_wrong, much_is_wrong)->Unit(benchmark::kMicrosecond);

void BM_JudgeMonths(benchmark::State& state, Case (*made)()) {
  const Case c = made();
  std::size_t rows = 0;
  for ([[maybe_unused]] auto _ : state) {
    const ClientMonths months = judge_months(c.facts, c.terms, day(kToday));
    rows = months.rows.size();
    benchmark::DoNotOptimize(months.rows.data());
  }
  state.counters["months"] = benchmark::Counter(static_cast<double>(rows));
}
BENCHMARK_CAPTURE(BM_JudgeMonths, in_good_order, in_good_order)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_JudgeMonths, much_is_wrong, much_is_wrong)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace omamori
