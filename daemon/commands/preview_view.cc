#include "daemon/commands/preview_view.h"

#include <algorithm>

#include "daemon/commands/in_parallel.h"
#include "daemon/commands/read_client.h"
#include "daemon/reminders/client_plan.h"
#include "daemon/rules/weekly_times.h"

namespace omamori {
namespace {

// Reading everybody in one pass costs a client about a quarter of what asking for one does.
constexpr std::size_t kPassAboveOneIn = 4;

class Gatherer {
 public:
  Gatherer(Service& service, const PreviewWanted& wanted)
      : service_(service),
        store_(service.store()),
        planning_(*service.planning()),
        wanted_(wanted),
        days_(wanted.most_lines) {
    preview_.now = service.now();
    preview_.until = wanted.until;
    preview_.meanwhile = wanted.meanwhile;
    preview_.hold = service.held();
    if (preview_.hold) preview_.held_by = service.hold().what;
    preview_.unreadable = planning_.unreadable;
    end_ = service.zone().start_of(wanted.until + std::chrono::days{1}) - std::chrono::seconds{1};
  }

  Preview run() {
    add_owed();
    add_weekly();
    add_clients();
    preview_.summed_up = days_.summed_up();
    preview_.lines = days_.line_count();
    preview_.days = days_.by_day(planning_.directory, service_.config());
    for (const auto& [day, people] : preview_.days) {
      for (const PreviewPerson& person : people) count(person);
    }
    return std::move(preview_);
  }

 private:
  void add_owed() {
    for (StoredItem& item : store_.owed_since(end_, &preview_.unreadable)) {
      try {
        auto stored = store_.obligation(item.reminder.obligation);
        if (!stored) continue;
        const Instant at = std::max(preview_.now, next_attempt_of(item));
        if (at > end_) continue;
        auto about = std::make_shared<const Obligation>(std::move(stored->obligation));
        add_line({at, std::move(item.reminder), std::move(about)}, true);
      } catch (const BadRow&) {
        preview_.unreadable.push_back(item.reminder.obligation);
      }
    }
  }

  void add_weekly() {
    const SlotRules rules{planning_.policy, planning_.workdays, service_.zone()};
    for (const WeeklySlot& slot : weekly_slots(rules, preview_.now, end_)) {
      const auto about = std::make_shared<const Obligation>(weekly_obligation(slot));
      for (const auto& [staff, scope] : weekly_scopes(planning_.directory, slot.slot_day)) {
        add_line({slot.slot, weekly_reminder(slot, staff), about}, false);
      }
    }
  }

  Instant next_attempt_of(const StoredItem& item) {
    if (!item.message.empty()) {
      const auto message = store_.message(item.message);
      if (message && message->state == MessageState::pending && message->next_attempt_at) {
        return *message->next_attempt_at;
      }
    }
    return item.next_attempt_at.value_or(preview_.now);
  }

  // Whoever is not due until then has nothing to come: the schedule is the next instant at which
  // anything could change.
  void add_clients() {
    const std::vector<std::string> due = store_.clients_due(end_);
    const auto think = [this](const ReadClient& client) { return foretell(client); };
    const auto take = [this](std::vector<Foretold>&& told) {
      for (Foretold& f : told) add_line(std::move(f), false);
    };
    InParallel<ReadClient, decltype(think), decltype(take)> clients(think, take);
    const bool many = due.size() * kPassAboveOneIn > store_.client_count();
    const auto add = [&](ReadClient client) { clients.add(std::move(client)); };
    many ? read_in_one_pass(due, add) : read_one_by_one(due, add);
    clients.finish();
  }

  template <class Add>
  void read_in_one_pass(const std::vector<std::string>& due, const Add& add) {
    auto next = due.begin();
    store_.for_each_remembered(
        [&](ClientFacts& facts, ClientMemory& memory) {
          while (next != due.end() && *next < facts.code) ++next;
          if (next == due.end() || *next != facts.code) return;
          add({std::move(facts), std::move(memory)});
        },
        [&](const std::string& code) { preview_.unreadable.push_back("client " + code); });
  }

  template <class Add>
  void read_one_by_one(const std::vector<std::string>& due, const Add& add) {
    for (const std::string& code : due) {
      try {
        if (auto client = read_client(store_, code)) add(std::move(*client));
      } catch (const BadRow&) {
        preview_.unreadable.push_back("client " + code);
      }
    }
  }

  // On any thread: looks at nothing that changes.
  std::vector<Foretold> foretell(const ReadClient& client) const {
    const Instant now = preview_.now;
    const Snapshot snapshot{client.facts,
                            planning_.terms,
                            planning_.directory,
                            planning_.workdays,
                            service_.zone(),
                            client.memory.known,
                            client.memory.told,
                            newest_change(client.memory, now),
                            looked_at_until(client.memory)};
    return forecast(snapshot, planning_.policy, now, end_, wanted_.meanwhile);
  }

  void add_line(Foretold told, bool owed_already) {
    if (!wanted_.staff.empty() && told.reminder.staff != wanted_.staff) return;
    const Day day = service_.zone().day_of(told.at);
    days_.add({told.at, day, std::move(told.reminder), std::move(told.about), owed_already});
  }

  void count(const PreviewPerson& person) {
    preview_.messages += person.messages;
    preview_.people.insert(person.staff);
    if (person.way.empty()) preview_.without_way.insert(person.staff);
  }

  Service& service_;
  Store& store_;
  const Planning planning_;
  const PreviewWanted& wanted_;
  Instant end_{};
  PreviewDays days_;
  Preview preview_;
};

}  // namespace

Preview preview(Service& service, const PreviewWanted& wanted) {
  return Gatherer(service, wanted).run();
}

}  // namespace omamori
