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

Instant not_too_soon(Instant wanted, const CopiesMade& made, Instant now) {
  const bool was = made.failed && *made.failed <= now;
  return was ? std::max(wanted, *made.failed + kCopyAgain) : wanted;
}

}  // namespace

Instant next_daily_copy(const CopiesMade& made, TimeOfDay at, const Zone& zone, Instant now) {
  if (!made.succeeded || *made.succeeded > now) return not_too_soon(now, made, now);
  const Instant after = *made.succeeded + std::chrono::seconds{1};
  return not_too_soon(first_from(after, at, zone), made, now);
}

Instant next_scratch_copy(const CopiesMade& made, Instant created, TimeOfDay at, const Zone& zone,
                          Instant now) {
  const Instant last = made.succeeded.value_or(created);
  if (last > now) return not_too_soon(now, made, now);
  // Seven days later at the same time of day, although that copy took a moment.
  const Instant same_day = zone.at(zone.day_of(last) + kScratchEvery, at);
  return not_too_soon(same_day, made, now);
}

}  // namespace omamori
