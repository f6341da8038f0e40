// What is not kept for ever: the texts of messages, what there is of clients whose service ended
// long ago, and old rows that are about nobody. A part of the store: it shares the store's
// Database, its thread and its transactions.
//
// Each verb does one slice, a transaction of its own, and is called again until there is no more.
// A kill between slices leaves some of the rows of a client whose service is over, and the next
// call goes on. What may go, and when, is decided elsewhere (daemon/retention).
#pragma once

#include <optional>
#include <string>

#include "daemon/model/facts.h"
#include "db/journal.h"
#include "db/sqlite/database.h"

namespace omamori {

struct Act;

class OldRows {
 public:
  OldRows(Database& database, Journal& journal) : db_(database), journal_(journal) {}

  // Of messages that ended before `before` the texts go; a hash of them, and to whom they went,
  // stay. How many of at most `limit`.
  int drop_bodies(Instant before, int limit);

  // The first client whose last day of service is before that day.
  std::optional<std::string> client_ended_before(Day before);

  // Takes out rows of the client's records, obligations, what was told of them and their messages
  // that are about nobody else, about `limit` at most; what the client is known by goes last and
  // together. True: there is more.
  bool forget(const std::string& client, int limit);
  // Takes rows of the client out of the journal (db/journal_gaps.h): all, or those that hold a hash
  // that has no key of its own. How many of at most `limit`.
  int forget_journal(const std::string& client, bool only_without_key, int limit, const Act& act);

  // Old rows about no client: of the journal, messages, replies, troubles. True: there is more.
  bool drop_journal(Instant before, int limit, const Act& act);
  bool drop_messages(Instant before, int limit);
  bool drop_troubles(Instant before, int limit);
  void drop_replies(Day before);

 private:
  std::int64_t place(const std::string& name);
  void keep_place(const std::string& name, std::int64_t place);

  Database& db_;
  Journal& journal_;
};

}  // namespace omamori
