// A machine that fails where a test says: LD_PRELOAD=…/faults.so OMAMORI_FAULTS=DIRECTORY PROGRAM.
// A fault lasts as long as the file of its name lies in the directory:
//
//   sync        the database cannot be made durable: EIO, as of a disk that is going
//   sync-once   the next time it cannot, and the file is taken away
//   full        nothing more is taken into the write-ahead log: ENOSPC
//   files       a message on its way to a file hangs: a share whose server is gone
//   spoil       half of what is written of a copy of the database is zeros, as on a bad disk
//   copies      a copy of the database on its way to its place hangs, likewise
//   names       the resolver hangs (getaddrinfo)
//
// Whoever hangs makes the file `hangs` first, and does so until the process is gone.
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include <dlfcn.h>
#include <netdb.h>

namespace {

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

std::string place(const char* fault) {
  const char* directory = std::getenv("OMAMORI_FAULTS");
  return directory ? std::string(directory) + "/" + fault : std::string();
}

bool is_on(const char* fault) {
  const std::string path = place(fault);
  return !path.empty() && ::access(path.c_str(), F_OK) == 0;
}

[[noreturn]] void hang() {
  ::close(::open(place("hangs").c_str(), O_CREAT | O_CLOEXEC | O_WRONLY, 0600));
  for (;;) ::pause();
}

std::string path_of(int file) {
  char path[512];
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t length = ::readlink(link.c_str(), path, sizeof path);
  return length < 0 ? std::string() : std::string(path, static_cast<std::size_t>(length));
}

bool sync_fails(int file) {
  const std::string path = path_of(file);
  if (path.ends_with(".partial") && path.find(".eml.") != path.npos && is_on("files")) hang();
  if (path.ends_with(".db.partial") && is_on("copies")) hang();
  if (path.find("omamori.db") == std::string::npos) return false;
  if (!is_on("sync") && ::unlink(place("sync-once").c_str()) != 0) return false;
  errno = EIO;
  return true;
}

bool is_log(int file) { return path_of(file).ends_with("-wal"); }

bool no_room(int file) {
  if (!is_on("full") || !is_log(file)) return false;
  errno = ENOSPC;
  return true;
}

}  // namespace

extern "C" {

int fsync(int file) {
  static const auto real = next<int(int)>("fsync");
  return sync_fails(file) ? -1 : real(file);
}

int fdatasync(int file) {
  static const auto real = next<int(int)>("fdatasync");
  return sync_fails(file) ? -1 : real(file);
}

ssize_t write(int file, const void* bytes, size_t count) {
  static const auto real = next<ssize_t(int, const void*, size_t)>("write");
  if (path_of(file).ends_with(".db.partial") && is_on("spoil")) {
    std::string spoilt(static_cast<const char*>(bytes), count);
    spoilt.replace(count / 2, count - count / 2, count - count / 2, '\0');
    return real(file, spoilt.data(), count);
  }
  return no_room(file) ? -1 : real(file, bytes, count);
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  static const auto real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return no_room(file) ? -1 : real(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
  static const auto real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return no_room(file) ? -1 : real(file, bytes, count, at);
}

int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
  static const auto real =
      next<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo");
  if (is_on("names")) hang();
  return real(node, service, hints, found);
}
}
