#include "daemon/commands/all.h"

namespace omamori {

void add_read_commands(std::map<std::string, Command>&) {}

}  // namespace omamori
