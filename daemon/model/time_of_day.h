// A time on the clock of the office, without a day.
#pragma once

#include <chrono>

namespace omamori {

struct TimeOfDay {
  std::chrono::minutes since_midnight{};
  bool operator==(const TimeOfDay&) const = default;
};

}  // namespace omamori
