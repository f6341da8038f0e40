#include "daemon/doctor/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <future>
#include <memory>
#include <thread>
#include <utility>

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

std::optional<Instant> youngest_file(const std::filesystem::path& directory) {
  std::optional<Instant> youngest;
  std::error_code problem;
  std::filesystem::directory_iterator entry(directory, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    struct stat info {};
    if (::stat(entry->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    const Instant written{std::chrono::seconds{info.st_mtim.tv_sec}};
    if (!youngest || written > *youngest) youngest = written;
  }
  return youngest;
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
