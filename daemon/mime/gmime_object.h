// What everybody who reads MIME with GMime needs: its objects owned, its content as bytes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <gmime/gmime.h>

namespace omamori {

struct UnrefGMime {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using OwnedGMime = std::unique_ptr<T, UnrefGMime>;

// Registers GMime's types once for the process. It keeps no state of ours.
void init_gmime();

// Decoded, as it was before it was encoded for its way; nothing if that cannot be.
std::optional<std::string> content_of(GMimePart* part);

}  // namespace omamori
