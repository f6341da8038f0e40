// Facts for the planner: the tables of a client put together again.
//
// Every table is read in order of client, from a code ?1 to a code ?2, and always from an index
// that has this order; the rows of one client are then next to each other in all of them, and
// putting clients together is one merge. A single client is the same merge over a range of one.
#include <utility>

#include "daemon/model/check_in_order.h"
#include "db/client_rows.h"
#include "db/file_words.h"
#include "db/store.h"

namespace omamori {
namespace {

struct FactStatements {
  explicit FactStatements(Database& database) : db(database) {}
  Database& db;
  Statement clients{db,
                    "SELECT code, watched_from, ended_on FROM client"
                    " WHERE code >= ?1 AND code <= ?2 ORDER BY code"};
  Statement versions{db, in_range("SELECT client, known_from, office, case_manager, journal, line"
                                  " FROM client_version",
                                  "ORDER BY client, known_from, id")};
  Statement periods{
      db, in_range("SELECT client, known_from, start_day, end_day, plan_kind, decision_kind,"
                   " interval_months, monitoring_months, cut, journal, line FROM period_version",
                   "ORDER BY client, start_day, known_from, id")};
  Statement checks{
      db, in_range("SELECT client, code, watched_from FROM safety_check", "ORDER BY client, code")};
  Statement check_versions{
      db, in_range("SELECT client, check_code, known_from, from_day, until_day, every_days,"
                   " grace_days, extends_to, agreed_on, provider, journal, line"
                   " FROM check_version",
                   "ORDER BY client, check_code, known_from, id")};
  Statement check_ins{db, in_range("SELECT client, check_code, id, at, on_day, outcome, joins,"
                                   " day_alone FROM check_in",
                                   "AND voided = 0 ORDER BY client, check_code, at, id")};
  Statement voided{db, in_range("SELECT client, check_code, id, at, on_day, outcome, day_alone,"
                                " voided_on FROM check_in",
                                "AND voided_on IS NOT NULL ORDER BY client, check_code, id")};
  Statement visits{db, in_range("SELECT client, id, on_day, for_month, recorded_at"
                                " FROM monitoring",
                                "AND voided = 0 ORDER BY client, on_day, id")};
  Statement contacts{db, in_range("SELECT client, id, on_day, recorded_at FROM contact",
                                  "AND voided = 0 ORDER BY client, on_day, id")};
  Statement suspensions{db, in_range("SELECT client, id, from_day, until_day FROM suspension",
                                     "AND voided = 0 ORDER BY client, from_day, id")};
  Statement acknowledgements{
      db, in_range("SELECT client, id, obligation, staff, made_on, visit_on, recorded_at"
                   " FROM acknowledgement",
                   "AND voided = 0 ORDER BY client, made_on, id")};
  Statement end_reports{
      db, in_range("SELECT client, id, on_day, staff, made_on FROM door_act",
                   "AND record_kind = 'end-report' AND nonce_hash <> '' AND undone_at IS NULL"
                   " ORDER BY client, id")};
};

Source source_of(const Cursor& row, int journal_column) {
  return {row.integer(journal_column), row.number(journal_column + 1)};
}

// Appends a version, replacing one of the same day: of one day the last counts.
template <class Version>
void add_version(std::vector<Version>& versions, Version version, bool same) {
  if (same) versions.pop_back();
  versions.push_back(std::move(version));
}

// Puts clients together, one after the other, in order of their codes.
class Merge {
 public:
  Merge(FactStatements& statements, std::string_view first, std::string_view last)
      : clients_(statements.clients.query(first, last)),
        versions_(statements.versions, first, last),
        periods_(statements.periods, first, last),
        checks_(statements.checks, first, last),
        check_versions_(statements.check_versions, first, last, true),
        check_ins_(statements.check_ins, first, last, true),
        voided_(statements.voided, first, last, true),
        visits_(statements.visits, first, last),
        contacts_(statements.contacts, first, last),
        suspensions_(statements.suspensions, first, last),
        acknowledgements_(statements.acknowledgements, first, last),
        end_reports_(statements.end_reports, first, last) {}

