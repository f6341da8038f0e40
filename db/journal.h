// The journal: every decision as one row, never changed, each chained to the one before by SHA-256.
//
// It is there to notice accidents (a restored half file, a hand edit, a lost tail), and to let
// somebody say afterwards "this was known then". It does not stop somebody who rewrites the whole
// file; for that, print the head now and then (`omamorictl status`) and verify against the paper.
//
// It holds codes and hashes of free text, never names (promise P7): a note is journalled as
// text_hash(note). The hash of a row covers every column and the previous row's hash, each column
// written as its length, a colon and its bytes, so that no two rows have the same serialisation.
//
// Rows are removed in one way only, remove(), which keeps the chain whole (db/journal_gaps.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"
#include "db/hashes.h"
#include "db/journal_gaps.h"
#include "db/sqlite/database.h"

namespace omamori {

struct JournalEntry {
  Instant at{};
  std::string actor;    // who: "uid:1000", "omamorid"
  std::string kind;     // "import", "record.monitoring", "obligation.opened", …
  std::string client;   // client code, may be empty
  std::string subject;  // obligation key, check, staff, message id … may be empty
  std::string detail;   // a JSON object
};

struct JournalRow {
  std::int64_t seq = 0;
  JournalEntry entry;
  std::string prev_hash;
  std::string hash;
};

// The last row as it may be printed; {0, genesis} for an empty journal.
struct JournalHead {
  std::int64_t seq = 0;
  std::string hash;
  bool operator==(const JournalHead&) const = default;
};

struct JournalVerdict {
  bool ok = true;
  JournalHead head;
  std::int64_t bad_seq = 0;  // the first row that is wrong
  std::string why;           // what is wrong with it, in words
  // The row that was printed is among those that were removed: it can be compared no more.
  bool printed_is_gone = false;
};

// All conditions that are set must hold. Rows come in ascending order; with `last` only the last
// that many of them.
struct JournalFilter {
  std::string client;
  std::string kind;  // this kind, or with a final '.' all that begin with it
  std::optional<Instant> since;
  std::int64_t last = 0;   // 0 = all
  std::int64_t after = 0;  // only rows behind this one
};

class Journal {
 public:
  explicit Journal(Database& database) : database_(database) {}

  // Appends inside the caller's transaction and returns the row's number.
  std::int64_t append(const JournalEntry& entry);
  JournalHead head();
  // Takes these rows out, and appends one that says so and why. Rows that are not there are no
  // matter. Inside the caller's transaction.
  void remove(const std::vector<std::int64_t>& rows, Instant at, const std::string& actor,
              const std::string& why);
  // The hash of one row; "" = there is no such row, or it was removed and its hash is not kept.
  std::string hash_at(std::int64_t seq);
  // Reads every row once, in memory of one row. With `printed`, also that the row printed then is
  // still there and the same: this shows a lost tail.
  JournalVerdict verify(const std::optional<JournalHead>& printed = {});
  // The same of at most `rows` rows behind `after`, for who cannot wait for all of them. It is the
  // end when the head it answers with is head(), or, with nothing wrong, `after` itself. Of the
  // gaps it only sees that the chain goes on behind them; the rest is gaps_problem().
  JournalVerdict verify_part(const JournalHead& after, std::int64_t rows);
  // "" or what is wrong with what is kept of the rows that were removed. Reads all of that.
  std::string gaps_problem();
  void read(const JournalFilter& filter, const std::function<void(const JournalRow&)>& each);

 private:
  std::int64_t append_behind(const JournalHead& before, const JournalEntry& entry);
  bool skip_removed(JournalVerdict& verdict, std::int64_t next,
                    const std::optional<JournalHead>& printed);

  Database& database_;
  Statement head_{database_, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"};
  Statement insert_{database_, "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"};
  Statement all_{database_,
                 "SELECT seq, at, actor, kind, client, subject, detail, prev_hash, hash"
                 " FROM journal ORDER BY seq"};
  Statement part_{database_,
                  "SELECT seq, at, actor, kind, client, subject, detail, prev_hash, hash"
                  " FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2"};
  Statement take_{database_, "DELETE FROM journal WHERE seq = ?1 RETURNING prev_hash, hash"};
  Statement last_removal_{database_,
                          "SELECT subject FROM journal WHERE kind = 'journal.removed'"
                          " ORDER BY seq DESC LIMIT 1"};
  JournalGaps gaps_{database_};
};

// What the first row is chained to: verify_part() begins behind it.
JournalHead before_the_first_row();

}  // namespace omamori
