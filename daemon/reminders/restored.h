// What the store remembers of having been restored from a backup: until somebody releases it
// nothing leaves, and for as long as links live those of messages sent since the copy are known.
#pragma once

#include <optional>

#include "db/store.h"

namespace omamori {

struct Restored {
  Instant at{};       // when it was restored
  bool held = false;  // not released yet
};
std::optional<Restored> restored(Store& store);

// Begins the hold.
void keep_restored(Store& store, Instant at);
// Ends it. False: there is none.
bool release_restored(Store& store);

}  // namespace omamori
