// What the daemon says of itself, in English, by codes and without names (P7): to journald with its
// priority where a service manager collects it, else to standard error with the time. One line a
// call, printable and bounded. Any thread.
#pragma once

#include <string>

namespace omamori {

void log_info(const std::string& line);
void log_warning(const std::string& line);
void log_error(const std::string& line);

}  // namespace omamori
