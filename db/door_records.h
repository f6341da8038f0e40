// What is kept of the doors: which links lead where, and what came by them. A part of the store: it
// shares the store's Database, its thread and its transactions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/sqlite/database.h"

namespace omamori {

// So long a link lives after the last message that carried it (P8).
inline constexpr std::chrono::days kLinkLives{90};

struct DoorToken {
  std::string hash;  // of the token, daemon/doors/token.h; the token itself is kept nowhere
  std::string staff;
  std::string subject;  // key of an obligation
  std::string door;     // "act"
  int generation = 0;
  Instant carried_at{};
  bool operator==(const DoorToken&) const = default;
};

struct DoorAct {
  std::int64_t id = 0;  // of the store
  std::string token_hash;
  std::string form_hash;
  Instant at{};
  std::string staff;
  std::string subject;
  std::string act;  // "visited"
  std::optional<Day> on;
  std::string record_kind;  // as `omamorictl void` names it
  std::int64_t record_id = 0;
  std::string answer;
  std::string nonce_hash;  // "": it was a record already, which is not theirs to undo
  std::string note;        // of such a one: that record keeps its own
  std::optional<Instant> undone_at = std::nullopt;
  bool operator==(const DoorAct&) const = default;
};

class DoorRecords {
 public:
  explicit DoorRecords(Database& database);

  // A message that carries it leaves now; a later instant takes the place of an earlier one.
  void carry(const DoorToken& token);
  std::optional<DoorToken> find(const std::string& hash);
  // Last carried at or after `since`; newest first. `staff` "": everybody's.
  std::vector<DoorToken> list(const std::string& staff, Instant since);
  // Those last carried before `since` are forgotten.
  void forget(Instant since);

  // 0 until the first revocation.
  int generation(const std::string& staff);
  // All links of that person are dead from now on; their next messages carry others.
  void raise_generation(const std::string& staff);

  std::int64_t put(const DoorAct& act);
  // What that form was answered, unless it was undone since.
  std::optional<DoorAct> answered(const std::string& token_hash, const std::string& form_hash);
  std::optional<DoorAct> undone_by(const std::string& nonce_hash);
  // By that link, newest first, undone ones too.
  std::vector<DoorAct> acts(const std::string& token_hash);
  void mark_undone(std::int64_t act, Instant now);

 private:
  Database& db_;
  Statement carry_{db_,
                   "INSERT INTO door_token VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (hash)"
                   " DO UPDATE SET carried_at = max(carried_at, excluded.carried_at)"};
  Statement find_{db_,
                  "SELECT hash, staff, subject, door, generation, carried_at FROM door_token"
                  " WHERE hash = ?1"};
  Statement list_{db_,
                  "SELECT hash, staff, subject, door, generation, carried_at FROM door_token"
                  " WHERE (?1 = '' OR staff = ?1) AND carried_at >= ?2"
                  " ORDER BY carried_at DESC, staff, subject"};
  Statement forget_{db_, "DELETE FROM door_token WHERE carried_at < ?1"};
  Statement generation_{db_, "SELECT generation FROM door_generation WHERE staff = ?1"};
  Statement raise_{db_,
                   "INSERT INTO door_generation VALUES (?1, 1) ON CONFLICT (staff)"
                   " DO UPDATE SET generation = generation + 1"};
  Statement put_{db_,
                 "INSERT INTO door_act (token_hash, form_hash, at, staff, subject, act, on_day,"
                 " record_kind, record_id, answer, nonce_hash, note)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"};
  Statement answered_;
  Statement undone_by_;
  Statement acts_;
  Statement undo_{db_, "UPDATE door_act SET undone_at = ?2 WHERE id = ?1"};
};

}  // namespace omamori
