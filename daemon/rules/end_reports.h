// What a case manager's word that service has ended means until a supervisor confirms it (RULES.md
// section 4, `end_report`): the case manager's reminders wait, nobody else's do. Pure.
#pragma once

#include <chrono>
#include <optional>

#include "daemon/model/facts.h"

namespace omamori {

// So long the reminders wait, and so long the supervisor has to confirm it.
inline constexpr std::chrono::days kEndReportWaits{14};

// The one that waits to be confirmed on `today`; null: there is none. A visit or contact dated
// after the reported day shows that it was wrong; the end of service answers it.
const EndReport* standing_end_report(const ClientFacts& facts, Day today);

// Whether it stands or not: the latest whose wait is not long over. Another one would make the
// reminders wait again and again, so it is refused meanwhile. Null: there is none.
const EndReport* recent_end_report(const ClientFacts& facts, Day today);

// The first day on which somebody was seen or reached after the reported day.
std::optional<Day> seen_after(const ClientFacts& facts, const EndReport& report, Day today);

}  // namespace omamori
