// Who may answer by a link, and about what (P8). Reads the store; writes nothing.
#pragma once

#include <optional>
#include <string_view>

#include "daemon/reminders/context.h"
#include "db/door_records.h"

namespace omamori {

struct ActHolder {
  DoorToken token;
  Staff staff;                  // for whom the link was made
  StoredObligation obligation;  // may have ended since
  ClientFacts facts;
  // Of the client today; somebody else says who visited.
  bool is_case_manager = false;
};

// Nothing for whatever is no token, unknown, of another key or generation, not carried by a message
// for 90 days, of somebody who has left or whom the client does not concern any more: from outside
// all of these look alike.
std::optional<ActHolder> act_holder(std::string_view token, Service& service);

}  // namespace omamori
