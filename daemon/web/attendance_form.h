// What a provider filled in on the page of attendance, read as values. Pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/model/time_zone.h"
#include "daemon/web/target.h"

namespace omamori {

// One person who was confirmed, or was not.
struct Attended {
  std::string check;
  Outcome outcome = Outcome::ok;
  Day on{};
  // Today: now, so that it comes after what was said this morning. Of another day the hour is not
  // known: its noon, as in CSV files; of a concern its end, because what was seen on that day is no
  // answer to it.
  Instant at{};
  std::string by, note;
  bool voided = false;     // a row of a file that was recorded and voided: not recorded again
  bool day_alone = false;  // as CheckIn::day_alone
  bool operator==(const Attended&) const = default;
};

// Why nothing was recorded. `check` and `field` say where: the day of one person, the day of all
// ("", "on"), or nothing on the page ("", "").
struct AttendanceError {
  std::string check;
  std::string field;  // "on", "note"
  Said what;
};

// Fields are "on", and "outcome-CODE", "on-CODE", "note-CODE" of each check; whoever has no outcome
// is left out. All mistakes at once. A day that nobody typed is one: programs that follow links
// submit what they find (P8).
std::variant<std::vector<Attended>, std::vector<AttendanceError>> read_attendance_form(
    const FormFields& fields, Instant now, const Zone& zone);

}  // namespace omamori
