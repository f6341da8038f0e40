// Takes back what came by a link or in a reply: within 30 minutes, once, by who has the answer to
// it. Loop
// thread; writes to the store.
#pragma once

#include <optional>
#include <string>

#include "daemon/recording/act_holder.h"

namespace omamori {

struct Undone {
  DoorAct act;
  // Another door had said the same since: that word stands, and so does the record.
  bool record_stays = false;
};

// Takes back one that is known to be theirs. Nothing: too late, undone already, or changed by
// somebody else since. `actor`: who, and by which door.
std::optional<Undone> undo_recorded(DoorAct act, const std::string& actor, Service& service);

// Nothing: no such nonce, too late, undone already, or changed by somebody else since.
std::optional<Undone> undo_act(const ActHolder& holder, const std::string& nonce, Service& service);

}  // namespace omamori
