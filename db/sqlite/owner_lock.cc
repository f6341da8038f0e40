#include "db/sqlite/owner_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace omamori {
namespace {

std::string pid_in(int file) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  std::string pid;
  for (ssize_t i = 0; i < size; ++i) {
    const char c = text[static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') break;
    pid += c;
  }
  return pid;
}

void write_pid(int file) {
  const std::string text = std::to_string(::getpid()) + "\n";
  // Only people read it; a full disk must not keep the daemon from starting.
  if (::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) < 0) return;
}

}  // namespace

std::optional<OwnerLock> OwnerLock::take(const std::filesystem::path& database,
                                         std::string& refusal) {
  std::filesystem::path path = database;
  path += ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open " + path.string());
  }
  OwnerLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
    write_pid(file);
    return lock;
  }
  if (errno != EWOULDBLOCK) {
    throw std::system_error(errno, std::generic_category(), "cannot lock " + path.string());
  }
  const std::string pid = pid_in(file);
  refusal = database.string() + " is in use by process " + (pid.empty() ? "(unknown)" : pid) +
            ": use omamorictl while omamorid runs, or stop that process first";
  return std::nullopt;
}

OwnerLock::OwnerLock(OwnerLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

OwnerLock& OwnerLock::operator=(OwnerLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

OwnerLock::~OwnerLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace omamori
