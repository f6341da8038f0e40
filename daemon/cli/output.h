// What omamorictl prints, without anything that would command a terminal: answers to standard
// output, why there is none to standard error and, with
// --json, also as the one document that a program expects on standard output. The exit codes:
// daemon/control/request.h.
#pragma once

#include <string>
#include <string_view>

#include "daemon/cli/command_line.h"

namespace omamori {

// On standard error, as daemon/answer/terminal_text.h has it.
void say_error(std::string_view text);

// Why nothing was done. `why` ends its lines itself.
void say_refused(const CommandLine& line, const std::string& why);

// Prints an answer and gives its exit code.
int print(const CommandLine& line, const Response& response);

// Nothing was answered, and why. For `status` that is the answer, whatever `exit` says: down.
int no_answer(const CommandLine& line, Exit exit, const std::string& why);

}  // namespace omamori
