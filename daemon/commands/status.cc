// Is everything as it should be, in one look: the exit code for a monitoring system, the lines for
// a person. Codes and numbers only (P7).
#include <algorithm>
#include <map>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/model/reminder.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/peer_view.h"
#include "db/sqlite/schema.h"

namespace omamori {
namespace {

using std::chrono::minutes;

// A client that is due, or waits to be planned, for longer than this has nobody looking at it.
constexpr minutes kPatience{10};

struct Status {
  StoreCounts counts;
  std::optional<Instant> last_instant;
  std::optional<Instant> next_client;
  JournalHead head;
  std::string clock_hold;
  std::vector<std::string> wrong;  // why it is degraded; empty = sound
};

std::string plural(std::size_t count, const std::string& thing, const std::string& rest) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s") + " " + rest;
}

void look_at_items(Service& service, std::vector<std::string>& wrong) {
  const Policy& policy = service.policy();
  const Instant now = service.now();
  const auto shortest = std::min(policy.fallback_after, policy.urgent_fallback_after);
  struct Late {
    std::size_t items = 0;
    Instant since{};
  };
  std::map<std::string, Late> late;  // by person
  std::vector<std::string> unreadable;
  for (const StoredItem& item : service.store().owed_since(now - shortest, &unreadable)) {
    const bool urgent = item.reminder.urgency == Urgency::urgent;
    const auto limit = urgent ? policy.urgent_fallback_after : policy.fallback_after;
    if (!item.first_owed_at || *item.first_owed_at > now - limit) continue;
    Late& person = late[item.reminder.staff];
    if (person.items++ == 0 || *item.first_owed_at < person.since) {
      person.since = *item.first_owed_at;
    }
  }
  for (const std::string& row : unreadable) wrong.push_back(row + " cannot be read");
  for (const auto& [staff, owed] : late) {
    wrong.push_back(plural(owed.items, "item",
                           "owed to " + (staff.empty() ? "an operator nobody knows" : staff) +
                               " since " + service.zone().local_text(owed.since) +
                               ", longer than fallback_after: ") +
                    (service.config().hold ? "delivery is held by omamori.toml"
                                           : "omamorictl outbox list and trouble list show why"));
  }
}

void look_at_rows(Service& service, const Status& status, std::vector<std::string>& wrong) {
  if (status.counts.unplanned_clients > 0) {
    wrong.push_back(plural(static_cast<std::size_t>(status.counts.unplanned_clients), "client",
                           "could not be planned: omamorictl trouble list says which and why"));
  }
  if (status.counts.unscheduled_clients > 0) {
    wrong.push_back(plural(static_cast<std::size_t>(status.counts.unscheduled_clients), "client",
                           "without a place in the schedule: omamorid gives it one"));
  }
  const auto planning = service.planning();
  for (const std::string& row : planning->unreadable) {
    wrong.push_back(row + ": the row cannot be read and is left out");
  }
}

void look_at_clients(Service& service, const Status& status, std::vector<std::string>& wrong) {
  const Instant long_ago = service.now() - kPatience;
  const bool nobody_acted = status.last_instant.value_or(service.store().created_at()) < long_ago;
  if (status.counts.dirty_clients > 0 && nobody_acted) {
    wrong.push_back(plural(static_cast<std::size_t>(status.counts.dirty_clients), "client",
                           "waiting to be planned: is omamorid running?"));
  } else if (status.next_client && *status.next_client < long_ago) {
    wrong.push_back("a client should have been looked at on " +
                    service.zone().local_text(*status.next_client) + ": is omamorid running?");
  }
}

void look_at_peers(Service& service, std::vector<std::string>& wrong) {
  const Zone& zone = service.zone();
  for (const PeerView& peer : peers_of(service)) {
    const PeerState& state = peer.state;
    if (state.reach == Reach::sound) continue;
    std::string line = peer.name + " is " + std::string(to_word(state.reach)) + " since " +
                       zone.local_text(state.since);
    if (!peer.configured) line += " and not configured any more";
    if (state.next_probe_at) line += "; tried again " + zone.local_text(*state.next_probe_at);
    if (state.reach == Reach::disabled) {
      line += "; when it is back: omamorictl endpoint enable " + short_name(peer.name);
    }
    wrong.push_back(line + ": " + state.why);
  }
}

void look_at_troubles(Service& service, std::vector<std::string>& wrong) {
  for (const StoredTrouble& trouble : service.store().troubles()) {
    wrong.push_back("trouble: " + trouble.subject + " since " +
                    service.zone().local_text(trouble.since) +
                    "; omamorictl trouble list says what to do");
  }
  try {
    service.store().each_live_obligation([](const Obligation&) {});
  } catch (const BadRow& error) {
    wrong.push_back(std::string("an obligation cannot be read: ") + error.what());
  }
}

void look_at_heartbeat(Service& service, std::vector<std::string>& wrong) {
  const HeartbeatState& heartbeat = service.heartbeat;
  if (!heartbeat.withheld.empty()) {
    wrong.push_back("the heartbeat is withheld: " + heartbeat.withheld);
  }
  if (!heartbeat.failing.empty()) {
    wrong.push_back("the heartbeat does not arrive: " + heartbeat.failing +
                    "; look at [heartbeat] url in omamori.toml, and at who waits for it");
  }
}

json::value heartbeat_json(Service& service) {
  const HeartbeatState& heartbeat = service.heartbeat;
  if (!heartbeat.watched) return nullptr;
  return json::object{{"last_at", json_of(heartbeat.last)},
                      {"withheld", text_or_null(heartbeat.withheld)},
                      {"failing", text_or_null(heartbeat.failing)}};
}

// Lines of the start that only report (what the policy changed, what has no effect) are no fault.
bool is_fault(const std::string& notice) {
  return !notice.starts_with("warning: ") && !notice.starts_with("policy: ");
}

Status status_of(Service& service) {
  Store& store = service.store();
  Status status{store.counts(),
                store.last_instant(),
                store.next_client_instant(service.now()),
                store.journal_head(),
                "",
                {}};
  if (const auto hold = kept_clock_hold(store)) status.clock_hold = hold->why;
  for (const std::string& notice : service.notices()) {
    if (is_fault(notice)) status.wrong.push_back(notice);
  }
  if (!status.clock_hold.empty()) {
    status.wrong.push_back("the clock is not trusted, nothing is sent: " + status.clock_hold +
                           "; if it is right: omamorictl clock accept");
  }
  if (status.counts.dead_messages > 0) {
    status.wrong.push_back(
        plural(static_cast<std::size_t>(status.counts.dead_messages), "message",
               "refused or expired: omamorictl outbox list and outbox show ID say why; correct"
               " the staff file, omamorictl explain CLIENT shows what is owed"));
  }
  look_at_items(service, status.wrong);
  look_at_rows(service, status, status.wrong);
  look_at_clients(service, status, status.wrong);
  look_at_peers(service, status.wrong);
  look_at_troubles(service, status.wrong);
  look_at_heartbeat(service, status.wrong);
  return status;
}

std::string head_text(const JournalHead& head) {
  return std::to_string(head.seq) + ":" + head.hash;
}

std::string json_text(const Status& status, Service& service) {
  const StoreCounts& c = status.counts;
  return json_line(json::object{{"state", status.wrong.empty() ? "sound" : "degraded"},
                                {"why", json_of(status.wrong)},
                                {"now", json_of(service.now())},
                                {"clients", c.clients},
                                {"ended_clients", c.ended_clients},
                                {"dirty_clients", c.dirty_clients},
                                {"unplanned_clients", c.unplanned_clients},
                                {"unscheduled_clients", c.unscheduled_clients},
                                {"live_obligations", c.live_obligations},
                                {"owed_items", c.owed_items},
                                {"oldest_owed_at", json_of(c.oldest_owed_at)},
                                {"pending_messages", c.pending_messages},
                                {"dead_messages", c.dead_messages},
                                {"last_acted_at", json_of(status.last_instant)},
                                {"next_client_at", json_of(status.next_client)},
                                {"journal_head", head_text(status.head)},
                                {"schema", migrations().size()},
                                {"demo", service.store().demo()},
                                {"hold", service.config().hold},
                                {"clock_hold", text_or_null(status.clock_hold)},
                                {"heartbeat", heartbeat_json(service)},
                                {"notices", json_of(service.notices())}});
}

std::string text(const Status& status, Service& service) {
  const auto when = [&](const std::optional<Instant>& at, const char* never) {
    return at ? service.zone().local_text(*at) : std::string(never);
  };
  const StoreCounts& c = status.counts;
  std::string out = status.wrong.empty() ? "sound\n" : "degraded\n";
  for (const std::string& line : status.wrong) out += "  ! " + line + "\n";
  const auto row = [&](const std::string& name, const std::string& value) {
    out += name + std::string(name.size() < 20 ? 20 - name.size() : 1, ' ') + value + "\n";
  };
  row("clients", std::to_string(c.clients) + " (" + std::to_string(c.ended_clients) + " ended, " +
                     std::to_string(c.dirty_clients) + " waiting to be planned)");
  row("live obligations", std::to_string(c.live_obligations));
  row("owed items", std::to_string(c.owed_items) +
                        (c.owed_items > 0 ? ", oldest since " + when(c.oldest_owed_at, "?") : ""));
  row("messages", std::to_string(c.pending_messages) + " pending, " +
                      std::to_string(c.dead_messages) + " dead");
  row("last acted", when(status.last_instant, "never"));
  row("next look", when(status.next_client, "none ahead"));
  row("journal head", head_text(status.head));
  row("schema", std::to_string(migrations().size()));
  if (service.store().demo()) row("demo", "yes: a made-up clock is allowed");
  if (service.config().hold) row("hold", "yes: everything is decided, nothing leaves");
  if (service.heartbeat.watched) {
    row("heartbeat", "last arrived " + when(service.heartbeat.last, "never"));
  } else if (!service.config().heartbeat.url.empty()) {
    row("heartbeat", "said by omamorid only");
  }
  for (const std::string& notice : service.notices()) row("notice", notice);
  return out;
}

}  // namespace

Response status_command(const Request& request, Service& service) {
  const Status status = status_of(service);
  Response response;
  response.exit = status.wrong.empty() ? Exit::ok : Exit::refused;
  response.out = request.json ? json_text(status, service) : text(status, service);
  return response;
}

}  // namespace omamori
