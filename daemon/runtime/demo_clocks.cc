#include "daemon/runtime/demo_clocks.h"

#include "daemon/runtime/machine_clock.h"

namespace omamori {

ShiftedClock::ShiftedClock(Instant start) : shift_(start - SystemClock().now()) {}

Instant ShiftedClock::now() const { return SystemClock().now() + shift_; }

}  // namespace omamori
