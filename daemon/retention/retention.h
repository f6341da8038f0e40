// What is not kept goes: once a day, in slices between other work ([retention] of omamori.toml),
// and who is to be erased at once (db/erasures.h). The day's end is journalled ("retention") where
// something went.
//
// Nothing goes by a clock that is not believed, nor before a restored copy is released: what is
// gone cannot be had back. An erasure goes on all the same. Used from the loop's thread.
#pragma once

#include <cstdint>
#include <optional>

#include "daemon/reminders/context.h"

namespace omamori {

class Retention {
 public:
  explicit Retention(Service& service) : service_(service) {}

  // One slice, when there is nothing else to do at this instant. True: there is more to do at once.
  bool step(const Act& act);
  // When there may be something to do again.
  std::optional<Instant> next(Instant now);

 private:
  bool erase_some(const Act& act);
  bool may_go(Day today);
  bool drop_some(const Act& act);
  void conclude(const Act& act);

  Service& service_;
  std::optional<Instant> erasure_waits_until_;
  std::int64_t bodies_ = 0;  // of today
  std::int64_t clients_ = 0;
};

// All of it at once, where nobody serves.
void drop_what_is_not_kept(Service& service, const Act& act);

}  // namespace omamori
