// What the journal says of free text about a client: a hash with a key that this client alone has.
// With the key one can tell whether a text is the one that was meant; when the key is destroyed the
// rows stay and verify, and nobody can try out what they may have said.
//
// Keys are made at random when first needed, and lie in the database: its copies have them too, so
// a restored copy is erased once more (db/erasures.h).
#pragma once

#include <string>
#include <string_view>

#include "db/sqlite/database.h"

namespace omamori {

class TextKeys {
 public:
  explicit TextKeys(Database& database) : database_(database) {}

  // "" for empty text, else "hmac:" and the first 16 hexadecimal digits. `client` "" = it is about
  // no client. Inside the caller's transaction: a key may be made.
  std::string hash(const std::string& client, std::string_view text);
  void destroy(const std::string& client);

 private:
  std::string key_of(const std::string& client);

  Database& database_;
  Statement find_{database_, "SELECT key FROM text_key WHERE client = ?1"};
  Statement put_{database_, "INSERT INTO text_key VALUES (?1, ?2)"};
  Statement drop_{database_, "DELETE FROM text_key WHERE client = ?1"};
};

}  // namespace omamori
