#include "daemon/cli/output.h"

#include <iostream>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace omamori {

void say_refused(const CommandLine& line, const std::string& why) {
  if (line.request.json) {
    const std::string text = why.substr(0, why.find_last_not_of('\n') + 1);
    std::cout << boost::json::serialize(boost::json::object{{"error", text}}) << "\n";
  }
  std::cerr << why;
}

int print(const CommandLine& line, const Response& response) {
  if (response.out.empty() && response.exit != Exit::ok) {
    say_refused(line, response.err);
  } else {
    std::cout << response.out << std::flush;
    std::cerr << response.err;
  }
  return static_cast<int>(response.exit);
}

int no_answer(const CommandLine& line, Exit exit, const std::string& why) {
  say_refused(line, why);
  return line.request.command == "status" ? static_cast<int>(Exit::usage) : static_cast<int>(exit);
}

}  // namespace omamori
