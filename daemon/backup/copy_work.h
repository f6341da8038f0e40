// What is done to a copy of the database when it is complete, in a thread of its own, since it may
// wait for any disk: brought to where it is to be, made one file, looked at as a whole, synced,
// and only then given its name; then those that are not kept any more go.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

#include "config/config.h"
#include "daemon/model/time_zone.h"
#include "db/erased_list.h"
#include "db/journal.h"

namespace omamori {

struct CopyOrder {
  std::filesystem::path scratch;  // the complete copy beside the database; is gone afterwards
  std::filesystem::path to;       // its place; empty: it is only looked at
  std::string identity;           // of the database it was made of
  // In the directory of backups: older ones are thinned out as of `now`.
  std::optional<BackupConfig> keep = std::nullopt;
  std::string zone;
  Instant now{};
  // Who was erased: kept beside the copies, which may hold them still.
  ErasedList erased = {};
};

struct CopyOutcome {
  std::string failed;  // it could not be made; "" = it was
  std::string wrong;   // it was made and is damaged; "" = it is sound
  JournalHead head;
  std::uint64_t bytes = 0;
  int removed = 0;  // older ones
  bool good() const { return failed.empty() && wrong.empty(); }
};

// Throws nothing. `stop`: breaks off soon after it is true.
CopyOutcome place_copy(const CopyOrder& order, const std::atomic<bool>& stop);

// A copy of a file's bytes for its owner only, synced. What is wrong, or "".
std::string copy_bytes(const std::filesystem::path& from, const std::filesystem::path& to,
                       const std::atomic<bool>& stop);

}  // namespace omamori
