// What the planner leaves behind: when to look at a client again, and what somebody must do.
#include "daemon/model/calendar.h"
#include "db/detail.h"
#include "db/file_words.h"
#include "db/obligation_row.h"
#include "db/store.h"

namespace omamori {

struct Store::Planning {
  explicit Planning(Database& database) : db(database) {}
  Database& db;
  Statement lost{db,
                 "SELECT code FROM client WHERE NOT EXISTS"
                 " (SELECT 1 FROM client_schedule s WHERE s.client = client.code) ORDER BY code"};
  Statement restore{db, "INSERT INTO client_schedule VALUES (?1, NULL, '', 1, ?2)"};
  Statement due{db,
                "SELECT client FROM client_schedule WHERE dirty = 1 UNION"
                " SELECT client FROM client_schedule WHERE next_at IS NOT NULL AND next_at <= ?1"
                " ORDER BY client"};
  Statement earliest{db,
                     "SELECT CASE WHEN EXISTS (SELECT 1 FROM client_schedule WHERE dirty = 1)"
                     " THEN ?1 ELSE (SELECT min(next_at) FROM client_schedule"
                     " WHERE next_at IS NOT NULL) END"};
  Statement find{
      db, "SELECT next_at, reason, changed_at, dirty FROM client_schedule WHERE client = ?1"};
  Statement set_next{
      db, "UPDATE client_schedule SET next_at = ?2, reason = ?3, dirty = 0 WHERE client = ?1"};
  Statement set_planned{db, "UPDATE client_schedule SET dirty = 0 WHERE client = ?1"};
  Statement mark{db, "UPDATE client_schedule SET dirty = 1, changed_at = ?2 WHERE client = ?1"};
  Statement mark_all{db, "UPDATE client_schedule SET dirty = 1, changed_at = ?1"};
  Statement put{
      db,
      "INSERT INTO obligation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
      " ?15, ?16, ?17, 'live', NULL, '') ON CONFLICT (key) DO UPDATE SET client = ?2, kind = ?3,"
      " opened = ?4, window_from = ?5, due_by = ?6, count_from = ?7, months = ?8, check_code = ?9,"
      " provider = ?10, last_ok = ?11, interval_months = ?12, basis = ?13, refused = ?14,"
      " waiving_check = ?15, quiet = ?16,"
      " known_since = CASE WHEN state = 'live' THEN known_since ELSE ?17 END, state = 'live', "
      "ended_at = NULL, reason = ''"};
  Statement end{db,
                "UPDATE obligation SET state = ?2, reason = ?3, ended_at = ?4"
                " WHERE key = ?1 AND state = 'live'"};
  // An ended obligation owes nothing, except what may have been accepted already.
  Statement skip_items{db,
                       "UPDATE item SET state = 'skipped', reason = ?2, message = NULL,"
                       " next_attempt_at = NULL WHERE obligation = ?1 AND state = 'owed' AND"
                       " NOT EXISTS (SELECT 1 FROM message m WHERE m.id = item.message AND"
                       " m.state = 'pending' AND (m.frozen = 1 OR m.in_flight = 1))"};
  Statement one{db, std::string(kObligations) + " WHERE key = ?1"};
  Statement all_live{db, std::string(kObligations) + " WHERE state = 'live' ORDER BY client, key"};
  Statement live{db,
                 std::string(kObligations) + " WHERE client = ?1 AND state = 'live' ORDER BY key"};
  Statement of_client{db, std::string(kObligations) + " WHERE client = ?1 ORDER BY key"};
};

std::shared_ptr<Store::Planning> Store::make_planning() {
  return std::make_shared<Planning>(database_);
}

std::vector<std::string> Store::restore_schedules(Instant now) {
  std::vector<std::string> found;
  for (Cursor rows = planning_->lost.query(); rows.next();) found.push_back(rows.text(0));
  for (const std::string& client : found) planning_->restore.run(client, now);
  return found;
}

std::vector<std::string> Store::clients_due(Instant now) {
  std::vector<std::string> found;
  for (Cursor rows = planning_->due.query(now); rows.next();) found.push_back(rows.text(0));
  return found;
}

std::optional<Instant> Store::next_client_instant(Instant now) {
  Cursor rows = planning_->earliest.query(now);
  return rows.next() ? rows.optional_instant(0) : std::nullopt;
}

std::optional<ClientSchedule> Store::schedule(const std::string& client) {
  Cursor rows = planning_->find.query(client);
  if (!rows.next()) return std::nullopt;
  return ClientSchedule{rows.optional_instant(0), rows.text(1), rows.instant(2), rows.flag(3)};
}

void Store::set_next(const std::string& client, std::optional<Instant> next,
                     std::string_view reason) {
  planning_->set_next.run(client, next, reason);
}

void Store::set_planned(const std::string& client) { planning_->set_planned.run(client); }

void Store::mark_dirty(const std::string& client, Instant now) { planning_->mark.run(client, now); }

void Store::mark_all_dirty(Instant now) { planning_->mark_all.run(now); }

bool Store::put_obligation(const Obligation& wanted, const Act& act,
                           std::optional<Instant> known_since) {
  const auto known = obligation(wanted.key);
  const bool live = known && known->state == ObligationState::live;
  if (live && known->obligation == wanted) return false;
  Transaction transaction(database_);
  planning_->put.run(wanted.key, wanted.client, file_word(wanted.kind), wanted.opened,
                     wanted.window_from, wanted.due_by, wanted.count_from,
                     join_months(wanted.months), wanted.check, wanted.provider, wanted.last_ok,
                     wanted.interval_months, file_word(wanted.basis.basis), wanted.basis.refused,
                     wanted.waiving_check, wanted.quiet, known_since.value_or(act.now));
  const char* kind = !known ? "obligation.opened"
                     : live ? "obligation.changed"
                            : "obligation.reopened";
  journal_.append({act.now, act.actor, kind, wanted.client, wanted.key,
                   detail_json({{"due_by", wanted.due_by ? to_string(*wanted.due_by) : ""},
                                {"months", join_months(wanted.months)},
                                {"interval_months", std::int64_t{wanted.interval_months}},
                                {"basis", std::string(file_word(wanted.basis.basis))},
                                {"refused", wanted.basis.refused},
                                {"check", wanted.check}})});
  transaction.commit();
  return true;
}

bool Store::end_obligation(const std::string& key, ObligationState state, const std::string& reason,
                           const Act& act) {
  const auto known = obligation(key);
  if (!known || known->state != ObligationState::live) return false;
  Transaction transaction(database_);
  const std::string word(file_word(state));
  planning_->end.run(key, word, reason, act.now);
  planning_->skip_items.run(key, word + (reason.empty() ? "" : ": " + reason));
  journal_.append(
      {act.now, act.actor, "obligation.ended", known->obligation.client, key,
       detail_json({{"state", word}, {"reason", reason}, {"items_skipped", database_.changes()}})});
  transaction.commit();
  return true;
}

std::optional<StoredObligation> Store::obligation(const std::string& key) {
  Cursor rows = planning_->one.query(key);
  if (!rows.next()) return std::nullopt;
  return stored_obligation_of(rows);
}

std::vector<Obligation> Store::live_obligations(const std::string& client) {
  std::vector<Obligation> found;
  for (Cursor rows = planning_->live.query(client); rows.next();) {
    found.push_back(obligation_of(rows));
  }
  return found;
}

std::vector<StoredObligation> Store::obligations(const std::string& client) {
  std::vector<StoredObligation> found;
  for (Cursor rows = planning_->of_client.query(client); rows.next();) {
    found.push_back(stored_obligation_of(rows));
  }
  return found;
}

void Store::each_live_obligation(const std::function<void(const Obligation&)>& each) {
  for (Cursor rows = planning_->all_live.query(); rows.next();) each(obligation_of(rows));
}

}  // namespace omamori
