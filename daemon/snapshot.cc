#include "daemon/snapshot.h"

namespace omamori {

std::vector<Telling> tellings_of(const std::vector<StoredItem>& items) {
  std::vector<Telling> told;
  told.reserve(items.size());
  for (const StoredItem& item : items) {
    if (item.state == ItemState::skipped) continue;
    told.push_back({item.reminder.obligation, item.reminder.staff, item.reminder.days});
  }
  return told;
}

Plan plan_client(Service& service, const Planning& planning, const ClientFacts& facts,
                 Instant now) {
  Store& store = service.store();
  const std::vector<KnownObligation> known = store.known_obligations(facts.code);
  const std::vector<Telling> told = tellings_of(store.items_of(facts.code));
  const auto schedule = store.schedule(facts.code);
  // A client without a schedule row was never planned: all that is known of it is new.
  const Instant changed_at = schedule ? schedule->changed_at : now;
  return plan({facts, planning.terms, planning.directory, planning.workdays, service.zone(), known,
               told, changed_at},
              planning.policy, now);
}

}  // namespace omamori
