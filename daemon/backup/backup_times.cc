#include "daemon/backup/backup_times.h"

#include <algorithm>

namespace omamori {
namespace {

using std::chrono::days;

// The first instant of that time of day at or after `from`.
Instant first_from(Instant from, TimeOfDay at, const Zone& zone) {
  const Day day = zone.day_of(from);
  const Instant same_day = zone.at(day, at);
  return same_day >= from ? same_day : zone.at(day + days{1}, at);
}

Instant not_too_soon(Instant wanted, const CopiesMade& made) {
  return made.failed ? std::max(wanted, *made.failed + kCopyAgain) : wanted;
}

}  // namespace

Instant next_daily_copy(const CopiesMade& made, TimeOfDay at, const Zone& zone, Instant now) {
  if (!made.succeeded) return not_too_soon(now, made);
  // One of a clock that was ahead keeps nobody waiting for it.
  const Instant last = std::min(*made.succeeded, now);
  return not_too_soon(first_from(last + std::chrono::seconds{1}, at, zone), made);
}

Instant next_scratch_copy(const CopiesMade& made, Instant created, TimeOfDay at, const Zone& zone) {
  const Instant last = made.succeeded.value_or(created);
  // Seven days later at the same time of day, although that copy took a moment.
  const Instant same_day = zone.at(zone.day_of(last) + kScratchEvery, at);
  return not_too_soon(same_day, made);
}

}  // namespace omamori
