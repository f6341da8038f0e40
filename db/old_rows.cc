#include "db/old_rows.h"

#include <vector>

#include "db/hashes.h"
#include "db/store_values.h"

namespace omamori {
namespace {

// Where a walk over all rows has come to, so that each is looked at once: names in `meta`.
const std::string kJournalPlace = "retention.journal";
const std::string kMessagePlace = "retention.messages";

// What a client has, in an order in which nothing that stays refers to what is gone. ?1 the client,
// ?2 how many at most.
constexpr const char* kManyRows[] = {
    "DELETE FROM item WHERE id IN (SELECT id FROM item WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM acknowledgement WHERE id IN"
    " (SELECT id FROM acknowledgement WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM door_act WHERE id IN (SELECT id FROM door_act WHERE client = ?1 AND client <> '' "
    "LIMIT ?2)",
    "DELETE FROM obligation WHERE key IN (SELECT key FROM obligation WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM repetition WHERE id IN (SELECT r.id FROM check_in c JOIN repetition r"
    " ON r.kind = 'check_in' AND r.record = c.id WHERE c.client = ?1 LIMIT ?2)",
    "DELETE FROM repetition WHERE id IN (SELECT r.id FROM monitoring m JOIN repetition r"
    " ON r.kind = 'monitoring' AND r.record = m.id WHERE m.client = ?1 LIMIT ?2)",
    "DELETE FROM ping WHERE check_in IN (SELECT p.check_in FROM check_in c JOIN ping p"
    " ON p.check_in = c.id WHERE c.client = ?1 LIMIT ?2)",
    "DELETE FROM check_in WHERE id IN (SELECT id FROM check_in WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM monitoring WHERE id IN (SELECT id FROM monitoring WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM contact WHERE id IN (SELECT id FROM contact WHERE client = ?1 LIMIT ?2)",
    "DELETE FROM suspension WHERE id IN (SELECT id FROM suspension WHERE client = ?1 LIMIT ?2)",
};

// What it is known by: few rows, which go together, so that nobody is known by half.
constexpr const char* kLastRows[] = {
    "DELETE FROM ping_seen WHERE check_code IN (SELECT code FROM safety_check WHERE client = ?1)",
    ("DELETE FROM ping_refused WHERE check_code IN"
     " (SELECT code FROM safety_check WHERE client = ?1)"),
    "DELETE FROM check_key WHERE check_code IN (SELECT code FROM safety_check WHERE client = ?1)",
    "DELETE FROM check_version WHERE client = ?1",
    "DELETE FROM safety_check WHERE client = ?1",
    "DELETE FROM period_version WHERE client = ?1",
    "DELETE FROM client_version WHERE client = ?1",
    "DELETE FROM client_schedule WHERE client = ?1",
    "DELETE FROM policy_override WHERE client = ?1",
    "DELETE FROM text_key WHERE client = ?1",
    "DELETE FROM client WHERE code = ?1",
};

// SQLite would look through all check-ins for each safety check that goes. The order above is what
// keeps references whole; tests look with foreign_key_check.
class WithoutForeignKeys {
 public:
  explicit WithoutForeignKeys(Database& db) : db_(db) { db_.exec("PRAGMA foreign_keys = OFF"); }
  ~WithoutForeignKeys() {
    try {
      db_.exec("PRAGMA foreign_keys = ON");
    } catch (const SqliteError&) {
      // The next slice sets it again, and the next opening.
    }
  }
  WithoutForeignKeys(const WithoutForeignKeys&) = delete;
  WithoutForeignKeys& operator=(const WithoutForeignKeys&) = delete;

