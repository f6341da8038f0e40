// A command of omamorictl as a value, and its answer. The same functions serve the command line
// (when no daemon runs) and the control socket: whoever asks has already read the files that a
// command needs, so a request is complete in itself.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/service.h"

namespace omamori {

struct CommandFile {
  std::string name;
  std::string bytes;
};

struct Request {
  std::string command;                         // "plan", "record monitoring"
  std::map<std::string, std::string> options;  // "client" → "C-1"; a flag that is given → "yes"
  std::vector<CommandFile> files;              // import: the CSV files
  std::string actor;                           // "uid:0"
  bool json = false;

  bool flag(const std::string& name) const { return options.count(name) != 0; }
  std::string text(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
  }
};

// Exit codes, the same for every command and documented in README.md.
enum class Exit {
  ok = 0,
  refused = 1,      // the request was understood and refused; nothing changed. `status`: degraded
  usage = 2,        // the command line is wrong. `status`: down
  unavailable = 3,  // the database is in use, missing or not ours
  needs_yes = 4,    // shown, not done: asks for --yes
  config = 78,      // omamori.toml or policy.toml cannot be used
};

// `out` goes to standard output, as text or, where the request says json, as one JSON document;
// `err` to standard error, always text.
struct Response {
  Exit exit = Exit::ok;
  std::string out;
  std::string err;
};

using Command = std::function<Response(const Request&, Service&)>;

// All commands by name. An exception a command lets out is a bug or a broken database.
const std::map<std::string, Command>& commands();

// Helpers of the commands.
Response refused(const std::string& why);
// `--at DAY`, else today; nothing and an error in `why` if it is not a day.
std::optional<Day> day_option(const Request& request, const std::string& name, Day otherwise,
                              std::string& why);

}  // namespace omamori
