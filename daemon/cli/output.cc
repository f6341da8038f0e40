#include "daemon/cli/output.h"

#include <unistd.h>

#include <iostream>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "daemon/answer/terminal_text.h"

namespace omamori {

namespace {

// Documents and CSV go into files and programs as they are; whoever looks at them on a terminal is
// not to be deceived by them, either.
bool for_a_program(const CommandLine& line) {
  const Request& request = line.request;
  const bool csv =
      request.flag("csv") || request.command == "export" || request.command == "template";
  return (request.json || csv) && ::isatty(STDOUT_FILENO) == 0;
}

}  // namespace

void say_error(std::string_view text) { std::cerr << terminal_text(text); }

void say_refused(const CommandLine& line, const std::string& why) {
  if (line.request.json) {
    const std::string text = why.substr(0, why.find_last_not_of('\n') + 1);
    std::cout << boost::json::serialize(boost::json::object{{"error", text}}) << "\n";
  }
  say_error(why);
}

int print(const CommandLine& line, const Response& response) {
  if (response.out.empty() && response.exit != Exit::ok) {
    say_refused(line, response.err);
  } else {
    std::cout << (for_a_program(line) ? response.out : terminal_text(response.out)) << std::flush;
    say_error(response.err);
  }
  return static_cast<int>(response.exit);
}

int no_answer(const CommandLine& line, Exit exit, const std::string& why) {
  say_refused(line, why);
  return line.request.command == "status" ? static_cast<int>(Exit::usage) : static_cast<int>(exit);
}

}  // namespace omamori
