#include "daemon/reminders/weekly_reader.h"

#include <utility>

#include "daemon/reminders/health.h"
#include "daemon/reminders/shown_names.h"

namespace omamori {
namespace {

constexpr std::chrono::minutes kFresh{10};
constexpr std::chrono::days kWeek{7};

class Reader {
 public:
  Reader(Service& service, const Obligation& week)
      : service_(service),
        store_(service.store()),
        week_(week),
        planning_(service.planning()),
        today_(service.today()) {
    book_.made = service.now();
    book_.monday = week.window_from;
    book_.from = today_;
  }

  WeeklyBook run() {
    if (!in_one_pass()) one_by_one();
    add_dead_letters();
    add_health();
    book_.scopes = weekly_scopes(planning_->directory, today_);
    return std::move(book_);
  }

 private:
  // False and nothing added if the pass met a client that cannot be read: it cannot step over one.
  bool in_one_pass() {
    try {
      store_.for_each_remembered(
          "", "~", [&](ClientFacts& facts, ClientMemory& memory) { add(facts, memory); });
      return true;
    } catch (const BadRow&) {
      book_.offices.clear();
      return false;
    }
  }

  // Whoever is in service has a next instant at which something can change.
  void one_by_one() {
    for (const std::string& code : store_.clients_due(Instant::max())) {
      try {
        if (const auto facts = store_.facts(code)) add(*facts, store_.memory(code));
      } catch (const BadRow&) {
        ++book_.unreadable;
      }
    }
  }

  void add(const ClientFacts& facts, const ClientMemory& memory) {
    const std::string& office = facts.versions.back().office;
    add_client(book_.offices[office], facts, memory.known, planning_->terms, planning_->directory,
               today_);
  }

  void add_dead_letters() {
    // What died at the very instant of the last slot was not in that message yet.
    const Instant since = service_.zone().at(week_.opened, service_.policy().send_at) - kWeek -
                          std::chrono::seconds{1};
    for (const Staff& staff : planning_->directory.all_staff()) {
      for (const StoredMessage& dead : store_.dead_messages(staff.code, since, book_.made)) {
        const bool refused = dead.state == MessageState::refused;
        book_.dead_letters.push_back({{dead.ended_at.value_or(book_.made), staff.code,
                                       dead.content.channel, refused, dead.content.id},
                                      staff.office});
      }
    }
  }

  // Whoever composes this message runs, also where no daemon does (`omamorid --once`).
  void add_health() {
    const Zone& zone = service_.zone();
    HealthFacts facts = read_health_facts(service_);
    facts.daemon_runs = true;
    for (const Complaint& complaint : judge(facts).complaints) {
      book_.health.emplace_back(in_words(complaint, Language::ja, zone),
                                in_words(complaint, Language::en, zone));
    }
  }

  Service& service_;
  Store& store_;
  const Obligation& week_;
  std::shared_ptr<const Planning> planning_;
  Day today_;
  WeeklyBook book_;
};

bool still_fresh(const WeeklyBook* book, const Obligation& week, Instant now) {
  return book && book->monday == week.window_from && book->made <= now &&
         now - book->made <= kFresh;
}

bool concerns(const WeeklyBook::DeadLetter& dead, const WeeklyScope& scope,
              const std::string& reader) {
  if (scope.whole_city || dead.letter.staff == reader) return true;
  return !dead.office.empty() && scope.covers(dead.office);
}

}  // namespace

std::shared_ptr<const WeeklyBook> read_weekly_book(Service& service, const Obligation& week) {
  return std::make_shared<const WeeklyBook>(Reader(service, week).run());
}

std::shared_ptr<const WeeklyReport> weekly_report(Service& service, const Obligation& week,
                                                  const std::string& staff) {
  if (!still_fresh(service.weekly_book.get(), week, service.now())) {
    service.weekly_book = read_weekly_book(service, week);
  }
  const WeeklyBook& book = *service.weekly_book;
  const auto known = book.scopes.find(staff);
  // Of somebody who reads nothing any more: nothing.
  const WeeklyScope scope = known == book.scopes.end() ? WeeklyScope{} : known->second;
  auto report = std::make_shared<WeeklyReport>();
  report->monday = book.monday;
  report->from = book.from;
  report->whole_city = scope.whole_city;
  report->offices.assign(scope.offices.begin(), scope.offices.end());
  for (const auto& [office, figures] : book.offices) {
    if (scope.covers(office)) report->figures.add(figures);
  }
  for (const WeeklyBook::DeadLetter& dead : book.dead_letters) {
    if (concerns(dead, scope, staff)) report->figures.dead_letters.push_back(dead.letter);
  }
  report->figures.sort();
  report->unreadable = book.unreadable;
  report->health = book.health;
  add_names(*report, service);
  const JournalHead head = service.store().journal().head();
  report->journal_seq = head.seq;
  report->journal_hash = head.hash;
  return report;
}

}  // namespace omamori