  bool next(ClientFacts& facts) {
    if (!clients_.next()) return false;
    facts.code = clients_.view(0);
    facts.watched_from = clients_.day(1);
    facts.ended_on = clients_.optional_day(2);
    read_versions(facts);
    read_periods(facts);
    read_checks(facts);
    read_visits(facts);
    read_rare(facts);
    return true;
  }

  // What is left of an unreadable client's rows is passed over with the next client.
  bool next_readable(ClientFacts& facts,
                     const std::function<void(const std::string&)>& unreadable) {
    for (;;) {
      try {
        return next(facts);
      } catch (const BadRow&) {
        unreadable(facts.code);
      }
    }
  }

 private:
  void read_versions(ClientFacts& facts) {
    facts.versions.clear();
    for (; versions_.of(facts.code); versions_.next()) {
      const Cursor& row = versions_.row();
      ClientVersion version{row.day(1), row.text(2), row.text(3), source_of(row, 4)};
      const bool same =
          !facts.versions.empty() && facts.versions.back().known_from == version.known_from;
      add_version(facts.versions, std::move(version), same);
    }
    if (facts.versions.empty()) {
      throw BadRow("database: no client_version of client " + facts.code);
    }
  }

  void read_periods(ClientFacts& facts) {
    facts.periods.clear();
    for (; periods_.of(facts.code); periods_.next()) {
      const Cursor& row = periods_.row();
      PeriodVersion version;
      version.known_from = row.day(1);
      version.period.start = row.day(2);
      version.period.end = row.day(3);
      version.period.plan_kind = from_file_word<PlanKind>(row.view(4));
      version.period.decision_kind = from_file_word<DecisionKind>(row.view(5));
      version.period.interval_months = row.optional_number(6);
      version.period.monitoring_months = split_months(row.view(7));
      version.cut = row.flag(8);
      version.source = source_of(row, 9);
      const bool same = !facts.periods.empty() &&
                        facts.periods.back().period.start == version.period.start &&
                        facts.periods.back().known_from == version.known_from;
      add_version(facts.periods, std::move(version), same);
    }
  }

  void read_checks(ClientFacts& facts) {
    facts.checks.clear();
    for (; checks_.of(facts.code); checks_.next()) {
      Check& check = facts.checks.emplace_back();
      check.code = checks_.row().view(1);
      check.watched_from = checks_.row().day(2);
      read_check_versions(facts.code, check);
      read_check_ins(facts.code, check);
      read_voided(facts.code, check);
    }
  }

  void read_check_versions(std::string_view client, Check& check) {
    for (; check_versions_.of(client, check.code); check_versions_.next()) {
      const Cursor& row = check_versions_.row();
      CheckVersion version;
      version.known_from = row.day(2);
      version.terms.from = row.day(3);
      version.terms.until = row.optional_day(4);
      version.terms.every_days = row.number(5);
      version.terms.grace_days = row.number(6);
      version.terms.extends_to = row.optional_number(7);
      version.terms.agreed_on = row.optional_day(8);
      version.terms.provider = row.view(9);
      version.source = source_of(row, 10);
      const bool same =
          !check.versions.empty() && check.versions.back().known_from == version.known_from;
      add_version(check.versions, std::move(version), same);
    }
  }

  void read_check_ins(std::string_view client, Check& check) {
    for (; check_ins_.of(client, check.code); check_ins_.next()) {
      const Cursor& row = check_ins_.row();
      const CheckIn added{row.integer(2), row.instant(3),
                          row.day(4),     from_file_word<Outcome>(row.view(5)),
                          row.integer(6), row.flag(7)};
      // They come by their instants, which is the order but for a few of one day.
      auto place = check.check_ins.end();
      while (place != check.check_ins.begin() && said_before(added, *std::prev(place))) --place;
      check.check_ins.insert(place, added);
    }
  }

  void read_voided(std::string_view client, Check& check) {
    for (; voided_.of(client, check.code); voided_.next()) {
      const Cursor& row = voided_.row();
      const CheckIn was{
          row.integer(2), row.instant(3), row.day(4), from_file_word<Outcome>(row.view(5)), 0,
          row.flag(6)};
      check.voided.push_back({was, row.day(7)});
    }
  }

