// The log of the daemon in tests: kept in memory in place of daemon/runtime/log.cc, so that a year
// of it does not fill the terminal and a test can read it. One thread.
#pragma once

#include <string>
#include <vector>

namespace omamori::sim {

// Every line since the program began, oldest first.
std::vector<std::string>& log_lines();

}  // namespace omamori::sim
