// What a database holds that an earlier copy of it does not: whoever restores the copy is told what
// is to be recorded once more, and who may be told once more. Looks, and changes nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "db/journal.h"

namespace omamori {

struct ToldSince {
  Instant at{};
  std::string staff, obligation, stage;
};

struct SinceCopy {
  std::string unread;  // why it cannot be said, or not all of it; "" = it can
  std::string identity;
  std::int64_t clients = 0;
  std::vector<JournalRow> done;  // by people, programs and at the doors
  std::vector<ToldSince> told;   // ascending instant
};

// `later` is in nobody's use; `head` is the copy's. Throws nothing: a damaged one says what it can.
SinceCopy since_copy(const std::filesystem::path& later, const JournalHead& head);

}  // namespace omamori
