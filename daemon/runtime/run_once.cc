#include "daemon/runtime/run_once.h"

#include <algorithm>
#include <utility>

#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/troubles.h"
#include "daemon/retention/retention.h"
#include "daemon/rules/weekly_times.h"
#include "daemon/runtime/turn.h"

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

std::string delivered_text(const Delivered& d, Store& store) {
  std::string out =
      d.staff + " by " + std::string(csv_word(d.channel)) + ": " + outcome_word(d.outcome);
  if (d.outcome != AttemptOutcome::sent) out += " (" + d.reply + ")";
  out += "  [" + d.message + "]\n";
  for (const std::int64_t id : d.items) {
    if (const auto item = store.item(id)) {
      out += "    " + item->reminder.obligation + " " + item->reminder.stage + "\n";
    }
  }
  return out;
}

std::string silences_of(const OnceReport& r) {
  return r.decided.silences == 0 ? std::string()
                                 : "Not told, with the reason kept (omamorictl explain CLIENT): " +
                                       std::to_string(r.decided.silences) + "\n";
}

std::string behind_text(const Service& service, Instant now, Instant last) {
  return "the clock says " + service.zone().local_text(now) +
         ", but this database was last acted on at " + service.zone().local_text(last) +
         "; nothing is decided or sent until the clock is right again";
}

// Until neither loop has anything left to do at `now`.
void drive(ReminderLoop& reminders, DeliveryLoop& delivery, Instant now, OnceReport& report) {
  std::size_t told = 0;
  for (bool more = true; more;) {
    const Turn turn = take_turn(reminders, delivery);
    report.decided.add(reminders.report().decided);
    report.composed.add(reminders.report().composed);
    const auto& rows = delivery.unreadable();
    report.unreadable_messages.insert(report.unreadable_messages.end(), rows.begin(), rows.end());
    // What was refused is free again and may go another way.
    const bool answered = report.delivered.size() > std::exchange(told, report.delivered.size());
    more = answered || turn.more(now);
  }
}

}  // namespace

std::vector<std::string> OnceReport::unreadable() const {
  std::vector<std::string> rows = decided.unreadable;
  rows.insert(rows.end(), composed.unreadable.begin(), composed.unreadable.end());
  rows.insert(rows.end(), unreadable_messages.begin(), unreadable_messages.end());
  return rows;
}

OnceReport run_once(Service& service, std::vector<InlineCouriers::Line> outlets, const Act& act) {
  OnceReport report;
  Store& store = service.store();
  if (const auto last = store.last_instant();
      last && act.now < *last && act.now >= *last - kSmallStepBack) {
    report.refused = behind_text(service, act.now, *last);
    return report;
  }
  InlineCouriers couriers(std::move(outlets));
  const auto told = [&](const Delivered& delivered) {
    report.delivered.push_back(delivered);
    if (delivered.outcome == AttemptOutcome::sent) note_told(service, delivered.staff, act);
  };
  DeliveryLoop delivery(service, couriers, {told, {}});
  ReminderLoop::World world;
  world.peers = [&] { return delivery.peers(); };
  // One round cannot see the clock step: it looks at it once.
  world.read_clock = [&] { return ClockReading{act.now, std::chrono::seconds{0}, true}; };
  world.built = Instant::min();
  ReminderLoop reminders(service, world);
  drive(reminders, delivery, act.now, report);
  drop_what_is_not_kept(service, act);
  report.refused = reminders.clock_held();
  report.stuck = reminders.stuck();
  if (service.held()) report.held = store.due_messages(act.now).size();
  report.still_owed = static_cast<std::size_t>(store.counts().owed_items);
  const auto planning = service.planning();
  const auto weekly =
      next_weekly_slot({planning->policy, planning->workdays, service.zone()}, act.now);
  report.next = earlier(store.next_client_instant(act.now), store.next_delivery_instant());
  if (weekly) report.next = earlier(report.next, weekly->slot);
  return report;
}

std::string once_text(const OnceReport& r, Service& service) {
  if (!r.refused.empty() && r.delivered.empty()) return "Held: " + r.refused + ".\n";
  const Zone& zone = service.zone();
  std::string out = zone.local_text(service.now()) + " " + zone.name() + ": " +
                    std::to_string(r.decided.clients) + " clients looked at, " +
                    std::to_string(r.decided.owed) + " reminders became due\n";
  for (const Delivered& d : r.delivered) out += delivered_text(d, service.store());
  for (const Unreachable& u : r.composed.unreachable) {
    out += (u.staff.empty() ? std::string("nobody") : u.staff) + " cannot be told (" +
           std::to_string(u.items) + " owed): " + u.why + "\n";
  }
  for (const Stuck& s : r.stuck) {
    out += s.staff + " was not told (" + std::to_string(s.items) + " owed since " +
           zone.local_text(s.since) + ") and nobody else can be told instead\n";
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
  if (r.held > 0) {
    out += std::to_string(r.held) + " messages are held ([delivery] hold = true)\n";
  }
  out += silences_of(r);
  if (r.delivered.empty() && r.held == 0) {
    out += r.decided.owed > 0 ? "Nothing was sent: see above.\n"
                              : "Nothing was sent: no stage has come that was not told already.\n";
  }
  if (r.still_owed > 0) out += "Still owed: " + std::to_string(r.still_owed) + "\n";
  out += r.next ? "Next to look at: " + zone.local_text(*r.next) + "\n"
                : "Nothing lies ahead: no client is active.\n";
  return out;
}

}  // namespace omamori
