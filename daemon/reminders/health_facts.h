// What health is judged by (daemon/reminders/health.h), read from the store, the settings and what
// the last turns met. A part that cannot be read hides no other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/reminders/context.h"
#include "daemon/reminders/peer_view.h"

namespace omamori {

// One person's items that have been owed for longer than fallback_after (urgent ones:
// urgent_fallback_after) allows, or that find no way at all.
struct Waiting {
  std::string staff;  // "": an operator nobody knows
  std::size_t items = 0;
  Instant since{};
  // Each of them was told to somebody else too, or will be within the same patience; of trouble
  // somebody has heard, if there is any operator. The file says so at once after a start, before
  // anything is tried again (P1c).
  bool told_elsewhere = true;
};

struct HealthFacts {
  Instant now{};
  bool daemon_runs = true;            // false: this process is no daemon and none answers
  std::optional<Instant> last_acted;  // nothing: never
  Instant created{};                  // the database
  LastTurns turns;
  std::string unreadable_file;  // why SQLite cannot read the database; "" = it can
  std::string clock_hold;
  bool held = false;  // by [delivery] hold, or since a restore
  Service::Hold hold;
  // Of [backup]: when the last good copy was begun, and since when another should have come.
  std::optional<Instant> newest_copy;
  std::optional<Instant> copies_expected_since;  // nothing: none are made
  std::vector<Waiting> waiting;
  std::vector<std::string> notices;  // faults of the start and of reloads
  StoreCounts counts;
  std::optional<Instant> next_client;
  std::vector<std::string> unreadable_rows;  // "staff CM-9"
  std::string unreadable_obligation;         // why; "" = all can be read
  std::vector<PeerView> peers;
  std::vector<StoredTrouble> troubles;
  std::string heartbeat_failing;
  std::string doors_failing;
};

HealthFacts read_health_facts(Service& service);

}  // namespace omamori
