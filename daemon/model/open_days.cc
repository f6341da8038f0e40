#include "daemon/model/open_days.h"

#include <algorithm>

namespace omamori {
namespace {

using std::chrono::days;

bool new_year(Day day) {
  const std::chrono::year_month_day ymd{day};
  const auto of_month = static_cast<unsigned>(ymd.day());
  return (ymd.month() == std::chrono::December && of_month >= 29) ||
         (ymd.month() == std::chrono::January && of_month <= 3);
}

bool weekend(Day day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

Workdays::Workdays(std::vector<Day> holidays, const std::vector<Day>& closed_days)
    : closed_(std::move(holidays)) {
  closed_.insert(closed_.end(), closed_days.begin(), closed_days.end());
  std::sort(closed_.begin(), closed_.end());
  closed_.erase(std::unique(closed_.begin(), closed_.end()), closed_.end());
}

bool Workdays::is_open(Day day) const {
  return !weekend(day) && !new_year(day) &&
         !std::binary_search(closed_.begin(), closed_.end(), day);
}

Day Workdays::open_from(Day day) const {
  for (int i = 0; i <= 366; ++i) {
    if (is_open(day + days{i})) return day + days{i};
  }
  return day;
}

Day Workdays::open_until(Day day) const {
  for (int i = 0; i <= 366; ++i) {
    if (is_open(day - days{i})) return day - days{i};
  }
  return day;
}

}  // namespace omamori
