#include "db/copy_check.h"

#include <charconv>

#include "db/sqlite/schema.h"

namespace omamori {
namespace {

std::string meta_of(Database& database, const std::string& name) {
  Statement statement(database, "SELECT value FROM meta WHERE name = ?1");
  Cursor rows = statement.query(name);
  return rows.next() ? rows.text(0) : std::string();
}

std::optional<Instant> instant_in(const std::string& text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return Instant{std::chrono::seconds{seconds}};
}

void look(Database& database, CopyFound& found) {
  if (refuse_unfit(database, migrations())) {
    found.wrong = "it holds nothing";
    return;
  }
  found.wrong = database.integrity_problems(false);
  if (!found.wrong.empty()) return;
  found.schema = database.integer("PRAGMA user_version");
  found.identity = meta_of(database, "identity");
  found.demo = meta_of(database, "demo") == "1";
  found.last_instant = instant_in(meta_of(database, "last_instant"));
  found.clients = database.integer("SELECT count(*) FROM client");
  const JournalVerdict verdict = Journal(database).verify();
  found.head = verdict.head;
  if (!verdict.ok) {
    found.wrong = "the chain of its journal is broken (row " + std::to_string(verdict.bad_seq) +
                  "): " + verdict.why;
  }
}

}  // namespace

CopyFound check_copy(const std::filesystem::path& path, const std::atomic<bool>& stop) {
  CopyFound found;
  try {
    // Whoever reads a FIFO or a device may wait for ever.
    if (std::filesystem::exists(path) && !std::filesystem::is_regular_file(path)) {
      found.wrong = "it is no file";
      return found;
    }
    Database database(path, Database::ToLookAt{});
    database.break_off_when(stop);
    look(database, found);
    if (stop) found.wrong = "the look at it was broken off";
  } catch (const SqliteError& error) {  // no database, not ours, newer, damaged; or not readable
    found.wrong = error.what();
    found.unread = error.code() != 0 && !error.is_damage();
  } catch (const std::exception& error) {
    found.wrong = error.what();
  }
  return found;
}

}  // namespace omamori
