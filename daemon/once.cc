#include "daemon/once.h"

#include <algorithm>

#include "daemon/calendar.h"

namespace omamori {
namespace {

const char* outcome_word(AttemptOutcome outcome) {
  switch (outcome) {
    case AttemptOutcome::sent:
      return "told";
    case AttemptOutcome::try_again:
      return "not told yet, will be tried again";
    case AttemptOutcome::unknown:
      return "outcome unknown, will be tried again under the same id";
    case AttemptOutcome::refused:
      return "refused for good, still owed";
    case AttemptOutcome::begun:
      break;
  }
  return "";
}

const char* channel_word(Channel channel) {
  switch (channel) {
    case Channel::email:
      return "email";
    case Channel::webhook:
      return "webhook";
    case Channel::file:
      return "file";
  }
  return "";
}

std::string delivered_text(const Delivered& d) {
  std::string out = d.staff + " by " + channel_word(d.channel) + ": " + outcome_word(d.outcome);
  if (d.outcome != AttemptOutcome::sent) out += " (" + d.reply + ")";
  out += "  [" + d.message + "]\n";
  for (const std::string& line : d.lines) out += "    " + line + "\n";
  return out;
}

std::string silences_of(const OnceReport& r) {
  return r.decided.silences == 0 ? std::string()
                                 : "Not told, with the reason kept (omamorictl explain CLIENT): " +
                                       std::to_string(r.decided.silences) + "\n";
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

}  // namespace

std::vector<std::string> OnceReport::unreadable() const {
  std::vector<std::string> rows = decided.unreadable;
  rows.insert(rows.end(), composed.unreadable.begin(), composed.unreadable.end());
  rows.insert(rows.end(), delivered.unreadable.begin(), delivered.unreadable.end());
  return rows;
}

OnceReport run_once(Service& service, const Outlets& outlets, const Act& act) {
  OnceReport report;
  Store& store = service.store();
  if (const auto last = store.last_instant(); last && act.now < *last) {
    report.refused = "the clock says " + service.zone().local_text(act.now) +
                     ", but this database was last acted on at " +
                     service.zone().local_text(*last) +
                     "; nothing is decided or sent until the clock is right again";
    return report;
  }
  store.settle_interrupted(act);
  std::vector<std::string> restored = store.restore_schedules(act.now);
  report.decided = decide_due(service, act);
  report.decided.restored = std::move(restored);
  report.composed = compose_due(service, act, service.templates());
  report.delivered = deliver_due(service, outlets, act, service.templates());
  store.set_last_instant(act.now);
  report.still_owed = static_cast<std::size_t>(store.counts().owed_items);
  report.next = earlier(store.next_client_instant(act.now), store.next_delivery_instant());
  return report;
}

std::string once_text(const OnceReport& r, Service& service) {
  if (!r.refused.empty()) return "Held: " + r.refused + ".\n";
  const Zone& zone = service.zone();
  std::string out = zone.local_text(service.now()) + " " + zone.name() + ": " +
                    std::to_string(r.decided.clients) + " clients looked at, " +
                    std::to_string(r.decided.owed) + " reminders became due\n";
  for (const Delivered& d : r.delivered.attempts) out += delivered_text(d);
  for (const Unreachable& u : r.composed.unreachable) {
    out += (u.staff.empty() ? std::string("nobody") : u.staff) + " cannot be told (" +
           std::to_string(u.items) + " owed): " + u.why + "\n";
  }
  for (const FailedClient& f : r.decided.failed) {
    out += f.client + " could not be planned: " + f.why + "\n";
  }
  for (const std::string& client : r.decided.restored) {
    out += client + " had no place in the schedule: it has one again and was looked at\n";
  }
  for (const std::string& row : r.unreadable()) {
    out += row + ": this row of the database cannot be read and is left out; omamorictl check\n";
  }
  if (r.delivered.held > 0) {
    out += std::to_string(r.delivered.held) + " messages are held ([delivery] hold = true)\n";
  }
  out += silences_of(r);
  if (r.delivered.attempts.empty() && r.delivered.held == 0) {
    out += r.decided.owed > 0 ? "Nothing was sent: see above.\n"
                              : "Nothing was sent: no stage has come that was not told already.\n";
  }
  if (r.still_owed > 0) out += "Still owed: " + std::to_string(r.still_owed) + "\n";
  out += r.next ? "Next to look at: " + zone.local_text(*r.next) + "\n"
                : "Nothing lies ahead: no client is active.\n";
  return out;
}

}  // namespace omamori
