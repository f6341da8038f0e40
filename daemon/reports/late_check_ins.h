// Is a safety check (安否確認) carried out more slowly than was agreed? One late record is an
// accident and a lapse; records that are late as a rule mean that the rhythm does not fit, and that
// case managers hear of lapses that are none. Pure.
#pragma once

#include <optional>
#include <span>

#include "daemon/model/facts.h"

namespace omamori {

struct LateHabit {
  int intervals = 0;      // from one ok to the next, that were looked at
  int late = 0;           // of these, longer than every + grace
  int days_late = 0;      // the middle one of the late: so many days beyond every + grace
  int fitting_grace = 0;  // grace_days with which three in four would have been in time
};

// More than half of the last intervals (eight at most, four at least) were too long. Counted are
// the days from one `ok` to the next, up to `today`; not those in which the client was suspended,
// and not those that began before the check had its present every_days.
std::optional<LateHabit> late_habit(const Check& check, std::span<const Suspension> suspensions,
                                    Day today);

}  // namespace omamori
