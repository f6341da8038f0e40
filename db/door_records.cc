#include "db/door_records.h"

#include <algorithm>

namespace omamori {
namespace {

const std::string kActs =
    "SELECT id, token_hash, form_hash, at, staff, subject, act, on_day, record_kind, record_id,"
    " answer, nonce_hash, note, undone_at, until_day, ended,"
    " client, made_on FROM door_act";

DoorToken token_of(const Cursor& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4), row.instant(5)};
}

// "concern lapse", and back.
std::vector<ObligationKind> kinds_of(std::string_view words) {
  std::vector<ObligationKind> kinds;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (const auto kind = obligation_kind(words.substr(0, end))) kinds.push_back(*kind);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return kinds;
}

std::string words_of(const std::vector<ObligationKind>& kinds) {
  std::string words;
  for (const ObligationKind kind : kinds) {
    if (!words.empty()) words += ' ';
    words += to_word(kind);
  }
  return words;
}

DoorAct act_of(const Cursor& row) {
  DoorAct act;
  act.id = row.integer(0);
  act.token_hash = row.view(1);
  act.form_hash = row.view(2);
  act.at = row.instant(3);
  act.staff = row.view(4);
  act.subject = row.view(5);
  act.act = row.view(6);
  act.on = row.optional_day(7);
  act.record_kind = row.view(8);
  act.record_id = row.integer(9);
  act.answer = row.view(10);
  act.nonce_hash = row.view(11);
  act.note = row.view(12);
  act.undone_at = row.optional_instant(13);
  act.until = row.optional_day(14);
  act.ended = kinds_of(row.view(15));
  act.client = row.view(16);
  if (!row.view(17).empty()) act.made_on = row.day(17);
  return act;
}

std::vector<DoorAct> all(Cursor rows) {
  std::vector<DoorAct> found;
  while (rows.next()) found.push_back(act_of(rows));
  return found;
}

std::optional<DoorAct> first(Cursor rows) {
  if (!rows.next()) return {};
  return act_of(rows);
}

}  // namespace

DoorRecords::DoorRecords(Database& database)
    : db_(database),
      act_(db_, kActs + " WHERE id = ?1"),
      answered_(db_, kActs +
                         " WHERE token_hash = ?1 AND form_hash = ?2 AND undone_at IS NULL"
                         " ORDER BY id DESC LIMIT 1"),
      undone_by_(db_, kActs + " WHERE nonce_hash = ?1 ORDER BY id DESC LIMIT 1"),
      acts_(db_, kActs + " WHERE token_hash = ?1 ORDER BY id DESC"),
      answered_all_(db_, kActs +
                             " WHERE token_hash = ?1 AND form_hash = ?2 AND undone_at IS NULL"
                             " ORDER BY id"),
      all_undone_by_(db_, kActs + " WHERE nonce_hash = ?1 ORDER BY id") {}

void DoorRecords::carry(const DoorToken& token) {
  carry_.run(token.hash, token.staff, token.subject, token.door, token.generation,
             token.carried_at);
}

std::optional<DoorToken> DoorRecords::find(const std::string& hash) {
  Cursor rows = find_.query(hash);
  if (!rows.next()) return {};
  return token_of(rows);
}

std::vector<DoorToken> DoorRecords::list(const std::string& staff, Instant since) {
  std::vector<DoorToken> found;
  for (Cursor rows = list_.query(staff, since); rows.next();) found.push_back(token_of(rows));
  return found;
}

void DoorRecords::forget(Instant since) { forget_.run(since); }

int DoorRecords::generation(const std::string& staff) {
  Cursor rows = generation_.query(staff);
  return rows.next() ? rows.number(0) : 0;
}

void DoorRecords::raise_generation(const std::string& staff) { raise_.run(staff); }

std::int64_t DoorRecords::put(const DoorAct& act) {
  put_.run(act.token_hash, act.form_hash, act.at, act.staff, act.subject, act.act, act.on,
           act.record_kind, act.record_id, act.answer, act.nonce_hash, act.note, act.until,
           words_of(act.ended), act.client, act.made_on);
  return db_.last_id();
}

std::optional<DoorAct> DoorRecords::act(std::int64_t id) { return first(act_.query(id)); }

std::optional<DoorAct> DoorRecords::answered(const std::string& token_hash,
                                             const std::string& form_hash) {
  return first(answered_.query(token_hash, form_hash));
}

std::optional<DoorAct> DoorRecords::undone_by(const std::string& nonce_hash) {
  return first(undone_by_.query(nonce_hash));
}

std::vector<DoorAct> DoorRecords::acts(const std::string& token_hash) {
  return all(acts_.query(token_hash));
}

std::vector<DoorAct> DoorRecords::answered_all(const std::string& token_hash,
                                               const std::string& form_hash) {
  return all(answered_all_.query(token_hash, form_hash));
}

std::vector<DoorAct> DoorRecords::all_undone_by(const std::string& nonce_hash) {
  return all(all_undone_by_.query(nonce_hash));
}

std::vector<DoorRecords::CheckOfProvider> DoorRecords::checks_of(const std::string& provider) {
  std::vector<CheckOfProvider> found;
  for (Cursor rows = checks_of_.query(provider); rows.next();) {
    found.push_back({rows.text(0), rows.text(1)});
  }
  return found;
}

std::vector<std::string> DoorRecords::receipts_told(int limit) {
  std::vector<std::string> keys;
  for (Cursor rows = receipts_told_.query(limit); rows.next();) keys.push_back(rows.text(0));
  return keys;
}

std::vector<std::int64_t> DoorRecords::items_after(std::int64_t id, int limit) {
  std::vector<std::int64_t> ids;
  for (Cursor rows = items_after_.query(id, limit); rows.next();) ids.push_back(rows.integer(0));
  return ids;
}

bool DoorRecords::is_said_elsewhere(const DoorAct& act) {
  if (act.record_id == 0) return false;  // there is no record but the act itself
  return said_elsewhere_.query(act.record_kind, act.record_id, act.staff).next();
}

void DoorRecords::mark_undone(std::int64_t act, Instant now) { undo_.run(act, now); }

std::vector<Repetition> DoorRecords::repetitions(const std::string& client) {
  std::vector<Repetition> found;
  for (Cursor rows = repetitions_.query(client); rows.next();) {
    Repetition repetition{rows.text(0), rows.integer(1), {}, rows.text(3), rows.text(4)};
    if (rows.integer(2) != 0) repetition.at = rows.instant(2);
    found.push_back(std::move(repetition));
  }
  return found;
}

}  // namespace omamori
