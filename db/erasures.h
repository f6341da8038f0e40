// Of whom everything is erased, because the law or the person asks for it. The journal stays, and
// what it says of free text about the client can never be tried out again: its key is destroyed at
// once (db/text_keys.h), the name and the certificate number with it; the rest goes in slices. A
// part of the store: it shares the store's Database, its thread and its transactions.
//
// What was written with hashes that have no key of their own, by versions before 12, is taken out
// of the journal. Copies of the database made before still hold everything: db/erased_list.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "db/journal.h"
#include "db/old_rows.h"
#include "db/text_keys.h"

namespace omamori {

struct Erasure {
  std::int64_t id = 0;
  std::string client;
  Instant at{};
};

class Erasures {
 public:
  Erasures(Database& database, Journal& journal, TextKeys& keys, OldRows& rows)
      : db_(database), journal_(journal), keys_(keys), rows_(rows) {}

  // Why this client cannot be erased now: something about them is on its way. "" = nothing is.
  std::string why_not_now(const std::string& client);
  // From here on it goes on by itself. `reason` is kept beside it; the journal has its hash.
  void begin(const std::string& client, const std::string& reason, const Act& act);
  // Was this client erased at that instant or later?
  bool knows(const std::string& client, Instant at);

  std::optional<Erasure> unfinished();
  enum class Step {
    none,   // nothing is to be erased
    more,   // there is more to do
    waits,  // a message that names the client is on its way: try again later
  };
  // One slice of the first that is unfinished; at its end "erase.done" is journalled.
  Step step(const Act& act);
  // All of it at once, messages on their way too, which are composed anew without the client: of a
  // copy that is restored.
  void finish_all(const Act& act);

 private:
  bool cut_messages_of(const std::string& client);
  bool cut_messages_that_name(const Erasure& erasure);
  // Pending messages about this client or that name them.
  std::vector<std::string> on_the_way(const std::string& client);
  void call_back(const std::string& client, Instant now);

  Database& db_;
  Journal& journal_;
  TextKeys& keys_;
  OldRows& rows_;
  // How far the messages were looked through, and for which erasure.
  std::int64_t looking_for_ = 0;
  Instant seen_at_{};
  std::int64_t seen_row_ = 0;
};

}  // namespace omamori
