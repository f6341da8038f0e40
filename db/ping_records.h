// What is kept of the pings of safety checks (P8): their keys' generations, and how often what
// came. A part of the store: it shares the store's Database, its thread and its transactions.
//
// A sensor that calls every minute makes one record a day: the calls after the first write the same
// row again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "db/sqlite/database.h"

namespace omamori {

// A check-in of a day, not void, as a further one is compared with it.
struct KnownCheckIn {
  CheckIn check_in;
  bool by_ping = false;    // made by one
  bool has_pings = false;  // made by one, or told again by one
};

// A call that did not count: the holder of the key used another method.
struct RefusedPing {
  std::string method;
  Day on{};  // the last day of it
};

class PingRecords {
 public:
  explicit PingRecords(Database& database) : db_(database) {}

  // 0 until the first `check-key --new`.
  int generation(const std::string& check);
  int raise_generation(const std::string& check);
  void each_check(const std::function<void(const std::string& check, int generation)>& each);
  // Another number whenever each_check() may have another answer.
  std::int64_t changes();

  // By instant, then id.
  std::vector<KnownCheckIn> of_day(const std::string& client, const std::string& check, Day on);
  // One more call that is this record.
  void count(std::int64_t check_in, Instant at);
  // The record was made by a ping.
  void mark_made(std::int64_t check_in, std::int64_t joins);
  // A later call that is this record, after another word: it counts from now.
  void move(std::int64_t check_in, Instant at);

  // Was a call with this mark lately one of the check? The last kMarks are known.
  bool is_seen(const std::string& check, const std::string& mark);
  void remember(const std::string& check, const std::string& mark);

  std::optional<RefusedPing> refused(const std::string& check);
  // True: the first of its day, and written.
  bool refuse(const std::string& check, const RefusedPing& call);

 private:
  static constexpr std::size_t kMarks = 32;

  std::string marks(const std::string& check);

  Database& db_;
  Statement generation_{db_, "SELECT generation FROM check_key WHERE check_code = ?1"};
  Statement raise_{db_,
                   "INSERT INTO check_key VALUES (?1, 1) ON CONFLICT (check_code)"
                   " DO UPDATE SET generation = generation + 1"};
  Statement checks_{db_,
                    "SELECT c.code, coalesce(k.generation, 0) FROM safety_check c"
                    " LEFT JOIN check_key k ON k.check_code = c.code"};
  Statement changes_{db_,
                     "SELECT max(coalesce((SELECT max(seq) FROM journal WHERE kind = 'import'), 0),"
                     " coalesce((SELECT max(seq) FROM journal WHERE kind = 'check.key'), 0))"};
  Statement of_day_{
      db_,
      "SELECT c.id, c.at, c.on_day, c.outcome, c.joins, c.source = 'ping',"
      " p.times IS NOT NULL, c.day_alone FROM check_in c LEFT JOIN ping p ON p.check_in = c.id"
      " WHERE c.client = ?1 AND c.check_code = ?2 AND c.at >= ?3 AND c.at < ?4"
      " AND c.on_day = ?5 AND c.voided = 0 ORDER BY c.at, c.id"};
  Statement count_{db_,
                   "INSERT INTO ping VALUES (?1, ?2, ?2, 1) ON CONFLICT (check_in) DO UPDATE SET"
                   " first_at = min(first_at, ?2), last_at = max(last_at, ?2), times = times + 1"};
  Statement mark_made_{db_,
                       "UPDATE check_in SET source = 'ping', joins = nullif(?2, 0) WHERE id = ?1"};
  Statement move_{db_, "UPDATE check_in SET at = ?2 WHERE id = ?1"};
  Statement marks_{db_, "SELECT marks FROM ping_seen WHERE check_code = ?1"};
  Statement remember_{db_,
                      "INSERT INTO ping_seen VALUES (?1, ?2) ON CONFLICT (check_code)"
                      " DO UPDATE SET marks = excluded.marks"};
  Statement refused_{db_, "SELECT method, on_day FROM ping_refused WHERE check_code = ?1"};
  Statement refuse_{db_,
                    "INSERT INTO ping_refused VALUES (?1, ?2, ?3) ON CONFLICT (check_code)"
                    " DO UPDATE SET method = excluded.method, on_day = excluded.on_day"};
};

}  // namespace omamori
