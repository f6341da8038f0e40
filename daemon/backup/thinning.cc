#include "daemon/backup/thinning.h"

#include <algorithm>
#include <map>
#include <set>

namespace omamori {
namespace {

using std::chrono::days;

// Numbers that grow by one from day to day, from week to week, from month to month.
std::int64_t number_of_day(Day day) { return day.time_since_epoch().count(); }

std::int64_t number_of_week(Day day) {
  // 1970-01-05 was a Monday.
  const auto since = std::chrono::floor<std::chrono::weeks>(day.time_since_epoch() - days{4});
  return since.count();
}

std::int64_t number_of_month(Day day) {
  const std::chrono::year_month_day date{day};
  return int{date.year()} * 12 + static_cast<int>(unsigned{date.month()});
}

// The last copy of each of the last `count` spans that have one.
template <typename NumberOf>
void keep_last_of_each(const std::vector<Instant>& copies, const NumberOf& number_of, int count,
                       Day today, const Zone& zone, std::set<Instant>& kept) {
  std::map<std::int64_t, Instant> last;
  for (const Instant copy : copies) {
    const std::int64_t number = number_of(zone.day_of(copy));
    if (number > number_of(today) - count) last[number] = copy;
  }
  for (const auto& [number, copy] : last) kept.insert(copy);
}

}  // namespace

std::vector<Instant> copies_to_remove(std::vector<Instant> copies, const BackupConfig& keep,
                                      const Zone& zone, Instant now) {
  std::sort(copies.begin(), copies.end());
  const Day today = zone.day_of(now);
  std::set<Instant> kept;
  keep_last_of_each(copies, number_of_day, keep.keep_days, today, zone, kept);
  keep_last_of_each(copies, number_of_week, keep.keep_weeks, today, zone, kept);
  keep_last_of_each(copies, number_of_month, keep.keep_months, today, zone, kept);
  if (!copies.empty()) kept.insert(copies.back());
  std::erase_if(copies, [&](Instant copy) {
    return copy > now || zone.day_of(copy) == today || kept.count(copy) != 0;
  });
  return copies;
}

}  // namespace omamori
