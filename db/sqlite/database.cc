#include "db/sqlite/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include <sqlite3.h>

#include "config/replace_file.h"
#include "daemon/model/calendar.h"
#include "db/sqlite/sliced_copy.h"

namespace omamori {
namespace {

// Long scripts are cut: the first line says which one it is.
std::string shortened(std::string_view sql) {
  constexpr std::size_t kLimit = 200;
  return sql.size() <= kLimit ? std::string(sql) : std::string(sql.substr(0, kLimit)) + " …";
}

[[noreturn]] void fail_with(sqlite3* handle, int code, std::string_view doing) {
  const char* said = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const int extended = handle ? sqlite3_extended_errcode(handle) : code;
  throw SqliteError(extended, "database: " + std::string(said) + " (code " +
                                  std::to_string(extended) + ") in: " + shortened(doing));
}

// SQLite would create the file with mode 0644; it holds names.
void create_private(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_CLOEXEC | O_RDWR, S_IRUSR | S_IWUSR);
  if (file < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot create " + path.string());
  }
  ::close(file);
}

// "file:/a%20b?immutable=1": whatever is no letter of a plain path is escaped.
std::string immutable_uri(const std::filesystem::path& path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4U];
      uri += kHex[byte & 15U];
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

Database::Database(const std::filesystem::path& path, bool create) {
  // SQLite's count of its own memory takes a lock at every allocation and nobody reads it. Only the
  // first opening of a process can say so; later calls are refused, harmlessly.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (create) create_private(path);
  open(path, SQLITE_OPEN_READWRITE, path);
}

Database::Database(const std::filesystem::path& path, ToLookAt /*only*/) {
  std::filesystem::path log = path;
  log += "-wal";
  std::error_code missing;
  const bool has_log = std::filesystem::file_size(log, missing) > 0 && !missing;
  if (!has_log) {
    open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, path);
  } else {
    // To read the log SQLite needs a lock that only who may write gets; at the end it would bring
    // the log into the file.
    open(path, SQLITE_OPEN_READWRITE, path);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  exec("PRAGMA query_only = ON; PRAGMA locking_mode = EXCLUSIVE");
}

void Database::open(const std::string& name, int flags, const std::filesystem::path& path) {
  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string said = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    sqlite3_close_v2(handle_);
    throw SqliteError(code, "cannot open " + path.string() + ": " + said);
  }
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // A misspelt column in double quotes must be an error and not a string.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
}

Database::~Database() { sqlite3_close_v2(handle_); }

