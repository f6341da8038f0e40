// What a timeline may ask to be shown at an instant, besides what was told: the state of months,
// intervals and safety checks, in the words of the timelines.
#pragma once

#include <string>

#include "daemon/reminders/context.h"

namespace omamori {

// "2026-06 done, 2026-09 waived by S-1, 2026-12 planned": every month of every decision.
std::string months_shown(Service& service, const std::string& client);

// "6 months: safety_check S-1", "3 months: certificate_refused": of the period of today.
std::string interval_shown(Service& service, const std::string& client);

// "lapsed", "awaiting_first", …
std::string check_shown(Service& service, const std::string& check);

}  // namespace omamori
