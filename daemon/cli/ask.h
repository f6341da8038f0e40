// One command, from the parsed line to the exit code: asked of omamorid, or answered in this
// process where none runs. What is printed and the exit code do not depend on the way.
#pragma once

#include "daemon/cli/command_line.h"

namespace omamori {

// Reads the files that the command names, asks, prints. Throws what breaks off on the way.
int ask_and_print(CommandLine& line);

}  // namespace omamori
