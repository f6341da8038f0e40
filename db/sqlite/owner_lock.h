// One owner. The database is used by exactly one process: omamorid, or omamorictl while no daemon
// runs. The owner holds an exclusive lock on "<database>.lock" from before it opens the database
// until after it has closed it. The kernel drops the lock when the process ends, however it ends,
// so a lock file that is left behind means nothing.
//
// The file holds the owner's pid, for the message only. Its second line is kept free for the epoch
// of a second machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace omamori {

class OwnerLock {
 public:
  // The lock, or nothing if another process (or another OwnerLock of this one) has it; then
  // `refusal` says who and what to do. Throws std::system_error if the file cannot be made.
  static std::optional<OwnerLock> take(const std::filesystem::path& database, std::string& refusal);

  OwnerLock(OwnerLock&& other) noexcept;
  OwnerLock& operator=(OwnerLock&& other) noexcept;
  ~OwnerLock();

 private:
  explicit OwnerLock(int file) : file_(file) {}
  int file_;
};

}  // namespace omamori
