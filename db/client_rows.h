// Rows of several tables that belong to the same clients, put together by one merge: each table is
// read in order of client, from an index that has this order, and what belongs to one client is
// next to each other in all of them. Private to db/.
#pragma once

#include <string>
#include <string_view>

#include "db/sqlite/database.h"

namespace omamori {

// Codes are ASCII letters, digits, '.', '_' and '-'; this sorts after all of them.
inline constexpr const char* kAfterAllCodes = "\x7f";

// A query whose rows are those of the clients from code ?1 to code ?2, both inclusive.
inline std::string in_range(std::string_view select, std::string_view rest) {
  return std::string(select) + " WHERE client >= ?1 AND client <= ?2 " + std::string(rest);
}

// The rows of one table, one of them in hand. Column 0 is the client; column 1 is the check if
// `keyed`. They are kept as views, because each is compared several times for each row.
class ClientRows {
 public:
  ClientRows(Statement& statement, std::string_view first, std::string_view last,
             bool keyed = false)
      : cursor_(statement.query(first, last)), keyed_(keyed) {
    next();
  }
  // The row in hand belongs to this client. Rows of a client that does not exist are passed over.
  bool of(std::string_view client) {
    for (; more_; next()) {
      const int order = client_.compare(client);
      if (order >= 0) return order == 0;
    }
    return false;
  }
  bool of(std::string_view client, std::string_view check) {
    for (; of(client); next()) {
      const int order = check_.compare(check);
      if (order >= 0) return order == 0;
    }
    return false;
  }
  void next() {
    more_ = cursor_.next();
    if (!more_) return;
    client_ = cursor_.view(0);
    if (keyed_) check_ = cursor_.view(1);
  }
  const Cursor& row() const { return cursor_; }

 private:
  Cursor cursor_;
  bool keyed_;
  bool more_ = false;
  std::string_view client_, check_;  // valid until the next row
};

}  // namespace omamori
