#include "daemon/snapshot.h"

namespace omamori {

Plan plan_client(Service& service, const Planning& planning, const ClientFacts& facts,
                 Instant now) {
  return plan_client(service.zone(), planning, facts, service.store().memory(facts.code), now);
}

Plan plan_client(const Zone& zone, const Planning& planning, const ClientFacts& facts,
                 const ClientMemory& memory, Instant now) {
  // A client without a schedule was never planned: all that is known of it is new.
  const Instant changed_at = memory.schedule ? memory.schedule->changed_at : now;
  return plan({facts, planning.terms, planning.directory, planning.workdays, zone, memory.known,
               memory.told, changed_at},
              planning.policy, now);
}

}  // namespace omamori
