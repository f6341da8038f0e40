// Is the database file sound? Asked after every start, one table at a time between other work: the
// whole of a large city takes seconds, and READY does not wait for it.
//
// A damaged file goes on being used: whoever can still be told is told. The operator hears of it
// (trouble "database") and restores a backup. What SQLite says names tables, indexes and pages,
// never what is written in them (P7). Used from the loop's thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/reminders/context.h"

namespace omamori {

class IntegrityCheck {
 public:
  explicit IntegrityCheck(Service& service) : service_(service) {}

  // The last table was looked at.
  bool finished() const { return tables_ && next_ == tables_->size(); }
  // Looks at the next table and its indexes; "" = sound, else what is wrong with it. After the last
  // one the trouble is raised, or settled if all are sound. Throws SqliteError only if that cannot
  // be written.
  std::string step(const Act& act);

 private:
  std::string check(const std::string& table);
  void conclude(const Act& act);

  Service& service_;
  std::optional<std::vector<std::string>> tables_;
  std::size_t next_ = 0;
  std::string wrong_;
};

}  // namespace omamori
