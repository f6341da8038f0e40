#include "daemon/reminders/troubles.h"

#include <algorithm>

#include "daemon/model/reminder.h"

namespace omamori {
namespace {

// A mail server that restarts is no trouble.
constexpr std::chrono::minutes kDownForAWhile{5};

// The operators; where there is none, the city's supervisor. Supervisors besides, for what is
// theirs to mend.
std::vector<Recipient> whom_to_tell(const Directory& directory, bool supervisors, Day day) {
  std::vector<Recipient> found;
  for (const Staff* staff : directory.operators(day)) {
    found.push_back({staff->code, Role::operator_});
  }
  for (const Staff& staff : directory.all_staff()) {
    const bool wanted = supervisors && staff.role == Role::supervisor;
    if (wanted && directory.active(staff.code, day)) {
      found.push_back({staff.code, Role::supervisor});
    }
  }
  if (found.empty()) {
    const Staff* city = directory.city_supervisor(day);
    found.push_back({city ? city->code : std::string(), Role::operator_});
  }
  return found;
}

// The n-th time it is told: at once, then at send_at of each later day.
Instant slot_of(const Service& service, const StoredTrouble& trouble, int n) {
  if (n == 0) return trouble.since;
  const Day day = service.zone().day_of(trouble.since) + std::chrono::days{n};
  return service.zone().at(day, service.policy().send_at);
}

void owe_one(Service& service, const StoredTrouble& trouble, int n, const Directory& directory,
             const Act& act) {
  const Instant slot = slot_of(service, trouble, n);
  for (const Recipient& who : whom_to_tell(directory, trouble.supervisors, act.today)) {
    Reminder reminder;
    reminder.obligation = trouble.obligation;
    reminder.stage = n == 0 ? "opened" : "daily";
    reminder.days = n;
    reminder.repeat = n;
    reminder.slot = slot;
    reminder.slot_day = service.zone().day_of(slot);
    reminder.staff = who.staff;
    reminder.as = who.as;
    reminder.urgency = Urgency::own_at_slot;
    service.store().owe(reminder, act);
  }
}

// Raises what is in `now` and settles the live ones of that kind that are not.
void bring_up_to_date(Store& store, const std::string& prefix,
                      const std::map<std::string, std::string>& now, const Act& act) {
  for (const auto& [subject, detail] : now) {
    if (subject.starts_with(prefix)) store.raise_trouble(subject, detail, false, act);
  }
  for (const StoredTrouble& trouble : store.troubles()) {
    if (!trouble.subject.starts_with(prefix) || now.count(trouble.subject) != 0) continue;
    store.settle_trouble(trouble.subject, "it works again", act);
  }
}

std::string trouble_of_peer(const std::string& name, Reach reach) {
  constexpr std::string_view kWebhook = "webhook:";
  if (reach == Reach::disabled && name.starts_with(kWebhook)) {
    return "endpoint " + name.substr(kWebhook.size());
  }
  return "peer " + name;
}

constexpr std::string_view kPerson = "person ";

// Nobody mends the address of somebody who has left.
bool is_of_leaver(const StoredTrouble& trouble, const Directory& directory, Day today) {
  return trouble.subject.starts_with(kPerson) &&
         directory.has_left(trouble.subject.substr(kPerson.size()), today);
}

}  // namespace

std::optional<Instant> owe_troubles(Service& service, const Act& act) {
  Store& store = service.store();
  const auto troubles = store.troubles();
  if (troubles.empty()) return {};
  std::optional<Instant> next;
  const auto batch = store.batch();
  const auto planning = service.planning();
  const Directory& directory = planning->directory;
  for (const StoredTrouble& trouble : troubles) {
    if (is_of_leaver(trouble, directory, act.today)) {
      store.settle_trouble(trouble.subject, "they have left", act);
      continue;
    }
    const Day first = service.zone().day_of(trouble.since);
    int n = static_cast<int>(std::max<std::int64_t>(0, (act.today - first).count()));
    if (slot_of(service, trouble, n) > act.now) --n;
    n = std::max(n, 0);
    owe_one(service, trouble, n, directory, act);
    const Instant again = slot_of(service, trouble, n + 1);
    if (!next || again < *next) next = again;
  }
  batch->commit();
  return next;
}

void note_decided(Service& service, const DecideReport& report, const Act& act) {
  Store& store = service.store();
  const auto batch = store.batch();
  for (const FailedClient& failed : report.failed) {
    store.raise_trouble("client " + failed.client, failed.why, false, act);
  }
  for (const StoredTrouble& trouble : store.troubles()) {
    constexpr std::string_view kClient = "client ";
    if (!trouble.subject.starts_with(kClient)) continue;
    const std::string code = trouble.subject.substr(kClient.size());
    const auto schedule = store.schedule(code);
    const bool well = schedule && !schedule->dirty && schedule->reason != kCouldNotBePlanned;
    if (well) store.settle_trouble(trouble.subject, "planned again", act);
  }
  std::map<std::string, std::string> rows;
  for (const std::string& row : report.unreadable) {
    rows["row " + row] = "this row of the database cannot be read and is left out";
  }
  bring_up_to_date(store, "row ", rows, act);
  batch->commit();
}

void note_composed(Service& service, const ComposeReport& report, const Act& act) {
  Store& store = service.store();
  const auto batch = store.batch();
  for (const Unreachable& who : report.unreachable) {
    store.raise_trouble(std::string(kPerson) + who.staff, who.why, false, act);
  }
  for (const Unreachable& who : report.spent) {
    store.raise_trouble(std::string(kPerson) + who.staff, who.why, false, act);
  }
  for (const std::string& row : report.unreadable) {
    store.raise_trouble("item " + row, "what is owed cannot be read", false, act);
  }
  batch->commit();
}

std::optional<Instant> note_peers(Service& service, const std::map<std::string, PeerState>& peers,
                                  const Act& act) {
  Store& store = service.store();
  std::optional<Instant> next;
  std::map<std::string, std::string> now;
  for (const auto& [name, state] : peers) {
    if (state.reach == Reach::sound) continue;
    const Instant at = state.reach == Reach::down ? state.since + kDownForAWhile : state.since;
    if (at > act.now) {
      if (!next || at < *next) next = at;
    } else {
      now[trouble_of_peer(name, state.reach)] =
          "since " + service.zone().local_text(state.since) + ": " + state.why;
    }
  }
  const auto batch = store.batch();
  bring_up_to_date(store, "peer ", now, act);
  bring_up_to_date(store, "endpoint ", now, act);
  batch->commit();
  return next;
}

void note_told(Service& service, const std::string& staff, const Act& act) {
  service.store().settle_trouble(std::string(kPerson) + staff, "a message was accepted", act);
}

}  // namespace omamori
