// The groups of commands, each registered by its own file.
#pragma once

#include <map>
#include <string>

#include "daemon/commands/command.h"

namespace omamori {

void add_import_command(std::map<std::string, Command>& into);
// import, record …, void, suspend, resume, assign, end (import_command.cc, record_commands.cc).
void add_write_commands(std::map<std::string, Command>& into);
// check, export, list, show, plan, explain, log, status, preview (one file each); outbox list and
// show.
void add_read_commands(std::map<std::string, Command>& into);
// endpoint list, enable; clock show, accept; trouble list, drop; test-message (a file each).
void add_endpoint_commands(std::map<std::string, Command>& into);
void add_clock_commands(std::map<std::string, Command>& into);
void add_trouble_commands(std::map<std::string, Command>& into);
void add_test_message_command(std::map<std::string, Command>& into);
// ack (ack_command.cc).
void add_ack_command(std::map<std::string, Command>& into);
// doctor part (doctor_command.cc).
void add_doctor_command(std::map<std::string, Command>& into);
// outbox retry, outbox drop (outbox_command.cc).
void add_outbox_commands(std::map<std::string, Command>& into);

}  // namespace omamori
