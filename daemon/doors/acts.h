// What can be answered by a link (P8): which kinds of obligation have one, and what fits each.
#pragma once

#include <vector>

#include "daemon/model/door_act_kind.h"
#include "daemon/model/obligation.h"

namespace omamori {

bool is_answered_by_link(ObligationKind kind);
// The likeliest first.
std::vector<DoorActKind> acts_for(ObligationKind kind);

}  // namespace omamori
