// The hold of a suspicious clock as the database keeps it: over restarts, until a person or a time
// server says that the clock is right. Shared by the reminder loop and `clock accept`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/reminders/clock_suspicion.h"
#include "db/store.h"

namespace omamori {

std::optional<ClockSuspicion> kept_clock_hold(Store& store);
// What the clock said when it was held; nothing where that is not known.
std::optional<Instant> kept_clock_seen(Store& store);
// What the journal holds of the last hold, or of the one that goes on: records that people made
// while no one knew what day it was. Oldest first.
std::vector<JournalRow> recorded_while_held(Store& store);
// Journals "clock.held" and tells the operator. `act.now` is what the clock says.
void keep_clock_hold(Store& store, const ClockSuspicion& suspicion, const Act& act);
// From now on `act.now` is the last instant acted on. `kind` is the journal's word: "clock.accept"
// by a person, "clock.released" by itself. False: it was not held.
bool accept_clock(Store& store, const std::string& kind, const Act& act);

}  // namespace omamori
