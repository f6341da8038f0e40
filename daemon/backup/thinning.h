// Which copies are kept: the last of each of the last days, then of weeks, then of months, so that
// a mistake that is noticed late can still be looked up. Pure.
#pragma once

#include <vector>

#include "config/config.h"
#include "daemon/model/time_zone.h"

namespace omamori {

// Those of `copies` that are not kept any more, ascending. Days, weeks (from Monday on) and months
// are the zone's; today's, this week's and this month's are the first of those that are counted.
// Never among them: the newest, all of today, and whatever is later than `now` — of a clock that
// was wrong, it is for a person to judge.
std::vector<Instant> copies_to_remove(std::vector<Instant> copies, const BackupConfig& keep,
                                      const Zone& zone, Instant now);

}  // namespace omamori
