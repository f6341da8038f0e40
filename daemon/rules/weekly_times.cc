#include "daemon/rules/weekly_times.h"

#include <algorithm>

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

// The longest time an office can be closed without anybody having meant it.
constexpr days kLongestClosing{60};

// The slot of each day `weekly_on` from before `after` to behind `until`, moved to an open day.
std::vector<WeeklySlot> moved_slots(const SlotRules& rules, Day from, Day to) {
  std::vector<WeeklySlot> found;
  const std::chrono::weekday wanted = *rules.policy.weekly_on;
  Day day = from + (wanted - std::chrono::weekday(from));
  for (; day <= to; day += days{7}) {
    const Day open = rules.workdays.open_from(day);
    found.push_back({monday_of(open), open, rules.zone.at(open, rules.policy.send_at)});
  }
  return found;
}

const Staff* who_reads(const Directory& directory, const Staff& supervisor, Day day) {
  const Staff* present = directory.present(supervisor.code, day);
  return present ? present : directory.active(supervisor.code, day);
}

}  // namespace

Day monday_of(Day day) { return day - (std::chrono::weekday(day) - std::chrono::Monday); }

std::string iso_week(Day day) {
  const Day thursday = monday_of(day) + days{3};
  const auto year = year_month_day(thursday).year();
  const Day new_year = std::chrono::local_days{year / std::chrono::January / 1};
  const auto number = (thursday - new_year).count() / 7 + 1;
  return std::to_string(static_cast<int>(year)) + (number < 10 ? "-W0" : "-W") +
         std::to_string(number);
}

std::vector<WeeklySlot> weekly_slots(const SlotRules& rules, Instant after, Instant until) {
  std::vector<WeeklySlot> found;
  if (!rules.policy.weekly_on || until <= after) return found;
  const Day from = rules.zone.day_of(after) - kLongestClosing;
  for (const WeeklySlot& slot : moved_slots(rules, from, rules.zone.day_of(until))) {
    // Two days that move into one week are one message, the earlier.
    const bool same_week = !found.empty() && found.back().monday == slot.monday;
    if (!same_week) found.push_back(slot);
  }
  std::erase_if(found, [&](const WeeklySlot& s) { return s.slot <= after || s.slot > until; });
  return found;
}

std::optional<WeeklySlot> next_weekly_slot(const SlotRules& rules, Instant after) {
  const auto slots = weekly_slots(rules, after, after + kLongestClosing);
  if (slots.empty()) return {};
  return slots.front();
}

Obligation weekly_obligation(const WeeklySlot& slot) {
  Obligation about;
  about.kind = ObligationKind::weekly;
  about.key = "weekly/" + iso_week(slot.monday);
  about.opened = slot.slot_day;
  about.window_from = slot.monday;
  about.due_by = slot.monday + days{6};
  about.count_from = slot.slot_day;
  return about;
}

Reminder weekly_reminder(const WeeklySlot& slot, const std::string& staff) {
  Reminder reminder;
  reminder.obligation = weekly_obligation(slot).key;
  reminder.stage = "overview";
  reminder.slot_day = slot.slot_day;
  reminder.slot = slot.slot;
  reminder.staff = staff;
  reminder.as = Role::supervisor;
  reminder.urgency = Urgency::own_at_slot;
  return reminder;
}

bool is_weekly(const Obligation& obligation) { return obligation.kind == ObligationKind::weekly; }

std::map<std::string, WeeklyScope> weekly_scopes(const Directory& directory, Day day) {
  std::map<std::string, WeeklyScope> scopes;
  for (const Office& office : directory.all_offices()) {
    const std::string who = supervising(directory, office.code, "", day).staff;
    if (!who.empty()) scopes[who].offices.insert(office.code);
  }
  for (const Staff& staff : directory.all_staff()) {
    if (staff.role != Role::supervisor) continue;
    const Staff* reader = who_reads(directory, staff, day);
    if (!reader) continue;
    if (staff.office.empty()) {
      scopes[reader->code].whole_city = true;
    } else {
      scopes[reader->code].offices.insert(staff.office);
    }
  }
  return scopes;
}

}  // namespace omamori
