#include "db/sqlite/sliced_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include <sqlite3.h>

namespace omamori {
namespace {

void remove_quietly(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

SqliteError failed(const std::filesystem::path& path, int code) {
  return {code, "cannot copy the database to " + path.string() + ": " + sqlite3_errstr(code)};
}

}  // namespace

SlicedCopy::SlicedCopy(Database& source, std::filesystem::path to) : path_(std::move(to)) {
  // A kill may have left what would be read into another file of that name.
  for (const char* end : {"-journal", "-wal", "-shm"}) {
    remove_quietly(std::filesystem::path(path_).concat(end));
  }
  std::filesystem::remove(path_);
  copy_ = std::make_unique<Database>(path_, true);
  // Nothing waits for a disk here; a copy that is broken off is removed and needs no journal.
  copy_->exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");
  backup_ = sqlite3_backup_init(copy_->handle(), "main", source.handle(), "main");
  if (backup_) return;
  const int code = sqlite3_extended_errcode(copy_->handle());
  copy_.reset();
  remove_quietly(path_);
  throw failed(path_, code);
}

SlicedCopy::~SlicedCopy() {
  if (complete()) return;
  if (backup_) sqlite3_backup_finish(backup_);
  copy_.reset();
  remove_quietly(path_);
}

bool SlicedCopy::step(int pages) {
  if (complete()) return true;
  const int code = sqlite3_backup_step(backup_, pages);
  // Busy is an error, as everywhere here: nobody else has any business in the copy.
  if (code == SQLITE_OK) return false;
  const int finished = sqlite3_backup_finish(std::exchange(backup_, nullptr));
  if (code != SQLITE_DONE) throw failed(path_, code);
  if (finished != SQLITE_OK) throw failed(path_, finished);
  copy_.reset();
  return true;
}

void make_one_file(const std::filesystem::path& path) {
  Database(path, false).exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE");
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool on_disk = file >= 0 && ::fsync(file) == 0;
  const int why = errno;
  if (file >= 0) ::close(file);
  if (!on_disk) {
    throw std::system_error(why, std::generic_category(), "cannot sync " + path.string());
  }
}

}  // namespace omamori
