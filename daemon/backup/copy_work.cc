#include "daemon/backup/copy_work.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "config/file_descriptor.h"
#include "config/replace_file.h"
#include "daemon/backup/copy_names.h"
#include "daemon/backup/thinning.h"
#include "db/copy_check.h"
#include "db/sqlite/sliced_copy.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;

bool write_all(int file, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(file, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

std::string said(const std::string& doing, const fs::path& path) {
  return "cannot " + doing + " " + path.string() + ": " + std::strerror(errno);
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  if (!path.empty()) fs::remove(path, ignored);
}

// On the same disk it only gets another name.
std::string move_file(const fs::path& from, const fs::path& to, const std::atomic<bool>& stop) {
  std::error_code other_disk;
  fs::rename(from, to, other_disk);
  return other_disk ? copy_bytes(from, to, stop) : std::string();
}

int thin_out(const CopyOrder& order, const std::atomic<bool>& stop) {
  std::vector<Instant> all;
  const fs::path directory = order.to.parent_path();
  for (const KeptCopy& copy : copies_in(directory)) all.push_back(copy.at);
  int removed = 0;
  for (const Instant at : copies_to_remove(all, *order.keep, Zone(order.zone), order.now)) {
    if (stop) break;
    removed += fs::remove(directory / copy_name(at)) ? 1 : 0;
  }
  return removed;
}

// What a kill has left of a file with that name; SQLite would read its log into another one.
void remove_with_logs(const fs::path& file) {
  for (const char* end : {"", "-journal", "-wal", "-shm"}) {
    remove_quietly(file.empty() ? file : fs::path(file).concat(end));
  }
}

// Of copies in that directory that were never finished: each may be as large as the database.
void remove_unfinished(const fs::path& directory) {
  constexpr std::string_view kPartial = ".partial";
  std::vector<fs::path> left;
  std::error_code unseen;  // whoever writes there will say so
  for (const auto& file : fs::directory_iterator(directory, unseen)) {
    const std::string name = file.path().filename();
    const std::size_t end = name.find(kPartial);
    if (end != std::string::npos && instant_of_copy(name.substr(0, end))) {
      left.push_back(directory / name.substr(0, end + kPartial.size()));
    }
  }
  for (const fs::path& partial : left) remove_with_logs(partial);
}

// `file` is the copy, wherever it lies.
void look_at(const fs::path& file, const CopyOrder& order, CopyOutcome& outcome,
             const std::atomic<bool>& stop) {
  try {
    make_one_file(file);
  } catch (const SqliteError& error) {
    if (!error.is_damage()) throw;
    outcome.wrong = error.what();
    return;
  }
  const CopyFound found = check_copy(file, stop);
  outcome.head = found.head;
  outcome.bytes = fs::file_size(file);
  if (found.unread) {
    outcome.failed = "cannot read " + file.string() + ": " + found.wrong;
    return;
  }
  outcome.wrong = found.wrong;
  if (outcome.wrong.empty() && found.identity != order.identity) {
    outcome.wrong = "it is a copy of another database";
  }
  if (!stop) return;
  outcome.failed = "broken off: omamorid was stopped";
  outcome.wrong.clear();
}

// A copy that is damaged where it was brought to, and sound where it was made: not the database is
// to blame but what lies between.
void blame_the_way(const CopyOrder& order, CopyOutcome& outcome, const std::atomic<bool>& stop) {
  if (outcome.wrong.empty() || !fs::exists(order.scratch)) return;
  CopyOutcome before;
  look_at(order.scratch, order, before, stop);
  if (!before.good()) return;
  outcome.failed = "what was brought to " + order.to.parent_path().string() +
                   " is not what was copied, see to that disk: " + outcome.wrong;
  outcome.wrong.clear();
}

void place(const CopyOrder& order, const fs::path& partial, CopyOutcome& outcome,
           const std::atomic<bool>& stop) {
  if (order.keep) {
    remove_unfinished(order.to.parent_path());
  } else if (fs::exists(order.to)) {
    outcome.failed = order.to.string() + " is there already: name another file, or remove it";
    return;
  }
  remove_with_logs(partial);
  outcome.failed = move_file(order.scratch, partial, stop);
  if (!outcome.failed.empty()) return;
  look_at(partial, order, outcome, stop);
  blame_the_way(order, outcome, stop);
  if (!outcome.good()) return;
  fs::rename(partial, order.to);
  if (!sync_directory_of(order.to)) {
    outcome.failed = said("sync the directory of", order.to);
    return;
  }
  if (order.keep) outcome.removed = thin_out(order, stop);
  if (order.keep && !order.erased.erased.empty()) {
    outcome.failed = write_erased_list(erased_list_in(order.to.parent_path()), order.erased);
  }
}

}  // namespace

std::string copy_bytes(const fs::path& from, const fs::path& to, const std::atomic<bool>& stop) {
  FileDescriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.number() < 0) return said("open", from);
  remove_quietly(to);  // a link or another's file: the new one is ours
  FileDescriptor target(
      ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (target.number() < 0) return said("create", to);
  constexpr std::size_t kAtOnce = 1U << 20U;
  std::vector<char> buffer(kAtOnce);
  for (;;) {
    if (stop) return "broken off: omamorid was stopped";
    const ssize_t got = ::read(source.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return said("read", from);
    if (got == 0) break;
    if (!write_all(target.number(), buffer.data(), static_cast<std::size_t>(got))) {
      return said("write", to);
    }
  }
  if (::fsync(target.number()) != 0 || !target.close()) return said("write", to);
  return "";
}

CopyOutcome place_copy(const CopyOrder& order, const std::atomic<bool>& stop) {
  CopyOutcome outcome;
  fs::path partial = order.to;
  if (!partial.empty()) partial += ".partial";
  try {
    if (order.to.empty()) {
      look_at(order.scratch, order, outcome, stop);
    } else {
      place(order, partial, outcome, stop);
    }
  } catch (const std::exception& error) {
    outcome.failed = error.what();
  }
  remove_with_logs(order.scratch);
  remove_with_logs(partial);
  return outcome;
}

}  // namespace omamori
