// `doctor` as omamorictl does it: what only the owner of the database knows is asked of it, all
// else is looked at from this process (daemon/doctor/examination.h).
#pragma once

#include "daemon/cli/command_line.h"
#include "daemon/doctor/examination.h"

namespace omamori {

// Prints what was found and gives the exit code. `probe` looks at the peers.
int doctor(const CommandLine& line, const NetworkProbe& probe, const ReadClock& read_clock);

}  // namespace omamori