  void read_visits(ClientFacts& facts) {
    facts.visits.clear();
    for (; visits_.of(facts.code); visits_.next()) {
      const Cursor& row = visits_.row();
      facts.visits.push_back({row.integer(1), row.day(2), row.optional_month(3), row.instant(4)});
    }
  }

  void read_rare(ClientFacts& facts) {
    facts.contacts.clear();
    for (; contacts_.of(facts.code); contacts_.next()) {
      const Cursor& row = contacts_.row();
      facts.contacts.push_back({row.integer(1), row.day(2), row.instant(3)});
    }
    facts.suspensions.clear();
    for (; suspensions_.of(facts.code); suspensions_.next()) {
      const Cursor& row = suspensions_.row();
      facts.suspensions.push_back({row.integer(1), row.day(2), row.optional_day(3)});
    }
    facts.acknowledgements.clear();
    for (; acknowledgements_.of(facts.code); acknowledgements_.next()) {
      const Cursor& row = acknowledgements_.row();
      facts.acknowledgements.push_back({row.integer(1), row.text(2), row.text(3), row.day(4),
                                        row.optional_day(5), row.instant(6)});
    }
    facts.end_reports.clear();
    for (; end_reports_.of(facts.code); end_reports_.next()) {
      const Cursor& row = end_reports_.row();
      facts.end_reports.push_back({row.integer(1), row.day(2), row.text(3), row.day(4)});
    }
  }

  Cursor clients_;
  ClientRows versions_, periods_, checks_, check_versions_, check_ins_, voided_, visits_, contacts_,
      suspensions_, acknowledgements_, end_reports_;
};

}  // namespace

// Two sets, so that facts() may be asked for while for_each_client() runs.
struct Store::Facts {
  explicit Facts(Database& database) : one(database), all(database) {}
  FactStatements one;
  FactStatements all;
};

std::shared_ptr<Store::Facts> Store::make_facts() { return std::make_shared<Facts>(database_); }

std::optional<ClientFacts> Store::facts(const std::string& client) {
  Merge merge(facts_->one, client, client);
  ClientFacts facts;
  if (!merge.next(facts)) return std::nullopt;
  return facts;
}

void Store::for_each_client(const std::function<void(ClientFacts&)>& each) {
  for_each_client("", kAfterAllCodes, each);
}

void Store::for_each_client(const std::function<void(ClientFacts&)>& each,
                            const std::function<void(const std::string&)>& unreadable) {
  Merge merge(facts_->all, "", kAfterAllCodes);
  ClientFacts facts;
  while (merge.next_readable(facts, unreadable)) each(facts);
}

void Store::for_each_client(std::string_view first, std::string_view last,
                            const std::function<void(ClientFacts&)>& each) {
  Merge merge(facts_->all, first, last);
  ClientFacts facts;
  while (merge.next(facts)) each(facts);
}

StoredDirectory Store::directory() {
  StoredDirectory found;
  each_office([&](const OfficeRecord& office) {
    found.offices.push_back({office.code, office.supervisor, office.core_center});
  });
  each_staff(
      [&](const StaffRecord& staff) {
        found.staff.push_back({staff.code, staff.role, staff.office, staff.email, staff.webhook,
                               staff.channels, staff.language, staff.until, staff.phone});
      },
      [&](const std::string& code) { found.unreadable.push_back("staff " + code); });
  Statement absences(database_,
                     "SELECT id, staff, from_day, until_day, delegate FROM absence"
                     " WHERE voided = 0 ORDER BY staff, from_day, id");
  for (Cursor rows = absences.query(); rows.next();) {
    try {
      found.absences.push_back(
          {rows.integer(0), rows.text(1), rows.day(2), rows.optional_day(3), rows.text(4)});
    } catch (const BadRow&) {
      found.unreadable.push_back("absence of " + rows.text(1));
    }
  }
  return found;
}

}  // namespace omamori
