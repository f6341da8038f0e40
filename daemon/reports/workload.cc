#include "daemon/reports/workload.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// Nothing follows the last decision period that is known; where the service goes on no longer than
// that, nothing is missing.
bool ends_within(const ClientFacts& facts, Month last) {
  const auto periods = current_periods(facts);
  if (periods.empty() || month_of(periods.back()->period.end) >= last) return false;
  return !facts.ended_on || *facts.ended_on > periods.back()->period.end;
}

bool has_streak(const ClientDay& day) {
  const auto live = live_obligations(day);
  return std::any_of(live.begin(), live.end(),
                     [](const Obligation& o) { return o.kind == ObligationKind::streak; });
}

}  // namespace

int Load::total() const { return std::accumulate(months.begin(), months.end(), carried); }

void Load::add(const Load& other) {
  clients += other.clients;
  overdue += other.overdue;
  carried += other.carried;
  ending += other.ending;
  for (std::size_t i = 0; i < other.months.size(); ++i) months[i] += other.months[i];
}

Load load_of(const ClientDay& day, int months) {
  Load load;
  load.months.resize(static_cast<std::size_t>(months));
  if (service_over(day.facts, day.today)) return load;
  load.clients = 1;
  const Month first = month_of(day.today);
  for (const MonthRow& row : day.months.rows) {
    const int at = months_between(first, row.month);
    if (at < 0 || at >= months || row.due_by < day.today) continue;
    if (!is_asked(row) || is_met(row)) continue;
    ++load.months[static_cast<std::size_t>(at)];
  }
  load.overdue = has_streak(day) ? 1 : 0;
  // Whoever is seen this month is not overdue any more: one visit, not two. Nobody visits during a
  // suspension.
  const bool apart = load.months.front() == 0 && !suspension_on(day.facts, day.today);
  load.carried = load.overdue > 0 && apart ? 1 : 0;
  load.ending = ends_within(day.facts, first + std::chrono::months{months - 1}) ? 1 : 0;
  return load;
}

void Workload::add(const ClientVersion& who, const Load& load) {
  const auto key = std::tie(who.office, who.case_manager);
  auto row = std::lower_bound(rows_.begin(), rows_.end(), key, [](const Row& r, const auto& k) {
    return std::tie(r.office, r.case_manager) < k;
  });
  if (row == rows_.end() || std::tie(row->office, row->case_manager) != key) {
    row = rows_.insert(row, {who.office, who.case_manager, {}});
    row->load.months.resize(size());
  }
  row->load.add(load);
  total_.add(load);
}

std::vector<Workload::Row> Workload::offices() const {
  std::vector<Row> found;
  for (const Row& row : rows_) {
    if (found.empty() || found.back().office != row.office) {
      found.push_back({row.office, "", {}});
      found.back().load.months.resize(size());
    }
    found.back().load.add(row.load);
  }
  return found;
}

}  // namespace omamori
