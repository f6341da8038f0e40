// The kinds of `list`, a row each: its word, what it can make something of, and its function. An
// option that would be passed over in silence leaves somebody with an answer to another question,
// so a kind refuses what it does not know.
#pragma once

#include <string_view>
#include <vector>

#include "daemon/commands/registry.h"

namespace omamori {

struct ListRow {
  std::string_view kind;
  // Of those of the command `list`, sorted; --language and --json every kind takes.
  std::vector<std::string_view> options;
  CommandFunction* run = nullptr;
};

// Records as they are kept (list_records.cc).
const std::vector<ListRow>& record_lists();
// Those and the kinds that judge: who must act this week, what is due, what is late, how the checks
// stand, how much work lies ahead, who was visited.
const std::vector<ListRow>& list_kinds();

}  // namespace omamori
