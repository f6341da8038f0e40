#include "daemon/commands/preview_view.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>

#include "daemon/compose.h"
#include "daemon/snapshot.h"
#include "daemon/weekly.h"
#include "db/file_words.h"

namespace omamori {
namespace {

// Reading everybody in one pass costs a client about a quarter of what asking for one does.
constexpr std::size_t kPassAboveOneIn = 4;

class Gatherer {
 public:
  Gatherer(Service& service, Day until, Meanwhile meanwhile, const std::string& staff)
      : service_(service), store_(service.store()), planning_(service.planning()), staff_(staff) {
    preview_.now = service.now();
    preview_.until = until;
    preview_.meanwhile = meanwhile;
    preview_.hold = service.config().hold;
    preview_.unreadable = planning_.unreadable;
    end_ = service.zone().start_of(until + std::chrono::days{1}) - std::chrono::seconds{1};
  }

  Preview run() {
    add_owed();
    add_weekly();
    // Whoever is not due until then has nothing to come: the schedule is the next instant at which
    // anything could change.
    const std::vector<std::string> due = store_.clients_due(end_);
    const bool many = due.size() * kPassAboveOneIn > store_.client_count();
    if (!due.empty() && !(many && add_in_one_pass(due))) add_one_by_one(due);
    sort_by_day();
    return std::move(preview_);
  }

 private:
  void add_owed() {
    for (StoredItem& item : store_.owed_since(preview_.now, &preview_.unreadable)) {
      try {
        auto stored = store_.obligation(item.reminder.obligation);
        if (!stored) continue;
        const Instant at = std::max(preview_.now, next_attempt_of(item));
        if (at > end_) continue;
        add_line(at, std::move(item.reminder), std::move(stored->obligation), true);
      } catch (const BadRow&) {
        preview_.unreadable.push_back(item.reminder.obligation);
      }
    }
  }

  void add_weekly() {
    const SlotRules rules{planning_.policy, planning_.workdays, service_.zone()};
    for (const WeeklySlot& slot : weekly_slots(rules, preview_.now, end_)) {
      for (const auto& [staff, scope] : weekly_scopes(planning_.directory, slot.slot_day)) {
        add_line(slot.slot, weekly_reminder(slot, staff), weekly_obligation(slot), false);
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

  // False and nothing added if the pass met a client that cannot be read: it cannot step over one.
  bool add_in_one_pass(const std::vector<std::string>& due) {
    const std::size_t before = lines_.size();
    auto next = due.begin();
    try {
      store_.for_each_remembered(due.front(), due.back(),
                                 [&](ClientFacts& facts, ClientMemory& memory) {
                                   while (next != due.end() && *next < facts.code) ++next;
                                   if (next != due.end() && *next == facts.code)
                                     add_client(facts, memory);
                                 });
    } catch (const BadRow&) {
      lines_.resize(before);
      return false;
    }
    return true;
  }

  void add_one_by_one(const std::vector<std::string>& due) {
    for (const std::string& code : due) {
      try {
        if (const auto facts = store_.facts(code)) add_client(*facts, store_.memory(code));
      } catch (const BadRow&) {
        preview_.unreadable.push_back("client " + code);
      }
    }
  }

  void add_client(const ClientFacts& facts, const ClientMemory& memory) {
    const Instant now = preview_.now;
    const Snapshot snapshot{facts,
                            planning_.terms,
                            planning_.directory,
                            planning_.workdays,
                            service_.zone(),
                            memory.known,
                            memory.told,
                            newest_change(memory, now),
                            looked_at_until(memory)};
    for (Foretold& f : forecast(snapshot, planning_.policy, now, end_, preview_.meanwhile)) {
      add_line(f.at, std::move(f.reminder), std::move(f.about), false);
    }
  }

  void add_line(Instant at, Reminder reminder, Obligation about, bool owed_already) {
    if (!staff_.empty() && reminder.staff != staff_) return;
    lines_.push_back(
        {at, service_.zone().day_of(at), std::move(reminder), std::move(about), owed_already});
  }

  // Compares views of what is there: a large city has some hundred thousand lines.
  static auto place_of(const PreviewLine& line) {
    return std::make_tuple(line.day, std::string_view(line.reminder.staff), line.at, line.message(),
                           std::string_view(line.about.client), std::string_view(line.about.key));
  }

  void sort_by_day() {
    // Places and not the lines themselves, which are large.
    std::vector<std::uint32_t> order(lines_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return place_of(lines_[a]) < place_of(lines_[b]);
    });
    for (const std::uint32_t place : order) add(std::move(lines_[place]));
  }

  void add(PreviewLine line) {
    auto& people = preview_.days[line.day];
    if (people.empty() || people.back().staff != line.reminder.staff) {
      people.push_back(person_of(line.reminder));
    }
    PreviewPerson& person = people.back();
    const bool same_message = !person.lines.empty() && person.lines.back().at == line.at &&
                              person.lines.back().message() == line.message();
    if (!same_message) {
      ++person.messages;
      ++preview_.messages;
    }
    ++preview_.lines;
    preview_.people.insert(person.staff);
    if (person.way.empty()) preview_.without_way.insert(person.staff);
    person.lines.push_back(std::move(line));
  }

  PreviewPerson person_of(const Reminder& reminder) const {
    PreviewPerson person;
    person.staff = reminder.staff;
    person.role = reminder.as;
    const Staff* staff = planning_.directory.staff(reminder.staff);
    if (!staff) {
      if (reminder.staff.empty()) person.role = Role::operator_;
      person.why = reminder.staff.empty() ? "no operator is known: import a staff row"
                                          : "no staff of that code: import a staff row";
      return person;
    }
    person.role = staff->role;
    if (const auto way = way_to(*staff, service_.config(), person.why)) {
      person.way = file_word(way->channel);
      person.why.clear();
    }
    return person;
  }

  Service& service_;
  Store& store_;
  Planning planning_;
  const std::string& staff_;
  Instant end_{};
  std::vector<PreviewLine> lines_;
  Preview preview_;
};

}  // namespace

std::string_view PreviewLine::message() const {
  if (reminder.urgency == Urgency::digest) return {};
  return reminder.obligation;
}

Preview preview(Service& service, Day until, Meanwhile meanwhile, const std::string& staff) {
  return Gatherer(service, until, meanwhile, staff).run();
}

}  // namespace omamori
