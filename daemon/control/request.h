// A command of omamorictl as a value, and its answer: what travels between the command line, the
// control socket and the functions that do the work. A request is complete in itself: whoever asks
// has already read the files that the command needs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/control/rights.h"

namespace omamori {

struct CommandFile {
  std::string name;
  std::string bytes;
  bool operator==(const CommandFile&) const = default;
};

struct Request {
  std::string command;                         // "plan", "record monitoring"
  std::map<std::string, std::string> options;  // "client" → "C-1"; a flag that is given → "yes"
  std::vector<CommandFile> files;              // import: the CSV files
  std::string actor;                           // "uid:0"
  bool json = false;
  // Over the control socket: who asks, for what they may. Nothing: whoever owns the database.
  std::optional<PeerIds> peer{};

  bool flag(const std::string& name) const { return options.count(name) != 0; }
  std::string text(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
  }
  bool operator==(const Request&) const = default;
};

// Exit codes, the same for every command and documented in daemon/commands/README.md.
enum class Exit {
  ok = 0,
  refused = 1,      // the request was understood and refused; nothing changed. `status`: degraded
  usage = 2,        // the command line is wrong. `status`: down
  unavailable = 3,  // the database is in use, missing, not ours or not the one that was here last
  needs_yes = 4,    // shown, not done: asks for --yes
  try_later = 75,   // receive-mail: not now; a mail server keeps the mail and comes again
  config = 78,      // omamori.toml or policy.toml cannot be used
};

// `out` goes to standard output, as text or, where the request says json, as one JSON document;
// `err` to standard error, always text.
struct Response {
  Exit exit = Exit::ok;
  std::string out;
  std::string err;
  bool operator==(const Response&) const = default;
};

}  // namespace omamori
