// Whose link is it, and does it work? What the links of all doors have in common (P8). Reads the
// store; writes nothing.
#pragma once

#include <optional>
#include <string_view>

#include "daemon/reminders/context.h"
#include "db/door_records.h"

namespace omamori {

struct LinkHolder {
  DoorToken token;
  Staff staff;  // for whom the link was made
};

// Nothing for whatever is no token of that door, unknown, of another key or generation, not carried
// by a message for 90 days, or of somebody who has left: from outside all of these look alike.
std::optional<LinkHolder> link_holder(std::string_view token, std::string_view door,
                                      Service& service);

}  // namespace omamori
