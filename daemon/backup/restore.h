// A copy takes the place of the database. Everything is verified before anything is touched; what
// was there is kept beside it under another name, with its write-ahead log, which must never meet
// another file. In the new one it is written down that it was restored, and nothing leaves until
// somebody releases it.
//
// A kill at any instant leaves the database that was, or none (then every program refuses to start,
// and the same restore again finishes it), or the restored one.
#pragma once

#include <filesystem>
#include <string>

#include "db/copy_check.h"
#include "db/since_copy.h"

namespace omamori {

struct RestoreOrder {
  std::filesystem::path file;
  std::filesystem::path database;
  std::string actor;
  Instant now{};
  bool dry_run = false;
  bool another = false;  // also where the database there is another one
};

struct Restoration {
  std::string refused;  // why, and what to do; nothing was changed. "" = it was done
  bool in_use = false;  // ... because somebody has the database
  CopyFound copy;
  bool replaced = false;       // there was something in its place
  std::filesystem::path kept;  // where that is now; empty after a dry run
  SinceCopy since;             // of what was there
  int erased = 0;              // of whom the copy still held what had been erased
};

// Throws nothing that a file or a disk can cause.
Restoration restore(const RestoreOrder& order);

}  // namespace omamori
