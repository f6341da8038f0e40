#include "daemon/reports/late_check_ins.h"

#include <algorithm>
#include <vector>

#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

constexpr std::size_t kLeast = 4;
constexpr std::size_t kMost = 8;

// From when on the rhythm is the present one. What an import brought of before is judged by the
// first that was known.
std::optional<Day> same_rhythm_since(const Check& check, int every_days) {
  std::optional<Day> since;
  for (auto version = check.versions.rbegin(); version != check.versions.rend(); ++version) {
    if (version->terms.every_days != every_days) return since;
    since = version->known_from;
  }
  return {};
}

bool suspended_between(std::span<const Suspension> suspensions, Day first, Day last) {
  return std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& s) {
    return s.from <= last && (!s.until || first <= *s.until);
  });
}

// In days, oldest first.
std::vector<int> intervals_of(const Check& check, const CheckTerms& terms,
                              std::span<const Suspension> suspensions, Day today) {
  const auto since = same_rhythm_since(check, terms.every_days);
  std::vector<int> found;
  std::optional<Day> before;
  for (const CheckIn& record : check.check_ins) {
    if (record.outcome != Outcome::ok || record.on > today) continue;
    const bool counts = before && record.on > *before && (!since || *since <= *before) &&
                        !suspended_between(suspensions, *before, record.on);
    if (counts) found.push_back(static_cast<int>((record.on - *before).count()));
    before = record.on;
  }
  if (found.size() > kMost) {
    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(kMost));
  }
  return found;
}

}  // namespace

std::optional<LateHabit> late_habit(const Check& check, std::span<const Suspension> suspensions,
                                    Day today) {
  const CheckTerms& terms = version_on(check, today).terms;
  std::vector<int> intervals = intervals_of(check, terms, suspensions, today);
  if (intervals.size() < kLeast) return {};
  std::sort(intervals.begin(), intervals.end());
  const auto first_late =
      std::upper_bound(intervals.begin(), intervals.end(), terms.every_days + terms.grace_days);
  const auto late = static_cast<std::size_t>(intervals.end() - first_late);
  if (2 * late <= intervals.size()) return {};
  const int middle = *(first_late + static_cast<std::ptrdiff_t>((late - 1) / 2));
  const std::size_t three_in_four = (3 * intervals.size() + 3) / 4;
  return LateHabit{static_cast<int>(intervals.size()), static_cast<int>(late),
                   middle - terms.every_days - terms.grace_days,
                   intervals[three_in_four - 1] - terms.every_days};
}

}  // namespace omamori
