#include "daemon/serve/file_watch.h"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <list>
#include <map>
#include <set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

namespace omamori {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

// Not IN_MODIFY: half a file is nothing to look at.
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
                                  IN_ONLYDIR;
// The kernel's own bound on symbolic links in a path.
constexpr int kMostLinks = 40;
// While the path changes under our hands it is walked again; then the next event does it.
constexpr int kMostWalks = 5;

// The names on the way to the file, by the directory that holds each. `file` is the last of them:
// an event there is about the file itself, not only about the way to it.
struct Way {
  std::map<fs::path, std::set<std::string>> names;
  std::pair<fs::path, std::string> file;
  bool operator==(const Way&) const = default;
};

// Follows the path from the root, through symbolic links, as far as it exists.
Way way_to(const fs::path& path) {
  Way way;
  std::list<fs::path> rest(path.begin(), path.end());
  fs::path here = "/";
  for (int links = 0; !rest.empty() && links < kMostLinks;) {
    const fs::path name = rest.front();
    rest.pop_front();
    if (name == "" || name == "." || name == "/") continue;
    if (name == "..") {
      here = here.parent_path();
      continue;
    }
    way.names[here].insert(name.string());
    way.file = {here, name.string()};
    std::error_code gone;
    const fs::path target = fs::read_symlink(here / name, gone);
    if (gone) {
      here /= name;
      if (!fs::is_directory(here, gone)) break;  // the file, or where the path ends for now
      continue;
    }
    ++links;
    if (target.is_absolute()) here = "/";
    rest.insert(rest.begin(), target.begin(), target.end());
  }
  return way;
}

// What tells one content from another without reading it.
using Signature = std::array<std::int64_t, 7>;

Signature signature_of(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return {};
  return {1,
          static_cast<std::int64_t>(info.st_dev),
          static_cast<std::int64_t>(info.st_ino),
          info.st_size,
          info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec,
          info.st_ctim.tv_sec * 1'000'000'000 + info.st_ctim.tv_nsec,
          static_cast<std::int64_t>(info.st_mode)};
}

}  // namespace

struct FileWatch::State : std::enable_shared_from_this<State> {
  State(asio::io_context& io, const fs::path& file, std::chrono::milliseconds pause,
        std::function<void()> call, std::function<void(const std::string&)> tell,
        std::unique_ptr<Countdown> countdown)
      : path(fs::absolute(file)),
        quiet(pause),
        changed(std::move(call)),
        problem(std::move(tell)),
        events(io),
        silence(std::move(countdown)),
        seen(signature_of(path)) {}

  void start() {
    const int file = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (file < 0) return complain(path, errno);
    events.assign(file);
    walk();
    wait();
  }

  // Watches every directory on the way, and none else.
  void walk() {
    for (int i = 0; i < kMostWalks; ++i) {
      way = way_to(path);
      watch_only(way);
      if (way_to(path) == way) return;
    }
  }

  void watch_only(const Way& wanted) {
    std::map<int, fs::path> now;
    for (const auto& [directory, names] : wanted.names) {
      const int id = ::inotify_add_watch(events.native_handle(), directory.c_str(), kEvents);
      if (id >= 0) now[id] = directory;
      if (id < 0 && errno != ENOENT && errno != ENOTDIR) complain(directory, errno);
    }
    for (const auto& [id, directory] : watched) {
      if (!now.contains(id)) ::inotify_rm_watch(events.native_handle(), id);
    }
    watched = std::move(now);
  }

  // Each once: a directory that may not be read will not be readable at the next event either.
  void complain(const fs::path& what, int error) {
    if (!complained.insert(what).second || !problem) return;
    asio::post(events.get_executor(),
               [self = shared_from_this(), text = "cannot watch " + what.string() + ": " +
                                                  std::strerror(error) +
                                                  "; changes there are seen at a reload only"] {
                 if (!self->cancelled) self->problem(text);
               });
  }

  void wait() {
    events.async_wait(events.wait_read,
                      [self = shared_from_this()](const boost::system::error_code& stopped) {
                        if (stopped || self->cancelled) return;
                        self->read();
                        self->wait();
                      });
  }

  void read() {
    alignas(inotify_event) std::array<char, 16384> buffer;
    bool concerned = false;
    for (;;) {
      const ssize_t got = ::read(events.native_handle(), buffer.data(), buffer.size());
      if (got <= 0) break;
      for (ssize_t at = 0; at < got;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        concerned = concerns(*event) || concerned;
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    }
    if (!concerned) return;
    walk();
    silence->start(quiet, [self = shared_from_this()] { self->settle(); });
  }

  // Also notes whether it is certain that the file itself was written.
  bool concerns(const inotify_event& event) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) return certain = true;
    const auto directory = watched.find(event.wd);
    if (directory == watched.end()) return false;  // of a watch that we have taken away
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) != 0) return true;
    if (event.len == 0) return false;
    const auto names = way.names.find(directory->second);
    const std::string name = event.name;
    if (names == way.names.end() || !names->second.contains(name)) return false;
    certain =
        certain || ((event.mask & IN_ISDIR) == 0 && way.file == std::pair(directory->second, name));
    return true;
  }

  // An event on the way alone may have led to the same file as before.
  void settle() {
    if (cancelled) return;
    const Signature now = signature_of(path);
    const bool differs = std::exchange(seen, now) != now;
    if (std::exchange(certain, false) || differs) changed();
  }

  void cancel() {
    cancelled = true;
    silence->cancel();
    boost::system::error_code ignored;
    events.close(ignored);
  }

  fs::path path;
  std::chrono::milliseconds quiet;
  std::function<void()> changed;
  std::function<void(const std::string&)> problem;
  asio::posix::stream_descriptor events;
  std::unique_ptr<Countdown> silence;  // since the last event
  Way way;
  std::map<int, fs::path> watched;  // watch descriptor → directory
  std::set<fs::path> complained;
  Signature seen;
  bool certain = false;
  bool cancelled = false;
};

FileWatch::FileWatch(asio::io_context& io, const fs::path& file, std::chrono::milliseconds quiet,
                     std::function<void()> changed, std::function<void(const std::string&)> problem,
                     std::unique_ptr<Countdown> countdown)
    : state_(std::make_shared<State>(io, file, quiet, std::move(changed), std::move(problem),
                                     countdown ? std::move(countdown) : steady_countdown(io))) {
  state_->start();
}

FileWatch::~FileWatch() { state_->cancel(); }

void FileWatch::cancel() { state_->cancel(); }

}  // namespace omamori
