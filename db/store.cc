#include "db/store.h"

#include <charconv>
#include <system_error>
#include <utility>

namespace omamori {
namespace {

OwnerLock owned(const std::filesystem::path& path, const OpenOptions& options) {
  const bool exists = std::filesystem::exists(path);
  if (options.create && exists) {
    throw OpenError(OpenError::Reason::exists,
                    path.string() + " exists already: remove it first, or use it as it is");
  }
  if (!options.create && !exists) {
    throw OpenError(OpenError::Reason::missing,
                    "no database at " + path.string() + ": run omamorictl init");
  }
  std::string refusal;
  auto lock = OwnerLock::take(path, refusal);
  if (!lock) throw OpenError(OpenError::Reason::in_use, refusal);
  return std::move(*lock);
}

int prepared(Database& database, const std::filesystem::path& path) {
  try {
    return prepare_schema(database, migrations());
  } catch (const OpenError& error) {
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
      database_(path, options.create),
      migrations_applied_(prepared(database_, path)),
      journal_(database_),
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
      troubles_(make_troubles()) {
  if (options.create) write_meta_of_new_file(options);
}

Store::~Store() = default;

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

std::string Store::check_integrity(bool quick) { return database_.integrity_problems(quick); }

std::vector<std::string> Store::tables() {
  Statement statement(database_,
                      "SELECT name FROM sqlite_master WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite%' ORDER BY name");
  std::vector<std::string> names;
  for (Cursor rows = statement.query(); rows.next();) names.push_back(rows.text(0));
  return names;
}

std::string Store::check_table(const std::string& table) { return database_.table_problems(table); }

void Store::backup(const std::filesystem::path& path) { database_.backup_to(path); }

void Store::give_back_memory() { database_.exec("PRAGMA shrink_memory"); }

StoreCounts Store::counts() {
  Statement statement(database_,
                      "SELECT (SELECT count(*) FROM client),"
                      " (SELECT count(*) FROM client WHERE ended_on IS NOT NULL),"
                      " (SELECT count(*) FROM client_schedule WHERE dirty = 1),"
                      " (SELECT count(*) FROM obligation WHERE state = 'live'),"
                      " (SELECT count(*) FROM item WHERE state = 'owed'),"
                      " (SELECT count(*) FROM message WHERE state = 'pending'),"
                      " (SELECT count(*) FROM message WHERE state IN ('refused', 'expired')"
                      " AND kind <> 'test'),"
                      " (SELECT min(first_owed_at) FROM item WHERE state = 'owed'),"
                      " (SELECT count(*) FROM client_schedule WHERE reason = ?1),"
                      " (SELECT count(*) FROM client WHERE NOT EXISTS"
                      " (SELECT 1 FROM client_schedule s WHERE s.client = client.code))");
  Cursor rows = statement.query(kCouldNotBePlanned);
  rows.next();
  StoreCounts counts;
  counts.clients = rows.integer(0);
  counts.ended_clients = rows.integer(1);
  counts.dirty_clients = rows.integer(2);
  counts.live_obligations = rows.integer(3);
  counts.owed_items = rows.integer(4);
  counts.pending_messages = rows.integer(5);
  counts.dead_messages = rows.integer(6);
  counts.oldest_owed_at = rows.optional_instant(7);
  counts.unplanned_clients = rows.integer(8);
  counts.unscheduled_clients = rows.integer(9);
  return counts;
}

std::int64_t Store::journal(const Act& act, std::string kind, std::string client,
                            std::string subject, std::string detail) {
  Transaction transaction(database_);
  const std::int64_t seq = journal_.append({act.now, act.actor, std::move(kind), std::move(client),
                                            std::move(subject), std::move(detail)});
  transaction.commit();
  return seq;
}

JournalHead Store::journal_head() { return journal_.head(); }

JournalVerdict Store::journal_verify(const std::optional<JournalHead>& printed) {
  return journal_.verify(printed);
}

JournalVerdict Store::journal_verify_part(const JournalHead& after, std::int64_t rows) {
  return journal_.verify_part(after, rows);
}

void Store::journal_read(const JournalFilter& filter,
                         const std::function<void(const JournalRow&)>& each) {
  journal_.read(filter, each);
}

}  // namespace omamori
