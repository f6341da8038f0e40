#include "db/store.h"

#include <charconv>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <variant>

#include "db/door_records.h"
#include "db/erasures.h"
#include "db/old_rows.h"
#include "db/sqlite/sliced_copy.h"

namespace omamori {
namespace {

// Not a word of SQLite's has been said yet: it would drop the write-ahead log of an emptied file.
OpenError empty_file(const std::filesystem::path& path) {
  const std::string known = KnownFile(path).path().filename().string();
  return {OpenError::Reason::empty,
          path.string() +
              " holds nothing: whatever was in it is gone. Restore the newest backup: omamorictl "
              "restore FILE; to begin anew, with nobody in it, remove it and " +
              known + " and run omamorictl init"};
}

OpenError gone(const std::filesystem::path& path, const KnownFile& known) {
  return {OpenError::Reason::gone,
          path.string() + " is gone: " + known.path().string() +
              " says that there was a database. Put it back, or restore its newest backup: "
              "omamorictl restore FILE; to begin anew, with "
              "nobody in it, remove that file and run omamorictl init"};
}

OwnerLock owned(const std::filesystem::path& path, const OpenOptions& options) {
  const bool exists = std::filesystem::exists(path);
  if (options.create && exists) {
    throw OpenError(OpenError::Reason::exists,
                    path.string() + " exists already: remove it first, or use it as it is");
  }
  if (const KnownFile known(path); !exists && known.exists()) throw gone(path, known);
  if (!options.create && !exists) {
    throw OpenError(OpenError::Reason::missing,
                    "no database at " + path.string() + ": run omamorictl init");
  }
  std::string refusal;
  auto lock = OwnerLock::take(path, refusal);
  if (!lock) throw OpenError(OpenError::Reason::in_use, refusal);
  std::error_code unseen;
  if (exists && std::filesystem::file_size(path, unseen) == 0 && !unseen) throw empty_file(path);
  return std::move(*lock);
}

// What is known of the database that was here last, after `database` was seen to be no other.
std::optional<KnownDatabase> known_of(Database& database, const KnownFile& file,
                                      std::string& problem) {
  const auto read = file.read();
  if (const auto* nothing = std::get_if<KnownFile::Nothing>(&read)) {
    problem = nothing->why;
    return {};
  }
  const auto& known = std::get<KnownDatabase>(read);
  Journal journal(database);
  Statement meta(database, "SELECT value FROM meta WHERE name = 'identity'");
  Cursor rows = meta.query();
  const FoundDatabase found{rows.next() ? rows.text(0) : std::string(), journal.head(),
                            journal.hash_at(known.head.seq)};
  const std::string why = why_another(known, found);
  if (why.empty()) return known;
  throw OpenError(OpenError::Reason::another,
                  "not the database that was used here last: " + why +
                      ". Put that one back; to use a backup: omamorictl restore FILE; or if this "
                      "file is meant, "
                      "remove " +
                      file.path().string() +
                      " and start again (what was told since it was copied is told again)");
}

int prepared(Database& database, const std::filesystem::path& path, const OpenOptions& options,
             const KnownFile& file, std::optional<KnownDatabase>& known, std::string& problem) {
  try {
    const bool empty = refuse_unfit(database, migrations());
    if (empty && !options.create) throw empty_file(path);
    if (!empty) known = known_of(database, file, problem);
    return prepare_schema(database, migrations());
  } catch (const OpenError& error) {
    if (error.reason() == OpenError::Reason::empty) throw;
    throw OpenError(error.reason(), path.string() + ": " + error.what());
  }
}

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Store::Store(const std::filesystem::path& path, const OpenOptions& options)
    : lock_(owned(path, options)),
      known_file_(path),
      database_(path, options.create),
      migrations_applied_(prepared(database_, path, options, known_file_, known_, known_problem_)),
      journal_(database_),
      text_keys_(database_),
      meta_get_(database_, "SELECT value FROM meta WHERE name = ?1"),
      meta_set_(database_,
                "INSERT INTO meta VALUES (?1, ?2)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
      records_(make_records()),
      lists_(make_lists()),
      policy_(make_policy()),
      facts_(make_facts()),
      planning_(make_planning()),
      memory_(make_memory()),
      items_(make_items()),
      outbox_(make_outbox()),
      troubles_(make_troubles()),
      doors_(std::make_shared<DoorRecords>(database_)),
      reported_(std::make_shared<ReportedRecords>(database_)),
      old_rows_(std::make_shared<OldRows>(database_, journal_)),
      erasures_(std::make_shared<Erasures>(database_, journal_, text_keys_, *old_rows_)) {
  if (options.create) write_meta_of_new_file(options);
  if (identity().empty()) set_meta("identity", random_identity());
  const std::string unread = known_problem_;
  write_known();
  if (known_problem_.empty()) known_problem_ = unread;
  file_.emplace(path);
  // SQLite follows links, and its log lies beside what they lead to.
  log_.emplace(std::filesystem::canonical(path).concat("-wal"));
}

Store::~Store() {
  try {
    if (file_fate().well()) write_known();
  } catch (const SqliteError&) {
    // What is kept there lags, as after a kill.
  }
}

std::string Store::identity() { return meta("identity"); }

// Of what is committed, and so durable: outside of any transaction.
void Store::write_known() {
  if (database_.in_transaction()) return;
  KnownDatabase now{identity(), journal_.head()};
  if (known_ == now) return;
  known_problem_ = known_file_.write(now);
  if (known_problem_.empty()) known_ = std::move(now);
}

std::optional<Instant> Store::keep_known(Instant now) {
  constexpr std::chrono::minutes kAtMostEvery{1};
  const bool early = known_at_ && now >= *known_at_ && now < *known_at_ + kAtMostEvery;
  if (known_ && known_->head == journal_.head()) return {};
  if (early) return *known_at_ + kAtMostEvery;
  known_at_ = now;
  write_known();
  if (known_problem_.empty()) return {};
  return now + kAtMostEvery;
}

void Store::write_meta_of_new_file(const OpenOptions& options) {
  Transaction transaction(database_);
  set_meta("created_at", std::to_string(options.now.time_since_epoch().count()));
  set_meta("demo", options.demo ? "1" : "0");
  journal_.append({options.now, "init", "created", "", "",
                   options.demo ? R"({"schema":1,"demo":true})" : R"({"schema":1,"demo":false})"});
  transaction.commit();
}

std::unique_ptr<Store::Batch> Store::batch() { return std::make_unique<Batch>(database_); }

std::string Store::meta(const std::string& name) {
  Cursor rows = meta_get_.query(name);
  return rows.next() ? rows.text(0) : std::string();
}

void Store::set_meta(const std::string& name, const std::string& value) {
  meta_set_.run(name, value);
}

bool Store::demo() { return meta("demo") == "1"; }

Instant Store::created_at() {
  return Instant{std::chrono::seconds{number_in(meta("created_at")).value_or(0)}};
}

std::optional<Instant> Store::last_instant() {
  const auto seconds = number_in(meta("last_instant"));
  if (!seconds) return std::nullopt;
  return Instant{std::chrono::seconds{*seconds}};
}

void Store::set_last_instant(Instant now) {
  set_meta("last_instant", std::to_string(now.time_since_epoch().count()));
}

FileFate Store::file_fate() const { return file_->look(); }

FileFate Store::log_fate() const { return log_->look(); }

const std::filesystem::path& Store::path() const { return file_->path(); }

void Store::empty_log() { database_.exec("PRAGMA wal_checkpoint(TRUNCATE)"); }

std::string Store::check_integrity(bool quick) { return database_.integrity_problems(quick); }

std::vector<std::string> Store::tables() {
  Statement statement(database_,
                      "SELECT name FROM sqlite_master WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite%' ORDER BY name");
  // Of the schema's own table SQLite looks at the list of free pages besides, which is no table's.
  std::vector<std::string> names{"sqlite_schema"};
  for (Cursor rows = statement.query(); rows.next();) names.push_back(rows.text(0));
  return names;
}

std::string Store::check_table(const std::string& table) { return database_.table_problems(table); }

std::unique_ptr<SlicedCopy> Store::begin_copy(const std::filesystem::path& path) {
  return std::make_unique<SlicedCopy>(database_, path);
}

void Store::backup(const std::filesystem::path& path) { database_.backup_to(path); }

void Store::compact() {
  // What it sorts lies beside the database: there is room, or there is none for the result either.
  ::setenv("SQLITE_TMPDIR", path().parent_path().c_str(), 1);
  database_.exec("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY");
  empty_log();
}

void Store::give_back_memory() { database_.exec("PRAGMA shrink_memory"); }

std::int64_t Store::journal(const Act& act, std::string kind, std::string client,
                            std::string subject, std::string detail) {
  Transaction transaction(database_);
  const std::int64_t seq = journal_.append({act.now, act.actor, std::move(kind), std::move(client),
                                            std::move(subject), std::move(detail)});
  transaction.commit();
  return seq;
}

}  // namespace omamori
