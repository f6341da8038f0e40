// The copies in a directory of backups: "omamori-20260601T180000Z.db", by the instant (UTC) at
// which each was begun.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

std::string copy_name(Instant at);
// Nothing: it is no name of a copy.
std::optional<Instant> instant_of_copy(std::string_view name);

struct KeptCopy {
  std::filesystem::path path;
  Instant at{};
  std::uint64_t bytes = 0;
};
// Newest first. Nothing there, or no such directory: none. Throws std::filesystem_error for one
// that cannot be read.
std::vector<KeptCopy> copies_in(const std::filesystem::path& directory);

// "20260601T180000Z", for names of files.
std::string stamp_of(Instant at);

}  // namespace omamori
