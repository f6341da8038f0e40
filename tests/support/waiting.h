// Waiting for what another program does. There is no limit of time: on a slow machine a test waits
// longer and comes to the same verdict. Who waits for what never comes is ended by ctest (TIMEOUT
// in tests/CMakeLists.txt), which then shows the test's name as the last that was begun.
//
//   wait_for_files(directory, there)   the kernel wakes it (inotify) when a file there changes
//   ask_until(there)                   asks again and again, for what only an answer tells
//
// Ask for what stays true once it is: "at least one request", not "exactly one", which may be over
// before somebody looks.
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace omamori {

// Looks at `there` now and whenever something in the directory itself was made, written, renamed or
// removed. Throws std::runtime_error if the directory cannot be watched.
template <typename Condition>
void wait_for_files(const std::filesystem::path& directory, Condition there) {
  const int events = ::inotify_init1(IN_CLOEXEC);
  constexpr auto kAny = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE;
  if (events < 0 || ::inotify_add_watch(events, directory.c_str(), kAny) < 0) {
    throw std::runtime_error("cannot watch " + directory.string() + ": " + std::strerror(errno));
  }
  while (!there()) {
    alignas(inotify_event) char some[4096];
    if (::read(events, some, sizeof some) <= 0 && errno != EINTR) {
      throw std::runtime_error("cannot go on watching " + directory.string());
    }
  }
  ::close(events);
}

// Each question is a program that runs, or a connection: there is no pause between them.
template <typename Condition>
void ask_until(Condition there) {
  while (!there()) {
  }
}

}  // namespace omamori
