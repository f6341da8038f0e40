// Whose page of attendance a link opens, and who is on it (P8). Reads the store; writes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/reminders/context.h"
#include "daemon/rules/check_state.h"
#include "db/door_records.h"

namespace omamori {

// Somebody whom the provider confirms by one safety check.
struct ExpectedPerson {
  std::string client, check;
  std::string provider_ref;  // what the provider calls them; "" = nothing
  CheckStanding standing;
  std::vector<CheckIn> check_ins;
  bool due = false;  // the provider's record is awaited today
};

struct AttendanceHolder {
  DoorToken token;
  Staff staff;
  // Due ones first: lapsed, then by the last day; the others by the day on which they will be.
  std::vector<ExpectedPerson> people;  // never empty

  const ExpectedPerson* find(const std::string& check) const;
};

// Nothing for whatever is no token, unknown, of another door, key or generation, not carried by a
// message for 90 days, of somebody who has left or has no check any more: from outside all alike.
std::optional<AttendanceHolder> attendance_holder(std::string_view token, Service& service);

}  // namespace omamori
