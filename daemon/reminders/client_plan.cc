#include "daemon/reminders/client_plan.h"

#include <algorithm>

namespace omamori {
// Until the instant at which the client was to be looked at again, nothing could change by itself:
// what is new now is not older than that. What facts or a policy brought about is as old as they. A
// client without a schedule was never planned: all that is known of it is new.
Instant newest_change(const ClientMemory& memory, Instant now) {
  if (!memory.schedule) return now;
  const ClientSchedule& schedule = *memory.schedule;
  const bool by_itself =
      !schedule.dirty && schedule.next_at && schedule.reason != kCouldNotBePlanned;
  if (!by_itself) return schedule.changed_at;
  return std::max(schedule.changed_at, std::min(*schedule.next_at, now));
}

Instant looked_at_until(const ClientMemory& memory) {
  if (!memory.schedule || memory.schedule->reason == kCouldNotBePlanned) return Instant::min();
  return memory.schedule->next_at.value_or(Instant::max());
}

Plan plan_client(Service& service, const Planning& planning, const ClientFacts& facts,
                 Instant now) {
  return plan_client(service.zone(), planning, facts, service.store().memory(facts.code), now);
}

Plan plan_client(const Zone& zone, const Planning& planning, const ClientFacts& facts,
                 const ClientMemory& memory, Instant now) {
  return plan({facts, planning.terms, planning.directory, planning.workdays, zone, memory.known,
               memory.told, newest_change(memory, now), looked_at_until(memory)},
              planning.policy, now);
}

}  // namespace omamori
