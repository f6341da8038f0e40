// The file behind the database while the daemon runs. Deleted, moved away or replaced, it would go
// on being read and written, and all of that be lost: so the daemon looks at each turn and before
// each command, and holds while the name does not lead to what is open. It goes on when the very
// same file is back; another one needs a restart, which looks at it as at any start.
//
// When it is first seen to be lost, what is committed is brought into the open file, so that its
// log harms no file put in its place; how far it had come is written down beside it; and a file
// that has no name any more is saved under a new one. Used from the loop's thread.
#pragma once

#include <optional>
#include <string>

#include "daemon/reminders/context.h"

namespace omamori {

class DatabaseWatch {
 public:
  explicit DatabaseWatch(Service& service) : service_(service) {}

  // "" = the file is there. Else what has become of it and what to do; the log hears of it once.
  const std::string& look();
  const std::string& lost() const { return lost_; }

  // After a turn: brings the file beside the database up to date (Store::keep_known); when to be
  // called again. Trouble with it goes to the log, once.
  std::optional<Instant> keep_known();

 private:
  void secure(const FileFate& file);
  std::string to_do(const FileFate& file) const;

  Service& service_;
  std::string lost_;
  bool log_is_empty_ = false;
  std::string saved_as_;
  std::string not_saved_;  // why
  std::string known_problem_;
};

}  // namespace omamori
