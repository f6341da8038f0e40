#include "daemon/model/clock.h"

namespace omamori {

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace omamori
