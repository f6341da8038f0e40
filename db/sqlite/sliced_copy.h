// A copy of a database that is in use, by SQLite's backup API, some pages at a time: between two
// slices its connection may do whatever it likes, and what it writes meanwhile is written to the
// copy, too. So the copy is the database as it is when the last slice is through.
#pragma once

#include <filesystem>
#include <memory>

#include "db/sqlite/database.h"

struct sqlite3_backup;

namespace omamori {

inline constexpr int kAllPages = -1;

class SlicedCopy {
 public:
  // Makes the file `to`, in place of one that is there. `source` outlives this; same thread.
  SlicedCopy(Database& source, std::filesystem::path to);
  // What is not complete is removed.
  ~SlicedCopy();
  SlicedCopy(const SlicedCopy&) = delete;
  SlicedCopy& operator=(const SlicedCopy&) = delete;

  // Copies so many pages more, outside of any transaction; true: the copy is complete, and closed.
  // It is not on disk yet: make_one_file(), in a thread that may wait.
  bool step(int pages);
  bool complete() const { return !copy_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::unique_ptr<Database> copy_;
  sqlite3_backup* backup_ = nullptr;
};

// Of a complete copy that nobody uses: one file that says everything and needs no write-ahead log.
// On disk when it returns.
void make_one_file(const std::filesystem::path& path);

}  // namespace omamori
