// Who may answer by a link or in a reply, and about what (P8). Reads the store; writes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/doors/acts.h"
#include "daemon/reminders/context.h"
#include "db/door_records.h"

namespace omamori {

struct ActHolder {
  DoorToken token;
  Staff staff;                  // for whom the link was made
  std::string actor;            // by which door, for the journal: "link:CM-1", "reply:CM-1"
  StoredObligation obligation;  // may have ended since
  ClientFacts facts;
  // Of the client today; somebody else says who visited.
  bool is_case_manager = false;
  // Supervises: a word of theirs that service has ended ends it, and there is nobody to pass it on
  // to.
  bool supervises = false;
  std::vector<DoorActKind> acts;  // that are offered, the likeliest first
  // A mail about what is recorded goes to them anyhow: they need no receipt.
  bool hears_at_once = false;
};

// Nothing for whatever is no token, unknown, of another key or generation, not carried by a message
// for 90 days, of somebody who has left or whom the client does not concern any more: from outside
// all of these look alike.
std::optional<ActHolder> act_holder(std::string_view token, Service& service);

// The same for a line of a message that `staff` replies to: who may not use its link may not reply.
std::optional<ActHolder> reply_holder(const Staff& staff, const std::string& obligation,
                                      Service& service);

}  // namespace omamori
