// The groups of commands, each registered by its own file.
#pragma once

#include <map>
#include <string>

#include "daemon/commands/command.h"

namespace omamori {

void add_import_command(std::map<std::string, Command>& into);
// import, record …, void, suspend, resume, assign, end (import_command.cc, record_commands.cc).
void add_write_commands(std::map<std::string, Command>& into);
// check, export, list, show, plan, explain, log, status (one file each).
void add_read_commands(std::map<std::string, Command>& into);

}  // namespace omamori
