#include "db/door_records.h"

namespace omamori {
namespace {

const std::string kActs =
    "SELECT id, token_hash, form_hash, at, staff, subject, act, on_day, record_kind, record_id,"
    " answer, nonce_hash, note, undone_at FROM door_act";

DoorToken token_of(const Cursor& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4), row.instant(5)};
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
  return act;
}

std::optional<DoorAct> first(Cursor rows) {
  if (!rows.next()) return {};
  return act_of(rows);
}

}  // namespace

DoorRecords::DoorRecords(Database& database)
    : db_(database),
      answered_(db_, kActs +
                         " WHERE token_hash = ?1 AND form_hash = ?2 AND undone_at IS NULL"
                         " ORDER BY id DESC LIMIT 1"),
      undone_by_(db_, kActs + " WHERE nonce_hash = ?1 ORDER BY id DESC LIMIT 1"),
      acts_(db_, kActs + " WHERE token_hash = ?1 ORDER BY id DESC") {}

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
           act.record_kind, act.record_id, act.answer, act.nonce_hash, act.note);
  return db_.last_id();
}

std::optional<DoorAct> DoorRecords::answered(const std::string& token_hash,
                                             const std::string& form_hash) {
  return first(answered_.query(token_hash, form_hash));
}

std::optional<DoorAct> DoorRecords::undone_by(const std::string& nonce_hash) {
  return first(undone_by_.query(nonce_hash));
}

std::vector<DoorAct> DoorRecords::acts(const std::string& token_hash) {
  std::vector<DoorAct> found;
  for (Cursor rows = acts_.query(token_hash); rows.next();) found.push_back(act_of(rows));
  return found;
}

void DoorRecords::mark_undone(std::int64_t act, Instant now) { undo_.run(act, now); }

}  // namespace omamori
