#include "tests/sim/quiet_log.h"

#include "daemon/runtime/log.h"

namespace omamori {

namespace sim {

std::vector<std::string>& log_lines() {
  static std::vector<std::string> lines;
  return lines;
}

}  // namespace sim

void log_info(const std::string& line) { sim::log_lines().push_back(line); }
void log_warning(const std::string& line) { sim::log_lines().push_back("warning: " + line); }
void log_error(const std::string& line) { sim::log_lines().push_back("error: " + line); }

}  // namespace omamori
