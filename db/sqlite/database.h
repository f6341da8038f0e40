// SQLite as objects that clean up after themselves. Only this folder includes <sqlite3.h>.
//
// A Database is the one connection of the one process that owns the file; two connections to a WAL
// at the same instant can corrupt it (SQLite 3.7.0–3.51.2), so there is never a second. It is used
// from one thread at a time and never waits for a lock: somebody else in the file is an error.
//
// Days are TEXT 'YYYY-MM-DD', months TEXT 'YYYY-MM', instants INTEGER seconds since 1970 UTC, so
// that the file can be read with any SQLite tool and days sort as text.
//
// Everything throws SqliteError: what SQLite said, and in which SQL; reading a value that cannot be
// read throws BadRow. Never a bound value, because
// values can be names (promise P7).
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"

struct sqlite3;
struct sqlite3_stmt;

namespace omamori {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  // SQLite's extended result code; SQLITE_FULL is 13, SQLITE_NOTADB 26. 0: found by this library.
  int code() const { return code_; }
  // The file is not as SQLite left it (SQLITE_CORRUPT, SQLITE_NOTADB).
  bool is_damage() const { return (code_ & 0xff) == 11 || (code_ & 0xff) == 26; }

 private:
  int code_;
};

// What a row holds is not what this library wrote there: no day, an unknown word, a part missing.
// Not a SqliteError: the file and every other row can still be used, so whoever reads rows of many
// people catches this around each and goes on with the others (P5).
class BadRow : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Database {
 public:
  // Opens the file, or with `create` makes it (mode 0600; its WAL inherits that). Nothing has been
  // written or locked yet: the schema decides first whether this file is ours.
  Database(const std::filesystem::path& path, bool create);
  // Only to be looked at: it can be read, with what its write-ahead log holds if there is one, and
  // neither is changed. Of a file that nobody uses.
  struct ToLookAt {};
  Database(const std::filesystem::path& path, ToLookAt);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs any number of statements that take no values and whose rows nobody wants.
  void exec(const std::string& sql);
  // The first column of the first row of a query without values; 0 if there is no row.
  std::int64_t integer(const std::string& sql);

  std::int64_t last_id() const;  // id of the last row inserted
  std::int64_t changes() const;  // rows changed by the last statement
  bool in_transaction() const;
  // How many transactions, inner ones too, were undone since it was opened.
  std::int64_t undone() const { return undone_; }

  // "" if the file is sound, otherwise SQLite's first complaints. `quick` leaves out the comparison
  // of indexes with their tables.
  std::string integrity_problems(bool quick);
  // quick_check of one table, a name of the schema.
  std::string table_problems(const std::string& table);
  // A consistent copy, written beside `path` and renamed when it is complete and on disk.
  void backup_to(const std::filesystem::path& path);

  // Whatever is running breaks off with an SqliteError soon after `flag` is true: for work in a
  // thread of its own. The flag outlives this.
  void break_off_when(const std::atomic<bool>& flag);

  sqlite3* handle() const { return handle_; }

 private:
  void open(const std::string& name, int flags, const std::filesystem::path& path);
  std::string problems_said_by(const std::string& pragma);
  friend class Transaction;
  sqlite3* handle_ = nullptr;
  int depth_ = 0;  // open Transactions
  std::int64_t undone_ = 0;
};

// All or nothing: what is not committed when the guard leaves its scope is undone. Guards nest; an
// inner one that is undone leaves the outer one as it was before it, and only the outermost commit
// reaches the disk.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  int depth_;
  bool open_ = true;
};

class Statement;
class SlicedCopy;  // db/sqlite/sliced_copy.h

// The rows of a running query. Resets its statement at the end of its scope. Views into a row are
// valid until the next call of next().
class Cursor {
 public:
  explicit Cursor(Statement& statement) : statement_(statement) {}
  ~Cursor();
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  bool next();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  int number(int column) const { return static_cast<int>(integer(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  std::string_view view(int column) const;  // NULL is empty
  std::string text(int column) const { return std::string(view(column)); }
  Day day(int column) const;
  Month month(int column) const;
  Instant instant(int column) const;
  std::optional<int> optional_number(int column) const;
  std::optional<Day> optional_day(int column) const;
  std::optional<Month> optional_month(int column) const;
  std::optional<Instant> optional_instant(int column) const;

 private:
  Statement& statement_;
};

// One prepared statement. Meant to be a member whose initialiser is its SQL.
class Statement {
 public:
  Statement(Database& database, const std::string& sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Binds ?1, ?2, … and runs to the end. The number of values must be that of the parameters.
  template <class... Values>
  void run(const Values&... values) {
    start(sizeof...(values));
    int index = 0;
    (bind(++index, values), ...);
    finish();
  }
  // Binds and returns the rows. A statement that is still being read cannot be started again.
  template <class... Values>
  Cursor query(const Values&... values) {
    start(sizeof...(values));
    int index = 0;
    (bind(++index, values), ...);
    return Cursor(*this);
  }

 private:
  friend class Cursor;
  void start(std::size_t values);
  void finish();
  bool step();
  void reset();
  [[noreturn]] void fail(int code);

  void bind(int index, std::int64_t value);
  void bind(int index, std::integral auto value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::string_view value);
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, Day value);
  void bind(int index, Month value);
  void bind(int index, Instant value);
  void bind_null(int index);
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value) {
      bind(index, *value);
    } else {
      bind_null(index);
    }
  }

  Database& database_;
  std::string sql_;
  sqlite3_stmt* statement_ = nullptr;
  bool busy_ = false;
};

}  // namespace omamori