 private:
  Database& db_;
};

std::vector<std::int64_t> numbers(Cursor rows) {
  std::vector<std::int64_t> found;
  while (rows.next()) found.push_back(rows.integer(0));
  return found;
}

// A message of which no item is left says nothing about anybody: it goes, unless it is on its way.
void drop_if_empty(Database& db, const std::string& message) {
  Statement carries(db, "SELECT 1 FROM message_item WHERE message = ?1 LIMIT 1");
  if (Cursor rows = carries.query(message); rows.next()) return;
  Statement over(db, "SELECT 1 FROM message WHERE id = ?1 AND state <> 'pending'");
  {
    Cursor rows = over.query(message);
    if (!rows.next()) return;
  }
  Statement(db, "DELETE FROM attempt WHERE message = ?1").run(message);
  Statement(db, "UPDATE item SET message = NULL WHERE message = ?1").run(message);
  Statement(db, "DELETE FROM message WHERE id = ?1").run(message);
}

// What messages carried of the items that `which` selects, at most `limit`. How many.
int unbind(Database& db, const std::string& which, const std::string& of, int limit) {
  struct Carried {
    std::string message;
    std::int64_t item;
  };
  std::vector<Carried> all;
  Statement find(db,
                 "SELECT c.message, c.item FROM item i JOIN message_item c ON c.item = i.id"
                 " WHERE i." +
                     which + " = ?1 LIMIT ?2");
  for (Cursor rows = find.query(of, limit); rows.next();) {
    all.push_back({rows.text(0), rows.integer(1)});
  }
  Statement drop(db, "DELETE FROM message_item WHERE message = ?1 AND item = ?2");
  for (const Carried& one : all) drop.run(one.message, one.item);
  for (const Carried& one : all) drop_if_empty(db, one.message);
  return static_cast<int>(all.size());
}

}  // namespace

std::int64_t OldRows::place(const std::string& name) {
  Statement find(db_, "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?1");
  Cursor rows = find.query(name);
  return rows.next() ? rows.integer(0) : 0;
}

void OldRows::keep_place(const std::string& name, std::int64_t place) {
  Statement put(db_,
                "INSERT INTO meta VALUES (?1, ?2)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  put.run(name, std::to_string(place));
}

int OldRows::drop_bodies(Instant before, int limit) {
  struct Body {
    std::int64_t row;
    std::string hash;
  };
  std::vector<Body> bodies;
  Transaction transaction(db_);
  Statement find(db_,
                 "SELECT rowid, text, html, json FROM message INDEXED BY message_body"
                 " WHERE state <> 'pending' AND body_hash = '' AND ended_at < ?1"
                 " ORDER BY ended_at LIMIT ?2");
  for (Cursor rows = find.query(before, limit); rows.next();) {
    std::string all;
    for (const int column : {1, 2, 3}) {
      all += std::to_string(rows.view(column).size()) + ":";
      all += rows.view(column);
    }
    bodies.push_back({rows.integer(0), sha256_hex(all)});
  }
  Statement drop(db_,
                 "UPDATE message SET text = '', html = '', json = '', body_hash = ?2"
                 " WHERE rowid = ?1");
  for (const Body& body : bodies) drop.run(body.row, body.hash);
  transaction.commit();
  return static_cast<int>(bodies.size());
}

std::optional<std::string> OldRows::client_ended_before(Day before) {
  Statement find(db_, "SELECT code FROM client WHERE ended_on < ?1 ORDER BY ended_on LIMIT 1");
  Cursor rows = find.query(before);
  return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

bool OldRows::forget(const std::string& client, int limit) {
  const WithoutForeignKeys off(db_);
  Transaction transaction(db_);
  int done = unbind(db_, "client", client, limit);
  for (const char* sql : kManyRows) {
    if (done >= limit) break;
    Statement(db_, sql).run(client, limit - done);
    done += static_cast<int>(db_.changes());
  }
  const bool more = done >= limit;
  if (!more) {
    for (const char* sql : kLastRows) Statement(db_, sql).run(client);
  }
  transaction.commit();
  return more;
}

int OldRows::forget_journal(const std::string& client, bool only_without_key, int limit,
                            const Act& act) {
  Transaction transaction(db_);
  Statement find(db_,
                 "SELECT seq FROM journal WHERE client = ?1 AND client <> ''"
                 " AND (?2 = 0 OR detail LIKE '%\"sha256:%') ORDER BY seq LIMIT ?3");
  const auto rows = numbers(find.query(client, only_without_key, limit));
  journal_.remove(rows, act.now, act.actor, only_without_key ? "erasure" : "keep_years");
  transaction.commit();
  return static_cast<int>(rows.size());
}

// Kept: what explains a setting that is in force, however old it is.
bool OldRows::drop_journal(Instant before, int limit, const Act& act) {
  Transaction transaction(db_);
  Statement find(db_,
                 "SELECT seq, at, client = '' AND kind NOT IN ('created', 'policy', 'import',"
                 " 'absence', 'erase') FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2");
  std::vector<std::int64_t> old;
  const std::int64_t begin = place(kJournalPlace);
  std::int64_t end = begin;
  for (Cursor rows = find.query(begin, limit); rows.next() && rows.instant(1) < before;) {
    end = rows.integer(0);
    if (rows.flag(2)) old.push_back(end);
  }
  if (end == begin) return false;
  journal_.remove(old, act.now, act.actor, "keep_years");
  keep_place(kJournalPlace, end);
  transaction.commit();
  return true;
}

bool OldRows::drop_messages(Instant before, int limit) {
  const WithoutForeignKeys off(db_);
  Transaction transaction(db_);
  Statement find(db_,
                 "SELECT rowid, created_at, id FROM message WHERE rowid > ?1 ORDER BY rowid"
                 " LIMIT ?2");
  std::vector<std::string> old;
  const std::int64_t begin = place(kMessagePlace);
  std::int64_t end = begin;
  for (Cursor rows = find.query(begin, limit); rows.next() && rows.instant(1) < before;) {
    end = rows.integer(0);
    old.push_back(rows.text(2));
  }
  if (end == begin) return false;
  for (const std::string& message : old) drop_if_empty(db_, message);
  keep_place(kMessagePlace, end);
  transaction.commit();
  return true;
}

bool OldRows::drop_troubles(Instant before, int limit) {
  const WithoutForeignKeys off(db_);
  Transaction transaction(db_);
  Statement find(db_, "SELECT key FROM obligation WHERE client = '' AND ended_at < ?1 LIMIT 1");
  std::string key;
  {
    Cursor rows = find.query(before);
    if (!rows.next()) return false;
    key = rows.text(0);
  }
  if (unbind(db_, "obligation", key, limit) < limit) {
    Statement(db_, "DELETE FROM item WHERE obligation = ?1").run(key);
    Statement(db_, "DELETE FROM trouble WHERE obligation = ?1").run(key);
    Statement(db_, "DELETE FROM obligation WHERE key = ?1").run(key);
  }
  transaction.commit();
  return true;
}

void OldRows::drop_replies(Day before) {
  Statement(db_, "DELETE FROM reply WHERE on_day < ?1").run(before);
  Statement(db_, "DELETE FROM mail_refused WHERE on_day < ?1").run(before);
}

}  // namespace omamori
