// An instant that the store keeps by name, beside what has a table of its own.
#pragma once

#include <optional>
#include <string>

#include "db/store.h"

namespace omamori {

// When the last good copy of the database was begun: one that is kept, or one that was looked at.
inline constexpr const char* kCopyMade = "copy_made_at";
inline constexpr const char* kCopyLookedAt = "copy_looked_at";

// Nothing: it was never kept, or is no number.
std::optional<Instant> kept_instant(Store& store, const std::string& name);
void keep_instant(Store& store, const std::string& name, Instant at);

}  // namespace omamori
