// The journal: every decision as one row, never changed, each chained to the one before by SHA-256.
//
// It is there to notice accidents (a restored half file, a hand edit, a lost tail), and to let
// somebody say afterwards "this was known then". It does not stop somebody who rewrites the whole
// file; for that, print the head now and then (`omamorictl status`) and verify against the paper.
//
// It holds codes and hashes of free text, never names (promise P7): a note is journalled as
// text_hash(note). The hash of a row covers every column and the previous row's hash, each column
// written as its length, a colon and its bytes, so that no two rows have the same serialisation.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"
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
  // The hash of one row; "" = there is no such row.
  std::string hash_at(std::int64_t seq);
  // Reads every row once, in memory of one row. With `printed`, also that the row printed then is
  // still there and the same: this shows a lost tail.
  JournalVerdict verify(const std::optional<JournalHead>& printed = {});
  // The same of at most `rows` rows behind `after`, for who cannot wait for all of them. It is the
  // end when the head it answers with is head(), or, with nothing wrong, `after` itself.
  JournalVerdict verify_part(const JournalHead& after, std::int64_t rows);
  void read(const JournalFilter& filter, const std::function<void(const JournalRow&)>& each);

 private:
  Database& database_;
  Statement head_{database_, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"};
  Statement insert_{database_, "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"};
  Statement all_{database_,
                 "SELECT seq, at, actor, kind, client, subject, detail, prev_hash, hash"
                 " FROM journal ORDER BY seq"};
  Statement part_{database_,
                  "SELECT seq, at, actor, kind, client, subject, detail, prev_hash, hash"
                  " FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2"};
};

// What the first row is chained to: verify_part() begins behind it.
JournalHead before_the_first_row();

// "" for empty text, else "sha256:" and the first 16 hexadecimal digits: enough to tell whether a
// text is the one that was meant, without holding it.
std::string text_hash(std::string_view text);
// The whole SHA-256 of `bytes` in hexadecimal.
std::string sha256_hex(std::string_view bytes);

}  // namespace omamori
