// backup list, backup verify: looks at copies, which are in nobody's use, by itself. A disk that
// hangs, or a look that takes its time, keeps the daemon from nothing.
#pragma once

#include "daemon/cli/command_line.h"

namespace omamori {

// The exit code. verify: 1 if the copy is no good.
int backup_list(const CommandLine& line);
int backup_verify(const CommandLine& line);

}  // namespace omamori
