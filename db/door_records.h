// What is kept of the doors: which links lead where, and what came by them. A part of the store: it
// shares the store's Database, its thread and its transactions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/obligation.h"
#include "db/access_log.h"
#include "db/mail_records.h"
#include "db/ping_records.h"
#include "db/sqlite/database.h"

namespace omamori {

// So long a link lives after the last message that carried it (P8).
inline constexpr std::chrono::days kLinkLives{90};

struct DoorToken {
  std::string hash;  // of the token, daemon/doors/token.h; the token itself is kept nowhere
  std::string staff;
  // Key of an obligation; of attendance the staff's own code, of a reply the message's id.
  std::string subject;
  std::string door;  // "act", "attendance", "reply"
  int generation = 0;
  Instant carried_at{};
  bool operator==(const DoorToken&) const = default;
};

// The kind of an act that is its own record: that service has ended, until somebody confirms it.
inline constexpr const char* kEndReport = "end-report";

// ... by which service ended: there is no record to void, service goes on.
inline constexpr const char* kEndOfService = "end";

struct DoorAct {
  std::int64_t id = 0;  // of the store
  std::string token_hash;
  std::string form_hash;
  Instant at{};
  std::string staff;
  std::string subject;
  std::string client;
  std::string act;  // "visited"
  Day made_on{};    // the local day of `at`
  std::optional<Day> on;
  std::optional<Day> until;  // of an absence
  std::string record_kind;   // as `omamorictl void` names it; kEndReport; "" = no record
  std::int64_t record_id = 0;
  std::string answer;
  std::string nonce_hash;             // "": it was a record already, which is not theirs to undo
  std::string note;                   // of such a one: that record keeps its own
  std::vector<ObligationKind> ended;  // concern, lapse: what it ended
  std::optional<Instant> undone_at = std::nullopt;
  bool operator==(const DoorAct&) const = default;
};

// What another door said of a record that was known (P8).
struct Repetition {
  std::string kind;  // "check_in", "monitoring"
  std::int64_t record = 0;
  std::optional<Instant> at;  // of a check-in, where an hour was said
  std::string by, note;
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
  std::optional<DoorAct> act(std::int64_t id);
  // What that form was answered, unless it was undone since.
  std::optional<DoorAct> answered(const std::string& token_hash, const std::string& form_hash);
  std::optional<DoorAct> undone_by(const std::string& nonce_hash);
  // By that link, newest first, undone ones too.
  std::vector<DoorAct> acts(const std::string& token_hash);
  // The same of a form by which several things were recorded; ascending id.
  std::vector<DoorAct> answered_all(const std::string& token_hash, const std::string& form_hash);
  std::vector<DoorAct> all_undone_by(const std::string& nonce_hash);
  void mark_undone(std::int64_t act, Instant now);
  // Keys of live receipts of which nobody is owed a word any more; at most so many.
  std::vector<std::string> receipts_told(int limit);

  // Checks that are, or once were, that provider's; ascending client, check.
  struct CheckOfProvider {
    std::string client, check;
  };
  std::vector<CheckOfProvider> checks_of(const std::string& provider);
  // Ids of items behind that one, ascending, at most so many.
  std::vector<std::int64_t> items_after(std::int64_t id, int limit);
  // Did somebody else, a sensor or a list say the same as `act` recorded? Then that record stands
  // also without this word.
  bool is_said_elsewhere(const DoorAct& act);
  // Of a client's records, void ones left out.
  std::vector<Repetition> repetitions(const std::string& client);

  PingRecords& pings() { return pings_; }
  MailRecords& mails() { return mails_; }
  AccessLog& access() { return access_; }

 private:
  Database& db_;
  PingRecords pings_{db_};
  MailRecords mails_{db_};
  AccessLog access_{db_};
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
                 " record_kind, record_id, answer, nonce_hash, note, until_day, ended,"
                 " client, made_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                 " ?14, ?15, ?16)"};
  Statement act_;
  Statement repetitions_{db_,
                         "SELECT r.kind, r.record, r.at, r.by, r.note FROM check_in c"
                         " JOIN repetition r ON r.kind = 'check_in' AND r.record = c.id"
                         " WHERE c.client = ?1 AND c.voided = 0 UNION ALL"
                         " SELECT r.kind, r.record, r.at, r.by, r.note FROM monitoring m"
                         " JOIN repetition r ON r.kind = 'monitoring' AND r.record = m.id"
                         " WHERE m.client = ?1 AND m.voided = 0 ORDER BY 1, 2, 3"};
  Statement receipts_told_{db_,
                           "SELECT o.key FROM obligation o WHERE o.client = ''"
                           " AND o.key >= 'receipt/' AND o.key < 'receipt0' AND o.state = 'live'"
                           " AND NOT EXISTS (SELECT 1 FROM item i WHERE i.obligation = o.key"
                           " AND i.state = 'owed') LIMIT ?1"};
  Statement said_elsewhere_{db_,
                            "SELECT 1 FROM repetition WHERE kind = replace(?1, '-', '_')"
                            " AND record = ?2 UNION ALL"
                            " SELECT 1 FROM ping WHERE ?1 = 'check-in' AND check_in = ?2 UNION ALL"
                            " SELECT 1 FROM door_act WHERE record_kind = ?1 AND record_id = ?2"
                            " AND nonce_hash = '' AND undone_at IS NULL AND staff <> ?3 LIMIT 1"};
  Statement answered_;
  Statement undone_by_;
  Statement acts_;
  Statement answered_all_;
  Statement all_undone_by_;
  Statement checks_of_{db_,
                       "SELECT DISTINCT client, check_code FROM check_version"
                       " WHERE provider = ?1 ORDER BY client, check_code"};
  Statement items_after_{db_, "SELECT id FROM item WHERE id > ?1 ORDER BY id LIMIT ?2"};
  Statement undo_{db_, "UPDATE door_act SET undone_at = ?2 WHERE id = ?1"};
};

}  // namespace omamori
