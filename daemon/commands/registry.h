// The commands of omamorictl: one row each. From its row a command has its place on the command
// line and in the help (daemon/cli/command_line.cc), its options, and the function that answers it,
// be it in omamorid for the control socket or in omamorictl where no daemon runs.
//
// To add one: a file with its function, and a row in registry.cc.
#pragma once

#include <string_view>
#include <vector>

#include "daemon/control/request.h"
#include "daemon/reminders/context.h"

namespace omamori {

// An exception a command lets out is a bug or a broken database.
using CommandFunction = Response(const Request&, Service&);

// One option of a command; its value becomes Request.options[name].
struct CommandOption {
  enum class Kind {
    positional,    // required, in the order of the rows
    value,         // --name TEXT
    flag,          // --name
    path,          // positional, may be left out: FILE, as an absolute path
    policy_file,   // positional: a policy.toml, which goes along in Request.files
    import_files,  // positional: DIR, or KIND FILE; the CSV files go along
  };
  Kind kind = Kind::value;
  std::string_view name;
  std::string_view help;
};

struct CommandRow {
  std::string_view name;     // "plan", or "record check-in": of a group
  std::string_view summary;  // of one line
  std::vector<CommandOption> options{};
  CommandFunction* run = nullptr;
  CommandDoes does = CommandDoes::operates;  // and so who may use it
  bool shows_people = false;                 // with their names: a look that the access log keeps
  // A changed policy.toml is not put in force before it is answered: what it would do is the
  // question.
  bool leaves_policy = false;
  bool changes_addresses = false;  // of people: whoever could not be told may be now
  // What it takes counts from the day it is taken: refused while the clock is not believed.
  bool counts_from_today = false;
  bool hidden = false;  // asked by omamorictl for another command, not by people
};

// In the order of the help. Never changes while a program runs.
const std::vector<CommandRow>& commands();
// Null: this version has none of that name.
const CommandRow* find_command(std::string_view name);

// The first word of commands of two words.
struct CommandGroup {
  std::string_view name;
  std::string_view summary;
};
const std::vector<CommandGroup>& command_groups();

// "" or why whoever asks may not: by `peer`, which only the control socket sets. Looks names up
// where a list is set.
std::string not_allowed(const Request& request, const ControlLists& lists);

// Rows of a file of their own: backups and what is restored from them.
std::vector<CommandRow> backup_rows();

// What omamorictl does by itself before there is an owner of the database to ask.
CommandFunction by_omamorictl;

// Runs the command of that name. One that this version does not know is refused with words: a newer
// omamorictl may ask an older omamorid.
Response run_command(const Request& request, Service& service);

}  // namespace omamori
