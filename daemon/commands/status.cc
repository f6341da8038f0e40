// Is everything as it should be, in one look: the exit code for a monitoring system, the lines for
// a person. Codes and numbers only (P7).
// What is wrong is judged by daemon/reminders/health.h; here it is worded, with the figures.
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/health.h"
#include "daemon/reminders/kept_instant.h"
#include "db/door_records.h"
#include "db/sqlite/schema.h"

namespace omamori {
namespace {

struct Status {
  HealthFacts facts;
  Health health;
  JournalHead head;
};

Status status_of(Service& service) {
  Status status{read_health_facts(service), {}, {}};
  try {
    status.head = service.store().journal().head();
  } catch (const SqliteError& error) {
    if (status.facts.unreadable_file.empty()) status.facts.unreadable_file = error.what();
  }
  status.health = judge(status.facts);
  return status;
}

std::string line_of(const Complaint& complaint, const Zone& zone) {
  return in_words(complaint, Language::en, zone) + "; " + complaint.to_do.en;
}

json::array why_json(const Health& health, const Zone& zone) {
  json::array lines;
  for (const Complaint& complaint : health.complaints) {
    lines.emplace_back(line_of(complaint, zone));
  }
  return lines;
}

json::array complaints_json(const Health& health) {
  json::array all;
  for (const Complaint& complaint : health.complaints) {
    all.push_back(json::object{{"subject", complaint.subject},
                               {"what", complaint.what.en},
                               {"since", json_of(complaint.since)},
                               {"detail", text_or_null(complaint.detail)},
                               {"to_do", complaint.to_do.en},
                               {"unheard", complaint.gravity == Gravity::unheard}});
  }
  return all;
}

json::value heartbeat_json(Service& service) {
  const HeartbeatState& heartbeat = service.heartbeat;
  if (!heartbeat.watched) return nullptr;
  return json::object{{"last_at", json_of(heartbeat.last)},
                      {"withheld", text_or_null(heartbeat.withheld)},
                      {"failing", text_or_null(heartbeat.failing)}};
}

json::value doors_json(Service& service) {
  const DoorState& doors = service.doors;
  if (doors.place.empty() && doors.failing.empty()) return nullptr;
  return json::object{{"place", text_or_null(doors.place)},
                      {"failing", text_or_null(doors.failing)}};
}

std::string head_text(const JournalHead& head) {
  return std::to_string(head.seq) + ":" + head.hash;
}

// Mails that recorded nothing and were not answered, of the last week.
std::vector<RefusedMail> refused_mail(Service& service) {
  if (!service.config().reply.is_read()) return {};
  return service.store().doors().mails().refused_since(service.today() - std::chrono::days{6});
}

json::array refused_mail_json(Service& service) {
  json::array all;
  for (const RefusedMail& mail : refused_mail(service)) {
    all.push_back(json::object{{"reason", mail.reason}, {"count", mail.count}});
  }
  return all;
}

std::string json_text(const Status& status, Service& service) {
  const StoreCounts& c = status.facts.counts;
  return json_line(json::object{{"state", status.health.sound() ? "sound" : "degraded"},
                                {"why", why_json(status.health, service.zone())},
                                {"complaints", complaints_json(status.health)},
                                {"running", status.facts.daemon_runs},
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
                                {"last_acted_at", json_of(status.facts.last_acted)},
                                {"next_client_at", json_of(status.facts.next_client)},
                                {"journal_head", head_text(status.head)},
                                {"schema", migrations().size()},
                                {"demo", service.store().demo()},
                                {"hold", service.held()},
                                {"clock_hold", text_or_null(status.facts.clock_hold)},
                                {"heartbeat", heartbeat_json(service)},
                                {"doors", doors_json(service)},
                                {"mail_refused", refused_mail_json(service)},
                                {"notices", json_of(service.notices())}});
}

std::string text(const Status& status, Service& service) {
  const auto when = [&](const std::optional<Instant>& at, const char* never) {
    return at ? service.zone().local_text(*at) : std::string(never);
  };
  const StoreCounts& c = status.facts.counts;
  std::string out = status.health.sound() ? "sound\n" : "degraded\n";
  for (const Complaint& complaint : status.health.complaints) {
    out += "  ! " + line_of(complaint, service.zone()) + "\n";
  }
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
  row("last acted", when(status.facts.last_acted, "never"));
  row("next look", when(status.facts.next_client, "none ahead"));
  row("journal head", head_text(status.head));
  row("schema", std::to_string(migrations().size()));
  if (service.store().demo()) row("demo", "yes: a made-up clock is allowed");
  if (service.held()) {
    row("hold", "by " + service.hold().what.en + ": everything is decided, nothing leaves");
  }
  if (const auto made = kept_instant(service.store(), kCopyMade)) {
    row("last backup", service.zone().local_text(*made));
  }
  if (service.heartbeat.watched) {
    const std::string& withheld = service.heartbeat.withheld;
    row("heartbeat", "last arrived " + when(service.heartbeat.last, "never"));
    if (!withheld.empty()) row("", "withheld: " + withheld);
  } else if (!service.config().heartbeat.url.empty()) {
    row("heartbeat", "said by omamorid only");
  }
  if (!service.doors.place.empty()) row("doors", "open at " + service.doors.place);
  for (const RefusedMail& mail : refused_mail(service)) {
    row("mail refused", std::to_string(mail.count) + " in a week: " + mail.reason);
  }
  for (const std::string& notice : service.notices()) row("notice", notice);
  return out;
}

}  // namespace

Response status_command(const Request& request, Service& service) {
  const Status status = status_of(service);
  Response response;
  response.exit = status.health.sound() ? Exit::ok : Exit::refused;
  response.out = request.json ? json_text(status, service) : text(status, service);
  return response;
}

}  // namespace omamori
