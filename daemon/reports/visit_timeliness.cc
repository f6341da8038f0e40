#include "daemon/reports/visit_timeliness.h"

#include <algorithm>

namespace omamori {

std::optional<double> median_of(std::vector<int> numbers) {
  if (numbers.empty()) return {};
  std::sort(numbers.begin(), numbers.end());
  const std::size_t middle = numbers.size() / 2;
  if (numbers.size() % 2 == 1) return numbers[middle];
  return (numbers[middle - 1] + numbers[middle]) / 2.0;
}

std::optional<double> Timeliness::share_in_time() const {
  if (required() == 0) return {};
  return static_cast<double>(in_time) / required();
}

std::optional<double> Timeliness::median_late() const { return median_of(days_late); }

std::optional<int> Timeliness::most_late() const {
  if (days_late.empty()) return {};
  return *std::max_element(days_late.begin(), days_late.end());
}

void Timeliness::add(const MonthRow& row) {
  if (row.before_watch) {
    if (is_asked(row) && !is_met(row)) ++no_record;
    return;
  }
  switch (row.state) {
    case MonthState::done:
      ++in_time;
      return;
    case MonthState::done_late:
      ++late;
      days_late.push_back(static_cast<int>((*row.done_on - row.due_by).count()));
      return;
    case MonthState::overdue:
    case MonthState::missed:
      ++unmet;
      return;
    case MonthState::planned:
    case MonthState::open:
      ++open;
      return;
    case MonthState::waived:
      ++waived;
      return;
    case MonthState::suspended:
      ++suspended;
      return;
  }
}

void Timeliness::add(const Timeliness& other) {
  in_time += other.in_time;
  late += other.late;
  unmet += other.unmet;
  open += other.open;
  waived += other.waived;
  suspended += other.suspended;
  no_record += other.no_record;
  days_late.insert(days_late.end(), other.days_late.begin(), other.days_late.end());
}

}  // namespace omamori
