// A list of attendance as a file: a check_ins CSV of the importer, read by the importer, of this
// provider's checks alone. Reads the store; writes nothing.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/web/attendance_form.h"
#include "daemon/web/attendance_holder.h"

namespace omamori {

// Rows of one file: what a provider of a hundred people writes in a quarter, and some more.
inline constexpr std::size_t kMostAttended = 5000;

// All mistakes at once, each with its line. A row about another's check is refused in the same
// words as one about a check that does not exist.
std::variant<std::vector<Attended>, std::vector<Said>> read_attendance_file(
    std::string_view bytes, const AttendanceHolder& holder, Service& service);

}  // namespace omamori
