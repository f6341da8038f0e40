#include "db/since_copy.h"

#include "db/sqlite/schema.h"

namespace omamori {
namespace {

// What omamori decided by itself comes again by itself.
constexpr const char* kItself = "omamorid";

void read_done(Database& database, const JournalHead& head, SinceCopy& since, Instant& from) {
  Journal journal(database);
  const std::string there = journal.hash_at(head.seq);
  if (there != head.hash) {
    since.unread =
        "its journal went another way than the copy's (row " + std::to_string(head.seq) + ")";
    return;
  }
  bool first = true;
  JournalFilter behind;
  behind.after = head.seq;
  journal.read(behind, [&](const JournalRow& row) {
    if (std::exchange(first, false)) from = row.entry.at;
    if (row.entry.actor != kItself) since.done.push_back(row);
  });
  if (first) from = Instant::max();
}

void read_told(Database& database, Instant from, SinceCopy& since) {
  Statement told(database,
                 "SELECT told_at, staff, obligation, stage FROM item"
                 " WHERE state = 'told' AND told_at >= ?1 ORDER BY told_at, id");
  for (Cursor rows = told.query(from); rows.next();) {
    since.told.push_back({rows.instant(0), rows.text(1), rows.text(2), rows.text(3)});
  }
}

}  // namespace

SinceCopy since_copy(const std::filesystem::path& later, const JournalHead& head) {
  SinceCopy since;
  try {
    Database database(later, Database::ToLookAt{});
    if (refuse_unfit(database, migrations())) {
      since.unread = "it holds nothing";
      return since;
    }
    Statement meta(database, "SELECT value FROM meta WHERE name = 'identity'");
    if (Cursor rows = meta.query(); rows.next()) since.identity = rows.text(0);
    since.clients = database.integer("SELECT count(*) FROM client");
    Instant from = Instant::max();
    read_done(database, head, since, from);
    if (since.unread.empty() && from != Instant::max()) read_told(database, from, since);
  } catch (const std::exception& error) {
    since.unread = error.what();
  }
  return since;
}

}  // namespace omamori
