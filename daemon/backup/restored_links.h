// The links of messages that were sent between a copy and its restore. They are worked out from the
// key, so they can be again; but the store knows a link by its hash (db/door_records.h), and those
// of that time are not among what was restored. After a restore the hash of every link that may
// have been carried is written down once more: of each obligation and person for whom there is an
// item, told or not, since what was told after the copy is owed again.
//
// Some items at a time, between other work; a restored link lives as long after the restore as
// others after their last message (kLinkLives). Used from the loop's thread.
#pragma once

#include <cstdint>
#include <optional>

#include "daemon/reminders/context.h"

namespace omamori {

class RestoredLinks {
 public:
  explicit RestoredLinks(Service& service) : service_(service) {}

  // When there is nothing else to do at this instant. True: there is more.
  bool step(Instant now);

 private:
  Service& service_;
  std::optional<std::int64_t> done_;  // the last item that was looked at
};

}  // namespace omamori
