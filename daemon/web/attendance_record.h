// Writes down what came by a page of attendance: all of it or nothing, and once. Loop thread;
// writes to the store.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/web/attendance_form.h"
#include "daemon/web/attendance_holder.h"

namespace omamori {

// What became of one person of a form, in DoorAct::answer.
inline constexpr const char* kNewRecord = "";
inline constexpr const char* kKnownRecord = "known";    // it was a record already, which stays
inline constexpr const char* kVoidedRecord = "voided";  // it was, and was voided

// ... of an undo: a sensor, a list or somebody else said the same, so the record stays.
inline constexpr const char* kStaysRecorded = "stays";

struct AttendanceDone {
  std::vector<DoorAct> acts;  // subject = check, act = the word of the outcome
  std::string nonce;          // undoes what is new until `undo_until`; "" = nothing can be
  Instant undo_until{};
};

// What identifies a form, whose people come by check: the same again is answered alike.
std::string hash_of_form(const std::vector<Attended>& people);

// What that form was answered before.
std::optional<AttendanceDone> attendance_answered(const AttendanceHolder& holder,
                                                  const std::string& form, Service& service);

// A record of the same check, day and outcome by another door is that record (P8).
std::variant<AttendanceDone, std::vector<AttendanceError>> record_attendance(
    const AttendanceHolder& holder, const std::vector<Attended>& people, const std::string& form,
    Service& service);

// All that the form recorded is voided, or nothing: within 30 minutes, once, by who sent it. But
// what somebody else has said, too.
std::optional<std::vector<DoorAct>> undo_attendance(const AttendanceHolder& holder,
                                                    const std::string& nonce, Service& service);

}  // namespace omamori
