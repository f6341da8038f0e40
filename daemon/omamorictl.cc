// The operator's command. Parses the command line into a Request, reads the files it names, and has
// the same functions answer that the daemon uses. Exit codes: daemon/commands/request.h.
#include <unistd.h>

#include <iostream>

#include <boost/json/serialize.hpp>

#include "daemon/command_line.h"
#include "daemon/opening.h"

namespace omamori {
namespace {

OpenRequest opening(const CommandLine& line) {
  return {line.config_file, line.request.actor, line.clock};
}

// Why nothing was done: to people as text, and with --json also as the one document that a program
// expects on standard output.
void say_refused(const CommandLine& line, const std::string& why) {
  if (line.request.json) {
    const std::string text = why.substr(0, why.find_last_not_of('\n') + 1);
    std::cout << boost::json::serialize(boost::json::object{{"error", text}}) << "\n";
  }
  std::cerr << why;
}

int init(const CommandLine& line) {
  const auto made = initialise(opening(line), line.demo);
  if (const auto* failure = std::get_if<OpenFailure>(&made)) {
    say_refused(line, failure->text);
    return static_cast<int>(failure->exit);
  }
  std::cout << std::get<std::string>(made);
  return 0;
}

int answer(CommandLine& line) {
  if (line.request.command == "import") {
    if (const std::string why = attach_files(line); !why.empty()) {
      say_refused(line, why + "\n");
      return static_cast<int>(Exit::refused);
    }
  }
  auto opened = open_service(opening(line));
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
    say_refused(line, failure->text);
    return line.request.command == "status" ? 2 : static_cast<int>(failure->exit);
  }
  Service& service = *std::get<Opened>(opened).service;
  for (const std::string& notice : service.notices()) std::cerr << notice << "\n";
  const Response response = run_command(line.request, service);
  if (response.out.empty() && response.exit != Exit::ok) {
    say_refused(line, response.err);
  } else {
    std::cout << response.out << std::flush;
    std::cerr << response.err;
  }
  return static_cast<int>(response.exit);
}

int run(int argc, char** argv) {
  auto parsed = parse_command_line(argc, argv);
  if (const int* exit = std::get_if<int>(&parsed)) return *exit;
  CommandLine& line = std::get<CommandLine>(parsed);
  line.request.actor = "uid:" + std::to_string(getuid());
  return line.init ? init(line) : answer(line);
}

}  // namespace
}  // namespace omamori

int main(int argc, char** argv) {
  try {
    return omamori::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omamorictl: " << error.what() << "\n";
    return static_cast<int>(omamori::Exit::unavailable);
  }
}
