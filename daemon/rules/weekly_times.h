// When the weekly message comes, and who gets it. RULES.md section 4. Pure.
//
// Its slot is send_at of `weekly_on`; a closed day moves it to the next open one. It is named by
// the ISO week in which that slot falls, so that each week has one at most, whatever the holidays
// and however the policy changes. After a downtime only the latest week is told.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/recipients.h"
#include "daemon/rules/reminder_times.h"

namespace omamori {

// ISO 8601: the week belongs to the year in which its Thursday lies.
Day monday_of(Day day);
std::string iso_week(Day day);  // "2026-W23"

struct WeeklySlot {
  Day monday{};  // of its week
  Day slot_day{};
  Instant slot{};
  bool operator==(const WeeklySlot&) const = default;
};

// The slots after `after` and until `until`, ascending, one a week at most. None if the policy says
// "never".
std::vector<WeeklySlot> weekly_slots(const SlotRules& rules, Instant after, Instant until);
// The first slot after `after`; nothing if there is none within two months: the office is closed.
std::optional<WeeklySlot> next_weekly_slot(const SlotRules& rules, Instant after);

// The obligation behind it: to tell of that week. Its key is "weekly/2026-W23".
Obligation weekly_obligation(const WeeklySlot& slot);
Reminder weekly_reminder(const WeeklySlot& slot, const std::string& staff);
bool is_weekly(const Obligation& obligation);

// What one person's weekly message speaks of.
struct WeeklyScope {
  bool whole_city = false;
  std::set<std::string> offices;  // codes; not used for the whole city
  bool covers(const std::string& office) const { return whole_city || offices.contains(office); }
};
// By staff code, on `day`: every supervisor, of their office or, without one, of the whole city;
// and for each office whoever supervises it (recipients.h: its supervisor, else the core centre,
// the city's supervisor, the operator). A core centre otherwise gets none: it has its own stages.
// Who is absent is replaced by the delegate, if there is one.
std::map<std::string, WeeklyScope> weekly_scopes(const Directory& directory, Day day);

}  // namespace omamori
