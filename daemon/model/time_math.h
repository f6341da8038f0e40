// The earlier of instants that may be missing: nothing stands for "never".
#pragma once

#include <algorithm>
#include <optional>

#include "daemon/model/facts.h"

namespace omamori {

inline std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

// `next` comes no later than `at`.
inline void no_later(std::optional<Instant>& next, std::optional<Instant> at) {
  next = earlier(next, at);
}

}  // namespace omamori
