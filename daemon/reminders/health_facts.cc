#include "daemon/reminders/health_facts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "daemon/model/reminder.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/kept_instant.h"

namespace omamori {
namespace {

class HealthReader {
 public:
  explicit HealthReader(Service& service) : service_(service), store_(service.store()) {}

  HealthFacts run() {
    facts_.now = service_.now();
    facts_.daemon_runs = service_.turns.has_value();
    facts_.turns = service_.turns.value_or(LastTurns{});
    facts_.heartbeat_failing = service_.heartbeat.failing;
    facts_.doors_failing = service_.doors.failing;
    for (const std::string& notice : service_.notices()) {
      // Lines that only report (what the policy changed, what has no effect) are no fault.
      if (notice.starts_with("warning: ") || notice.starts_with("policy: ")) continue;
      facts_.notices.push_back(notice);
    }
    look([&] {
      facts_.last_acted = store_.last_instant();
      facts_.created = store_.created_at();
      if (const auto hold = kept_clock_hold(store_)) facts_.clock_hold = hold->why;
    });
    look([&] {
      facts_.held = service_.held();
      facts_.hold = service_.hold();
    });
    look([&] { read_copies(); });
    look([&] { facts_.counts = store_.counts(); });
    look([&] { facts_.next_client = store_.next_client_instant(facts_.now); });
    look([&] { facts_.peers = peers_of(service_); });
    look([&] { facts_.troubles = store_.troubles(); });
    look([&] { read_waiting(); });
    look([&] { read_rows(); });
    return std::move(facts_);
  }

 private:
  // So damaged that SQLite does not read on: the other parts are looked at all the same.
  template <typename Part>
  void look(const Part& part) {
    try {
      part();
    } catch (const SqliteError& error) {
      if (facts_.unreadable_file.empty()) facts_.unreadable_file = error.what();
    } catch (const BadRow& error) {
      facts_.unreadable_rows.emplace_back(error.what());
    }
  }

  void read_copies() {
    const BackupState& backups = service_.backups;
    if (!backups.made_here || service_.config().backup.directory.empty()) return;
    auto made = kept_instant(store_, kCopyMade);
    if (made && *made > facts_.now) made.reset();  // by a clock that was ahead: it says nothing
    facts_.newest_copy = made;
    facts_.copies_expected_since = std::max(backups.since, made.value_or(backups.since));
  }

  // P1c. Trouble is tried another way sooner (fallback.cc), but counts by the usual time: a mail
  // server that is away, and the operator's mail with it, has as long to come back.
  std::chrono::seconds patience(const StoredItem& item) const {
    const Policy& policy = service_.policy();
    return item.reminder.urgency == Urgency::urgent ? policy.urgent_fallback_after
                                                    : policy.fallback_after;
  }

  void read_waiting() {
    std::map<std::string, Waiting> by_person;
    const Policy& policy = service_.policy();
    const auto shortest = std::min(policy.fallback_after, policy.urgent_fallback_after);
    for (const StoredItem& item :
         store_.owed_since(facts_.now - shortest, &facts_.unreadable_rows)) {
      if (!item.first_owed_at || *item.first_owed_at > facts_.now - patience(item)) continue;
      Waiting& person = by_person[item.reminder.staff];
      if (person.items++ == 0 || *item.first_owed_at < person.since) {
        person.since = *item.first_owed_at;
      }
      // Where no operator is known at all, status and doctor have said so from the first day.
      if (item.reminder.staff.empty()) continue;
      if (person.told_elsewhere) person.told_elsewhere = is_told_elsewhere(item);
    }
    for (const Stuck& stuck : facts_.turns.stuck) {
      Waiting& person = by_person[stuck.staff];
      if (person.items == 0 || stuck.since < person.since) person.since = stuck.since;
      person.items = std::max(person.items, stuck.items);
      person.told_elsewhere = false;
    }
    for (auto& [staff, person] : by_person) {
      person.staff = staff;
      facts_.waiting.push_back(std::move(person));
    }
  }

  // Trouble is told nobody else instead: who could be told of it is among its recipients, and
  // whoever has heard of it once knows.
  bool is_told_elsewhere(const StoredItem& item) {
    const Reminder& owed = item.reminder;
    const bool trouble = kind_without_client(item) == ObligationKind::trouble;
    if (trouble && somebody_heard(owed.obligation)) return true;
    return store_.is_told_to_another(owed, facts_.now - patience(item));
  }

  // Asked once a look: of a trouble that is told daily many items can wait.
  bool somebody_heard(const std::string& trouble) {
    const auto [heard, fresh] = heard_.try_emplace(trouble);
    if (fresh) heard->second = store_.times_told(trouble, "", "") > 0;
    return heard->second;
  }

  void read_rows() {
    const auto planning = service_.planning();
    facts_.unreadable_rows.insert(facts_.unreadable_rows.end(), planning->unreadable.begin(),
                                  planning->unreadable.end());
    try {
      store_.each_live_obligation([](const Obligation&) {});
    } catch (const BadRow& error) {
      facts_.unreadable_obligation = error.what();
    }
  }

  Service& service_;
  Store& store_;
  HealthFacts facts_;
  std::map<std::string, bool> heard_;  // by obligation of a trouble
};

}  // namespace

HealthFacts read_health_facts(Service& service) { return HealthReader(service).run(); }

}  // namespace omamori
