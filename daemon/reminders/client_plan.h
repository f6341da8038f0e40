// One client as the decision sees it: the facts beside what the store remembers of the client (what
// was live, who was told what, when something last changed). Reads the store, writes nothing.
#pragma once

#include "daemon/reminders/context.h"
#include "daemon/rules/plan.h"

namespace omamori {

// Since when what is new about a client is known (Snapshot::changed_at). Pure.
Instant newest_change(const ClientMemory& memory, Instant now);

// Snapshot::looked_at_until. Pure.
Instant looked_at_until(const ClientMemory& memory);

// The plan of `facts` at `now`. `planning` is Service::planning(), read once for many clients.
Plan plan_client(Service& service, const Planning& planning, const ClientFacts& facts, Instant now);
// The same, where the memory has been read already. Pure.
Plan plan_client(const Zone& zone, const Planning& planning, const ClientFacts& facts,
                 const ClientMemory& memory, Instant now);

}  // namespace omamori
