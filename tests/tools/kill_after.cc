// Kills a program at a counted point of its work on the database, so that a test can do it at each
// in turn: LD_PRELOAD=…/kill_after.so OMAMORI_KILL_AFTER=N PROGRAM.
//
// Points are counted from 1 in the order in which they come: the first write to the write-ahead log
// since it was last made durable (a transaction has begun to reach the file, and whatever the
// program did in the world before is not recorded yet), and each fdatasync or fsync (what was
// written is durable). After the N-th the process gets SIGKILL, before it can do anything else.
// N = 0 kills nobody. At a normal end the number of points is written to OMAMORI_KILL_REPORT.
//
// What the kernel has taken survives a SIGKILL, durable or not: a power cut is another matter.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>

namespace {

std::atomic<int> points{0};
std::atomic<bool> written{false};  // to the log, and not durable yet

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void point() {
  static const int last = [] {
    const char* text = std::getenv("OMAMORI_KILL_AFTER");
    return text ? std::atoi(text) : 0;
  }();
  if (++points == last) ::kill(::getpid(), SIGKILL);
}

bool is_log(int file) {
  char link[64];
  char path[512];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(link, path, sizeof path);
  return length > 4 && std::memcmp(path + length - 4, "-wal", 4) == 0;
}

void wrote(int file) {
  if (!written && is_log(file) && !written.exchange(true)) point();
}

void synced() {
  written = false;
  point();
}

struct Report {
  ~Report() {
    const char* path = std::getenv("OMAMORI_KILL_REPORT");
    std::FILE* file = path ? std::fopen(path, "w") : nullptr;
    if (!file) return;
    std::fprintf(file, "%d\n", points.load());
    std::fclose(file);
  }
} report;

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  static const auto real = next<ssize_t(int, const void*, size_t)>("write");
  const ssize_t done = real(file, bytes, count);
  wrote(file);
  return done;
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  static const auto real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  const ssize_t done = real(file, bytes, count, at);
  wrote(file);
  return done;
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
  static const auto real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  const ssize_t done = real(file, bytes, count, at);
  wrote(file);
  return done;
}

int fsync(int file) {
  static const auto real = next<int(int)>("fsync");
  const int done = real(file);
  synced();
  return done;
}

int fdatasync(int file) {
  static const auto real = next<int(int)>("fdatasync");
  const int done = real(file);
  synced();
  return done;
}
}
