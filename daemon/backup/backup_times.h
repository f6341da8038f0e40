// When a copy of the database is made. Pure.
#pragma once

#include <chrono>
#include <optional>

#include "daemon/model/time_zone.h"

namespace omamori {

// One that failed is tried again after this.
inline constexpr std::chrono::hours kCopyAgain{1};
// Without [backup], a copy that is only looked at: damage is found by then.
inline constexpr std::chrono::days kScratchEvery{7};

struct CopiesMade {
  std::optional<Instant> succeeded;  // when the last good one was begun
  std::optional<Instant> failed;     // when the last one was begun, if it was no good
};

// What was done by a clock that was ahead of `now` is as if it had not been: it keeps nobody
// waiting.

// The instant at which the next is to begin; not later than `now`: at once. Daily at `at`; the
// first ever at once, so that whoever sets it up sees that it works.
Instant next_daily_copy(const CopiesMade& made, TimeOfDay at, const Zone& zone, Instant now);
// Weekly, at that time of day; `created`: the database.
Instant next_scratch_copy(const CopiesMade& made, Instant created, TimeOfDay at, const Zone& zone,
                          Instant now);

}  // namespace omamori
