// Something of ours does not work: the operator hears of it at once and then daily until it works
// again (RULES.md section 4, `trouble`). Never about a message that speaks of trouble.
//
// Subjects, as phrasebooks and `trouble list` know them: "policy", "policy waits", "templates",
// "clock", "database", "disk", "peer smtp", "endpoint case-tool", "client C-1", "person CM-1", "row
// …".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/peer.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/context.h"
#include "daemon/reminders/decide.h"
#include "daemon/reminders/fallback.h"

namespace omamori {

// Owes what is to be told of live troubles at `act.now`; when the next one comes up.
std::optional<Instant> owe_troubles(Service& service, const Act& act);

// What decide found: clients and rows in trouble, and those of them that are well again.
void note_decided(Service& service, const DecideReport& report, const Act& act);
// Persons without a way, or whose every way was refused.
void note_composed(Service& service, const ComposeReport& report, const Act& act);
// Peers that have been down for a while, or disabled; when the next one is to be looked at.
std::optional<Instant> note_peers(Service& service, const std::map<std::string, PeerState>& peers,
                                  const Act& act);
// Somebody was told: whatever stood in the way is over.
void note_told(Service& service, const std::string& staff, const Act& act);

}  // namespace omamori
