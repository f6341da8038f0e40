// The operator's command. Parses the command line into a Request and has it answered: by omamorid,
// or in this process if no daemon runs (daemon/cli/ask.h). Exit codes: daemon/control/request.h.
#include <unistd.h>

#include <iostream>
#include <string>
#include <variant>

#include "daemon/cli/ask.h"
#include "daemon/cli/backup.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/doctor.h"
#include "daemon/cli/output.h"
#include "daemon/cli/owner.h"
#include "daemon/cli/receive_mail.h"
#include "daemon/cli/restore.h"
#include "daemon/runtime/machine_clock.h"
#include "notifiers/probe.h"

namespace omamori {
namespace {

int init(const CommandLine& line) {
  const auto made = initialise(opening(line), line.demo);
  if (const auto* failure = std::get_if<OpenFailure>(&made)) {
    say_refused(line, failure->text);
    return static_cast<int>(failure->exit);
  }
  std::cout << std::get<std::string>(made);
  return 0;
}

int run(int argc, char** argv) {
  auto parsed = parse_command_line(argc, argv);
  if (const int* exit = std::get_if<int>(&parsed)) return *exit;
  CommandLine& line = std::get<CommandLine>(parsed);
  line.request.actor = "uid:" + std::to_string(getuid());
  if (line.init) return init(line);
  if (line.request.command == kReceiveMail) return receive_mail_here(line, std::cin);
  if (line.request.command == "doctor") return doctor(line, CurlProbe(), &read_machine_clock);
  if (line.request.command == "restore") return restore_command(line);
  if (line.request.command == "backup list") return backup_list(line);
  if (line.request.command == "backup verify") return backup_verify(line);
  return ask_and_print(line);
}

}  // namespace
}  // namespace omamori

int main(int argc, char** argv) {
  int exit = static_cast<int>(omamori::Exit::unavailable);
  try {
    exit = omamori::run(argc, argv);
  } catch (const std::exception& error) {
    omamori::say_error(std::string("omamorictl: ") + error.what() + "\n");
  }
  return omamori::exit_for_mail_server(argc, argv, exit);
}
