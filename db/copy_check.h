// Is a file a database of omamori, sound, and which? Of copies and of what is to be restored: looks
// at all of it and changes nothing. In any thread; seconds for a large city.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "db/journal.h"

namespace omamori {

struct CopyFound {
  std::string wrong;  // why it cannot be used: "" = it is sound
  // ... which says nothing of what is in it: it could not be read to the end.
  bool unread = false;
  std::string identity;  // db/known_file.h; "" = made before databases had one
  std::int64_t schema = 0;
  JournalHead head;
  std::optional<Instant> last_instant;  // acted on
  std::int64_t clients = 0;
  bool demo = false;
};

// Every page, every index, the journal's chain. `stop`: the look breaks off soon after it is true.
CopyFound check_copy(const std::filesystem::path& path, const std::atomic<bool>& stop);

}  // namespace omamori
