// The rows of daemon/commands/registry.h about copies of the database.
#include "daemon/commands/registry.h"

namespace omamori {

// backup.cc
CommandFunction backup_command, backup_outcome_command, restore_release_command;

std::vector<CommandRow> backup_rows() {
  using Kind = CommandOption::Kind;
  return {
      {.name = "backup",
       .summary = "a checked copy of the database, now: into [backup] directory, or FILE",
       .options = {{Kind::path, "file", "where it is to be, as omamorid may write it"}},
       .run = backup_command},
      {.name = "backup outcome",
       .summary = "what became of one that was asked for",
       .options = {{Kind::value, "number", "as the answer said"}},
       .run = backup_outcome_command,
       .does = CommandDoes::reads,
       .hidden = true},
      {.name = "backup list",
       .summary = "the copies in [backup] directory, newest first",
       .run = by_omamorictl,
       .does = CommandDoes::reads},
      {.name = "backup verify",
       .summary = "is a copy sound, and of this database? every page and the journal's chain",
       .options = {{Kind::path, "file", "a copy (the newest)"}},
       .run = by_omamorictl,
       .does = CommandDoes::reads},
      {.name = "restore",
       .summary = "a copy takes the place of the database, while omamorid is stopped; nothing is "
                  "sent until --release",
       .options = {{Kind::path, "file", "the copy"},
                   {Kind::flag, "dry-run", "verify it and say what would be missing"},
                   {Kind::flag, "another", "also where the database here is another one"},
                   {Kind::flag, "release", "after a restore: what is due may be sent now"}},
       .run = by_omamorictl},
      {.name = "restore release",
       .summary = "the same, as the owner of the database is asked for it",
       .run = restore_release_command,
       .hidden = true},
  };
}

}  // namespace omamori
