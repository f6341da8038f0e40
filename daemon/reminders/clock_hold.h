// The hold of a suspicious clock as the database keeps it: over restarts, until a person or a time
// server says that the clock is right. Shared by the reminder loop and `clock accept`.
#pragma once

#include <optional>
#include <string>

#include "daemon/reminders/clock_suspicion.h"
#include "db/store.h"

namespace omamori {

std::optional<ClockSuspicion> kept_clock_hold(Store& store);
// Journals "clock.held" and tells the operator.
void keep_clock_hold(Store& store, const ClockSuspicion& suspicion, const Act& act);
// From now on `act.now` is the last instant acted on. `kind` is the journal's word: "clock.accept"
// by a person, "clock.released" by itself. False: it was not held.
bool accept_clock(Store& store, const std::string& kind, const Act& act);

}  // namespace omamori
