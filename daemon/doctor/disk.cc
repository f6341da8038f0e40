#include "daemon/doctor/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "daemon/backup/copy_names.h"

namespace omamori {

DiskFacts look_by_this_user(DiskFacts facts) {
  const char* path = facts.directory.c_str();
  struct stat info {};
  struct statvfs space {};
  if (::stat(path, &info) != 0 || ::statvfs(path, &space) != 0) {
    facts.problem = std::strerror(errno);
    return facts;
  }
  if (!S_ISDIR(info.st_mode)) {
    facts.problem = std::strerror(ENOTDIR);
    return facts;
  }
  facts.writable = ::faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0;
  facts.free = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
  return facts;
}

DiskFacts look_at_disk(const std::string& where, const std::filesystem::path& directory,
                       std::chrono::milliseconds limit, const DiskLook& look) {
  DiskFacts facts;
  facts.where = where;
  facts.directory = directory.empty() ? "." : directory;
  std::packaged_task<DiskFacts(DiskFacts)> task(look);
  std::future<DiskFacts> answer = task.get_future();
  // Nothing can call it back out of a system call that hangs.
  std::thread(std::move(task), facts).detach();
  if (answer.wait_for(limit) == std::future_status::ready) return answer.get();
  facts.problem = std::strerror(ETIMEDOUT);
  return facts;
}

namespace {

BackupFacts tried(const std::filesystem::path& directory, const std::filesystem::path& database) {
  BackupFacts facts;
  facts.directory = directory;
  std::string name = (directory / ".omamori-doctor-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) {
    facts.untried = std::strerror(errno);
    return facts;
  }
  if (::write(file, "x", 1) != 1 || ::fsync(file) != 0) facts.untried = std::strerror(errno);
  struct stat there {};
  struct stat ours {};
  facts.same_disk = ::fstat(file, &there) == 0 && ::stat(database.c_str(), &ours) == 0 &&
                    there.st_dev == ours.st_dev;
  ::close(file);
  ::unlink(name.c_str());
  const auto copies = copies_in(directory);
  if (!copies.empty()) facts.newest = copies.front().at;
  return facts;
}

}  // namespace

BackupFacts look_at_backups(const std::filesystem::path& directory,
                            const std::filesystem::path& database,
                            std::chrono::milliseconds limit) {
  if (directory.empty()) return {};
  std::packaged_task<BackupFacts()> task([=] { return tried(directory, database); });
  std::future<BackupFacts> answer = task.get_future();
  std::thread(std::move(task)).detach();
  if (answer.wait_for(limit) == std::future_status::ready) return answer.get();
  return {directory, {}, std::strerror(ETIMEDOUT), false};
}

std::uint64_t size_of_database(const std::filesystem::path& database) {
  std::uint64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(database.string() + suffix, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

}  // namespace omamori
