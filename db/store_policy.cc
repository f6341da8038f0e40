// The policies that were accepted: the last one word for word, and the terms of all of them.
#include "daemon/model/calendar.h"
#include "db/detail.h"
#include "db/store.h"

namespace omamori {

struct Store::PolicyTables {
  explicit PolicyTables(Database& database) : db(database) {}
  Database& db;
  Statement put{db,
                "INSERT INTO policy_version (accepted_at, known_from, text,"
                " standard_interval_months, extended_interval_months, max_interval_months,"
                " initial_months, include_start_month, initial_from_next_month, journal)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
  Statement put_office{db, "INSERT INTO policy_office VALUES (?1, ?2, ?3)"};
  Statement put_override{db, "INSERT INTO policy_override VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
  Statement kept{db, "SELECT id, accepted_at, text FROM policy_version ORDER BY id DESC LIMIT 1"};
  Statement on_day{db,
                   "SELECT id, accepted_at, text, known_from,"
                   " (SELECT min(known_from) FROM policy_version l WHERE l.id > v.id)"
                   " FROM policy_version v WHERE id = coalesce("
                   "(SELECT max(id) FROM policy_version WHERE known_from <= ?1),"
                   " (SELECT max(id) FROM policy_version WHERE known_from ="
                   " (SELECT min(known_from) FROM policy_version)))"};
  Statement history{db,
                    "SELECT id, known_from, standard_interval_months, extended_interval_months,"
                    " max_interval_months, initial_months, include_start_month,"
                    " initial_from_next_month, journal FROM policy_version ORDER BY id"};
  Statement first_client{db, "SELECT min(journal) FROM client_version"};
  Statement offices{db,
                    "SELECT office, interval_months FROM policy_office WHERE version = ?1"
                    " ORDER BY office"};
  Statement overrides{db,
                      "SELECT client, interval_months, from_day, until_day, reason, agreed_on"
                      " FROM policy_override WHERE version = ?1 ORDER BY client, from_day"};

  Terms terms_of(const Cursor& version, std::vector<std::string>* unreadable) {
    Terms terms;
    terms.standard_interval_months = version.number(2);
    terms.extended_interval_months = version.number(3);
    terms.max_interval_months = version.number(4);
    terms.initial_months = version.number(5);
    terms.include_start_month = version.flag(6);
    terms.initial_from_next_month = version.flag(7);
    const std::int64_t id = version.integer(0);
    for (Cursor rows = offices.query(id); rows.next();) {
      terms.offices.push_back({rows.text(0), rows.number(1)});
    }
    for (Cursor rows = overrides.query(id); rows.next();) {
      try {
        terms.overrides.push_back({rows.text(0), rows.number(1), rows.day(2), rows.optional_day(3),
                                   rows.text(4), rows.optional_day(5)});
      } catch (const BadRow&) {
        if (!unreadable) throw;
        unreadable->push_back("policy override of " + rows.text(0));
      }
    }
    return terms;
  }
};

std::shared_ptr<Store::PolicyTables> Store::make_policy() {
  return std::make_shared<PolicyTables>(database_);
}

std::int64_t Store::accept_policy(const std::string& text, const Policy& policy,
                                  const std::vector<std::string>& changes, const Act& act) {
  Transaction transaction(database_);
  const std::int64_t journal =
      journal_.append({act.now, act.actor, "policy", "", "policy",
                       detail_json({{"sha256", sha256_hex(text)}, {"changes", changes}})});
  const Terms& terms = policy.terms;
  policy_->put.run(act.now, act.today, text, terms.standard_interval_months,
                   terms.extended_interval_months, terms.max_interval_months, terms.initial_months,
                   terms.include_start_month, terms.initial_from_next_month, journal);
  const std::int64_t version = database_.last_id();
  for (const OfficeInterval& office : terms.offices) {
    policy_->put_office.run(version, office.office, office.interval_months);
  }
  for (const Override& one : terms.overrides) {
    policy_->put_override.run(version, one.client, one.from, one.until, one.interval_months,
                              one.reason, one.agreed_on);
  }
  ++settings_written_;
  mark_all_dirty(act.now);
  transaction.commit();
  return version;
}

std::optional<KeptPolicy> Store::kept_policy() {
  Cursor rows = policy_->kept.query();
  if (!rows.next()) return std::nullopt;
  return KeptPolicy{rows.integer(0), rows.instant(1), rows.text(2)};
}

std::optional<PolicyOfDays> Store::policy_on(Day day) {
  Cursor rows = policy_->on_day.query(day);
  if (!rows.next()) return std::nullopt;
  PolicyOfDays found{{rows.integer(0), rows.instant(1), rows.text(2)}, rows.day(3), {}};
  if (const auto next = rows.optional_day(4)) found.until = *next - std::chrono::days{1};
  return found;
}

// What was accepted later counts from its day on: of one day the last, and what was dated ahead by
// a clock that has been set back since never came into force. Only what lies before all of them is
// judged by the first settings known (R7), those of the first import: another policy on the day of
// that import does not judge the past again.
std::vector<TermsVersion> Store::terms_history(std::vector<std::string>* unreadable) {
  std::int64_t first_import = 0;  // journal; 0: no client yet
  if (Cursor rows = policy_->first_client.query(); rows.next() && !rows.is_null(0)) {
    first_import = rows.integer(0);
  }
  std::vector<TermsVersion> all;
  for (Cursor rows = policy_->history.query(); rows.next();) {
    Day known_from{};
    try {
      known_from = rows.day(1);
    } catch (const BadRow&) {
      if (!unreadable) throw;
      unreadable->push_back("policy version " + rows.text(0));
      continue;
    }
    const bool judges_somebody = first_import != 0 && rows.integer(8) > first_import;
    while (!all.empty() && all.back().known_from >= known_from) {
      if (all.size() == 1 && judges_somebody) {
        all.back().known_from = known_from - std::chrono::days{1};
      } else {
        all.pop_back();
      }
    }
    Terms terms = policy_->terms_of(rows, unreadable);
    if (all.empty() || all.back().terms != terms) all.push_back({known_from, std::move(terms)});
  }
  return all;
}

}  // namespace omamori
