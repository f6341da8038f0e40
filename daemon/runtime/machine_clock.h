// The clocks of this machine. The only place that reads the wall clock: everything else takes an
// Instant, or a Clock.
#pragma once

#include "daemon/model/clock.h"
#include "daemon/reminders/clock_suspicion.h"

namespace omamori {

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Both clocks of the machine, and whether a time server keeps the calendar clock right as far as we
// may know: adjtimex where it is allowed, else what systemd-timesyncd leaves in /run, else what
// chronyd or ntpd answer (daemon/runtime/time_servers.h).
ClockReading read_machine_clock();

}  // namespace omamori
