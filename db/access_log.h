// Who looked at whom: reads of a client, which change nothing and so are not in the journal. Kept
// for a year.
#pragma once

#include <functional>
#include <string>

#include "daemon/model/facts.h"
#include "db/sqlite/database.h"

namespace omamori {

struct Look {
  Day on{};
  Instant at{};
  std::string who;     // "uid:1001", "link:CM-1"
  std::string client;  // "" = everybody
  std::string what;    // "show", "export clients", "page"
  std::string door;    // "control", "alone" (omamorictl while no omamorid ran), "link"
};

class AccessLog {
 public:
  explicit AccessLog(Database& database) : db_(database) {}

  // Of what somebody looks at by one way on one day, the first look is kept: whoever holds a page
  // open, or a program that follows every link, fills no disk. Forgets what is over a year old.
  void note(const Look& look);
  // From `since` on, ascending; `client` "": all, else also the looks at everybody.
  void each(const std::string& client, Day since, const std::function<void(const Look&)>& each);

 private:
  Database& db_;
  Statement known_{db_,
                   "SELECT 1 FROM access WHERE on_day = ?1 AND who = ?2 AND client = ?3"
                   " AND what = ?4 AND door = ?5"};
  Statement put_{db_, "INSERT INTO access VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
  Statement forget_{db_, "DELETE FROM access WHERE on_day < ?1"};
  Statement list_{db_,
                  "SELECT on_day, at, who, client, what, door FROM access WHERE on_day >= ?2"
                  " AND (?1 = '' OR client = ?1 OR client = '') ORDER BY on_day, at, who, client"};
};

}  // namespace omamori
