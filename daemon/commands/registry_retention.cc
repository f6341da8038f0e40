// The rows of daemon/commands/registry.h about what is not kept.
#include "daemon/commands/command_rows.h"

namespace omamori {

CommandFunction erase_command, compact_command;

std::vector<CommandRow> retention_rows() {
  return {
      {.name = "erase",
       .summary = "everything of a client whose service is over, because the law or they ask for "
                  "it; restored copies are erased again",
       .options = {kClient, value("reason", "on whose word, by which rule (required)")},
       .run = erase_command},
      {.name = "compact",
       .summary = "gives free pages of the database back, while omamorid is stopped",
       .run = compact_command},
  };
}

}  // namespace omamori
