// For peers that answer, sooner or later: so much later that only a hang is too late, and that is
// ended by ctest before (TIMEOUT in tests/CMakeLists.txt).
#pragma once

#include <chrono>

#include "notifiers/time_limits.h"

namespace omamori {

inline constexpr std::chrono::hours kPatience{1};
inline constexpr TimeLimits kPatient{.connect = kPatience, .reply = kPatience, .whole = kPatience};

}  // namespace omamori
