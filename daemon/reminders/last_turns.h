// What the turns of a daemon met and its database may not say: a disk that takes nothing takes no
// word of that either. Kept in memory, by the daemon; read by daemon/reminders/health_facts.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

// Owed for too long, and neither another channel nor another person can be told.
struct Stuck {
  std::string staff;
  std::size_t items = 0;
  Instant since{};
  bool operator==(const Stuck&) const = default;
};

struct LastTurns {
  std::string failure;  // of the last turn, or of a command that could not write; "" = none
  std::optional<Instant> failing_since;
  std::string damage;  // of the database file, as far as it was looked at; "" = none was found
  std::optional<Instant> damaged_since;
  std::vector<Stuck> stuck;  // at the last look
  bool operator==(const LastTurns&) const = default;
};

}  // namespace omamori