void Database::exec(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with(handle_, code, sql);
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement(*this, sql);
  Cursor rows = statement.query();
  return rows.next() ? rows.integer(0) : 0;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::string Database::integrity_problems(bool quick) {
  return problems_said_by(quick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)");
}

std::string Database::table_problems(const std::string& table) {
  return problems_said_by("PRAGMA quick_check(\"" + table + "\")");
}

std::string Database::problems_said_by(const std::string& pragma) {
  Statement statement(*this, pragma);
  std::string problems;
  for (Cursor rows = statement.query(); rows.next();) {
    if (rows.view(0) == "ok") continue;
    if (!problems.empty()) problems += "; ";
    problems += rows.view(0);
  }
  return problems;
}

void Database::break_off_when(const std::atomic<bool>& flag) {
  constexpr int kSteps = 10'000;  // of SQLite's machine between two looks: less than a millisecond
  sqlite3_progress_handler(
      handle_, kSteps,
      [](void* given) { return static_cast<const std::atomic<bool>*>(given)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(&flag));
}

void Database::backup_to(const std::filesystem::path& path) {
  std::filesystem::path partial = path;
  partial += ".partial";
  std::filesystem::remove(partial);
  try {
    SlicedCopy copy(*this, partial);
    while (!copy.step(kAllPages)) {
    }
    make_one_file(partial);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    throw;
  }
  std::filesystem::rename(partial, path);
  sync_directory_of(path);  // where it fails, the rename itself has succeeded
}

Transaction::Transaction(Database& database) : database_(database), depth_(database.depth_) {
  database_.exec(depth_ == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT s" + std::to_string(depth_));
  ++database_.depth_;
}

Transaction::~Transaction() {
  if (!open_) return;
  --database_.depth_;
  ++database_.undone_;
  // A full disk may have undone everything already; then there is nothing left to roll back.
  if (!database_.in_transaction()) return;
  try {
    const std::string name = "s" + std::to_string(depth_);
    database_.exec(depth_ == 0 ? "ROLLBACK" : "ROLLBACK TO " + name + "; RELEASE " + name);
  } catch (const SqliteError&) {
    // Undone anyhow: the outermost commit fails, or the next opening rolls the file back.
  }
}

void Transaction::commit() {
  database_.exec(depth_ == 0 ? "COMMIT" : "RELEASE s" + std::to_string(depth_));
  open_ = false;
  --database_.depth_;
}

Cursor::~Cursor() { statement_.reset(); }

bool Cursor::next() { return statement_.step(); }

bool Cursor::is_null(int column) const {
  return sqlite3_column_type(statement_.statement_, column) == SQLITE_NULL;
}

std::int64_t Cursor::integer(int column) const {
  return sqlite3_column_int64(statement_.statement_, column);
}

std::string_view Cursor::view(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_.statement_, column);
  if (!text) return {};
  const int size = sqlite3_column_bytes(statement_.statement_, column);
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

Day Cursor::day(int column) const {
  const auto parsed = parse_day(view(column));
  if (parsed) return *parsed;
  throw BadRow("database: column " + std::to_string(column) +
               " is no day in: " + shortened(statement_.sql_));
}

Month Cursor::month(int column) const {
  const auto parsed = parse_month(view(column));
  if (parsed) return *parsed;
  throw BadRow("database: column " + std::to_string(column) +
               " is no month in: " + shortened(statement_.sql_));
}

Instant Cursor::instant(int column) const { return Instant{std::chrono::seconds{integer(column)}}; }

std::optional<int> Cursor::optional_number(int column) const {
  return is_null(column) ? std::nullopt : std::optional(number(column));
}

std::optional<Day> Cursor::optional_day(int column) const {
  return is_null(column) ? std::nullopt : std::optional(day(column));
}

std::optional<Month> Cursor::optional_month(int column) const {
  return is_null(column) ? std::nullopt : std::optional(month(column));
}

std::optional<Instant> Cursor::optional_instant(int column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

Statement::Statement(Database& database, const std::string& sql) : database_(database), sql_(sql) {
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(database_.handle(), sql_.c_str(), static_cast<int>(sql_.size() + 1),
                         SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
  if (code != SQLITE_OK) fail_with(database_.handle(), code, sql_);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::start(std::size_t values) {
  if (busy_) throw std::logic_error("statement started while it is being read: " + sql_);
  const int expected = sqlite3_bind_parameter_count(statement_);
  if (static_cast<std::size_t>(expected) != values) {
    throw std::logic_error("statement takes " + std::to_string(expected) + " values, got " +
                           std::to_string(values) + ": " + sql_);
  }
  busy_ = true;
}

void Statement::finish() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_DONE && code != SQLITE_ROW) fail(code);
  reset();
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(code);
}

void Statement::reset() {
  sqlite3_reset(statement_);
  busy_ = false;
}

void Statement::fail(int code) {
  // Ends the statement first, so that the transaction it is in can be rolled back.
  const std::string said = sqlite3_errmsg(database_.handle());
  sqlite3_reset(statement_);
  busy_ = false;
  throw SqliteError(
      code, "database: " + said + " (code " + std::to_string(code) + ") in: " + shortened(sql_));
}

void Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index, value);
}

void Statement::bind(int index, std::string_view value) {
  // An empty view may have no pointer, which SQLite would take for NULL.
  const char* data = value.empty() ? "" : value.data();
  const int code =
      sqlite3_bind_text(statement_, index, data, static_cast<int>(value.size()), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) fail(code);
}

void Statement::bind(int index, Day value) { bind(index, std::string_view(to_string(value))); }

void Statement::bind(int index, Month value) { bind(index, std::string_view(to_string(value))); }

void Statement::bind(int index, Instant value) { bind(index, value.time_since_epoch().count()); }

void Statement::bind_null(int index) { sqlite3_bind_null(statement_, index); }

}  // namespace omamori
