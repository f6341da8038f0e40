// One client as the decision sees it: the facts beside what the store remembers of the client (what
// was live, who was told what, when something last changed). Reads the store, writes nothing.
#pragma once

#include <vector>

#include "daemon/plan.h"
#include "daemon/service.h"

namespace omamori {

// What each person was told or is owed, as the plan compares it. A skipped item is left out: its
// stage is told once the reason for the silence (a suspension, an acknowledgement) is gone, unless
// a later one was told meanwhile.
std::vector<Telling> tellings_of(const std::vector<StoredItem>& items);

// The plan of `facts` at `now`. `planning` is Service::planning(), read once for many clients.
Plan plan_client(Service& service, const Planning& planning, const ClientFacts& facts, Instant now);

}  // namespace omamori
