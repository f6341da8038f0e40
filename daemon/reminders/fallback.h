// When telling somebody fails: the next channel, then another person, and if there is none a loud
// account of it (promise P1c). RULES.md section 4, "Channels", and section 5.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/peer.h"
#include "daemon/reminders/context.h"

namespace omamori {

struct FallbackReport {
  std::vector<std::string> given_up;  // messages whose items go to the next channel
  std::vector<std::string> too_long;  // messages in flight that are to be abandoned
  std::size_t substituted = 0;        // items owed to another person from now on
  std::vector<Stuck> stuck;           // by person
  std::vector<std::string> unreadable;
  std::optional<Instant> next;  // when something may be due for it
};

// `peers` as the delivery loop knows them. An item has failed since the first attempt of a message
// that carried it, or since its peer is down; one that is held back on purpose has not failed.
FallbackReport fall_back(Service& service, const std::map<std::string, PeerState>& peers,
                         const Act& act);

}  // namespace omamori
