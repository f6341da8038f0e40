// `receive-mail`: what a mail server hands over on standard input goes to omamorid. A mail server
// knows two answers: it is done, or it is to be kept and brought again.
#pragma once

#include <istream>
#include <string_view>

#include "daemon/cli/command_line.h"

namespace omamori {

inline constexpr std::string_view kReceiveMail = "receive-mail";

// Hands the mail to the daemon; its exit code: 0, or why not. `mail` is read to its end.
int receive_mail_here(CommandLine& line, std::istream& mail);

// The exit code as a mail server is to have it, of a command line that asks for receive-mail: 0 or
// 75, whatever went wrong, the line itself included. Of any other line `exit`.
int exit_for_mail_server(int argc, const char* const* argv, int exit);

}  // namespace omamori
