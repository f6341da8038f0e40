#include "daemon/runtime/heartbeat.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"

namespace omamori {

std::string why_withheld(const Cycle& cycle) {
  if (!cycle.failure.empty()) return "the last turn failed: " + cycle.failure;
  if (!cycle.damage.empty()) return "the database is damaged";
  if (!cycle.clock_held.empty()) return "the clock is held: " + cycle.clock_held;
  if (cycle.held && cycle.owed_over) {
    return "[delivery] hold has kept back what is owed since " + to_string(*cycle.owed_over);
  }
  if (cycle.stuck.empty()) return "";
  std::size_t items = 0;
  std::string people;
  for (const Stuck& stuck : cycle.stuck) {
    items += stuck.items;
    if (people.empty()) people = stuck.staff.empty() ? "an operator nobody knows" : stuck.staff;
  }
  if (cycle.stuck.size() > 1) people += " and " + std::to_string(cycle.stuck.size() - 1) + " more";
  return std::to_string(items) + (items == 1 ? " item" : " items") + " owed to " + people +
         " cannot be told, nor to anybody else";
}

Instant next_beat(const Beats& beats, Instant now) {
  if (!beats.last || *beats.last > now) return now;
  return *beats.last +
         (beats.failing ? kLeastBetweenBeats : std::max(beats.period, kLeastBetweenBeats));
}

bool beat_is_due(const Beats& beats, Instant now) {
  return !beats.last || *beats.last > now || now - *beats.last >= kLeastBetweenBeats;
}

std::optional<Instant> owed_over(Service& service) {
  const Policy& policy = service.policy();
  const Instant now = service.now();
  std::optional<Instant> oldest;
  std::vector<std::string> unreadable;  // the loops name them
  const auto shortest = std::min(policy.fallback_after, policy.urgent_fallback_after);
  for (const StoredItem& item : service.store().owed_since(now - shortest, &unreadable)) {
    const bool urgent = item.reminder.urgency == Urgency::urgent;
    const auto patience = urgent ? policy.urgent_fallback_after : policy.fallback_after;
    if (!item.first_owed_at || now - *item.first_owed_at < patience) continue;
    if (!oldest || *item.first_owed_at < *oldest) oldest = item.first_owed_at;
  }
  return oldest;
}

std::string url_for_log(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return "…";
  return url.substr(0, url.find_first_of("/?#", scheme + 3)) + "/…";
}

}  // namespace omamori
