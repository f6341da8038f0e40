#include "db/erasures.h"

#include <vector>

#include "db/detail.h"
#include "db/store_values.h"

namespace omamori {
namespace {

// So many rows in one slice.
constexpr int kRows = 200;
constexpr int kBodies = 50;

// Of a message about an erased client not even a hash of its words stays.
const std::string kCut =
    "UPDATE message SET subject = '', text = '', html = '', json = '', numbered = '',"
    " body_hash = 'erased' ";
const std::string kItsMessages =
    "(SELECT c.message FROM item i JOIN message_item c ON c.item = i.id WHERE i.client = ?1)";

bool goes_on(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_';
}

// Does it stand there as a code of its own: C-1, and not in C-12 or CC-1? Names stand beside codes
// only, so a text without the code says nothing of the client.
bool names(std::string_view text, const std::string& code) {
  for (std::size_t at = text.find(code); at != std::string_view::npos;
       at = text.find(code, at + 1)) {
    const std::size_t end = at + code.size();
    const bool begins = at == 0 || !goes_on(text[at - 1]);
    if (begins && (end == text.size() || !goes_on(text[end]))) return true;
  }
  return false;
}

// Of columns 2 to 5.
bool any_names(const Cursor& rows, const std::string& code) {
  for (const int column : {2, 3, 4, 5}) {
    if (names(rows.view(column), code)) return true;
  }
  return false;
}

}  // namespace

std::string Erasures::why_not_now(const std::string& client) {
  Statement find(db_,
                 "SELECT id FROM message WHERE state = 'pending' AND (frozen = 1 OR"
                 " in_flight = 1) AND id IN " +
                     kItsMessages + " LIMIT 1");
  Cursor rows = find.query(client);
  if (!rows.next()) return "";
  return "message " + rows.text(0) +
         " about this client is on its way: try again when it has arrived (omamorictl outbox list "
         "--state pending), or drop it";
}

void Erasures::begin(const std::string& client, const std::string& reason, const Act& act) {
  Transaction transaction(db_);
  journal_.append({act.now, act.actor, "erase", client, "client/" + client,
                   detail_json({{"reason", keys_.hash("", reason)}})});
  keys_.destroy(client);
  Statement(db_,
            "UPDATE client SET name = '', certificate_no = '', short_stay = ''"
            " WHERE code = ?1")
      .run(client);
  Statement(db_, "INSERT INTO erasure (client, at, reason) VALUES (?1, ?2, ?3)")
      .run(client, act.now, reason);
  transaction.commit();
}

bool Erasures::knows(const std::string& client, Instant at) {
  Statement find(db_, "SELECT 1 FROM erasure WHERE client = ?1 AND at >= ?2");
  return find.query(client, at).next();
}

std::optional<Erasure> Erasures::unfinished() {
  Statement find(db_,
                 "SELECT id, client, at FROM erasure WHERE done_at IS NULL ORDER BY id"
                 " LIMIT 1");
  Cursor rows = find.query();
  if (!rows.next()) return {};
  return Erasure{rows.integer(0), rows.text(1), rows.instant(2)};
}

bool Erasures::cut_messages_of(const std::string& client) {
  Statement cut(db_, kCut +
                         "WHERE id IN (SELECT id FROM message WHERE state <> 'pending' AND"
                         " body_hash <> 'erased' AND id IN " +
                         kItsMessages + " LIMIT ?2)");
  cut.run(client, kBodies);
  return db_.changes() == kBodies;
}

// Weekly messages, receipts and answers carry no items.
bool Erasures::cut_messages_that_name(const Erasure& erasure) {
  if (looking_for_ != erasure.id) {
    looking_for_ = erasure.id;
    seen_at_ = Instant{};
    seen_row_ = 0;
  }
  struct Found {
    std::int64_t row;
    bool names;
  };
  std::vector<Found> found;
  Instant last = seen_at_;
  Statement find(db_,
                 "SELECT rowid, ended_at, subject, text, html, json FROM message"
                 " INDEXED BY message_body WHERE state <> 'pending' AND body_hash = ''"
                 " AND (ended_at, rowid) > (?1, ?2) ORDER BY ended_at, rowid LIMIT ?3");
  for (Cursor rows = find.query(seen_at_, seen_row_, kBodies); rows.next();) {
    found.push_back({rows.integer(0), any_names(rows, erasure.client)});
    last = rows.instant(1);
  }
  if (found.empty()) return false;
  Statement cut(db_, kCut + "WHERE rowid = ?1");
  for (const Found& one : found) {
    if (one.names) cut.run(one.row);
  }
  seen_at_ = last;
  seen_row_ = found.back().row;
  return true;
}

std::vector<std::string> Erasures::on_the_way(const std::string& client) {
  std::vector<std::string> found;
  Statement find(db_,
                 "SELECT id, (SELECT count(*) FROM item i JOIN message_item c ON c.item = i.id"
                 " WHERE i.client = ?1 AND c.message = message.id), subject, text, html, json"
                 " FROM message WHERE state = 'pending' ORDER BY id");
  for (Cursor rows = find.query(client); rows.next();) {
    if (rows.integer(1) > 0 || any_names(rows, client)) found.push_back(rows.text(0));
  }
  return found;
}

Erasures::Step Erasures::step(const Act& act) {
  const auto erasure = unfinished();
  if (!erasure) return Step::none;
  const std::string& client = erasure->client;
  Transaction transaction(db_);
  const bool more = cut_messages_of(client) || cut_messages_that_name(*erasure) ||
                    rows_.forget_journal(client, true, kRows, act) > 0;
  transaction.commit();
  if (more || rows_.forget(client, kRows)) return Step::more;
  if (!on_the_way(client).empty()) return Step::waits;
  Transaction end(db_);
  Statement(db_, "UPDATE erasure SET done_at = ?2 WHERE id = ?1").run(erasure->id, act.now);
  journal_.append({act.now, act.actor, "erase.done", client, "client/" + client, "{}"});
  end.commit();
  return Step::more;
}

// Pending messages that name the client are superseded; what they say of others is composed anew.
void Erasures::call_back(const std::string& client, Instant now) {
  Transaction transaction(db_);
  Statement close(db_,
                  "UPDATE message SET state = 'superseded', ended_at = ?2, in_flight = 0,"
                  " next_attempt_at = NULL WHERE id = ?1");
  Statement free(db_,
                 "UPDATE item SET message = NULL, next_attempt_at = ?2 WHERE message = ?1"
                 " AND state = 'owed'");
  for (const std::string& message : on_the_way(client)) {
    close.run(message, now);
    free.run(message, now);
  }
  transaction.commit();
}

void Erasures::finish_all(const Act& act) {
  for (auto erasure = unfinished(); erasure; erasure = unfinished()) {
    call_back(erasure->client, act.now);
    while (step(act) == Step::more) {
      if (const auto now = unfinished(); !now || now->id != erasure->id) break;
    }
  }
}

}  // namespace omamori
