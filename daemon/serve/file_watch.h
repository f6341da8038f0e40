// Tells when a file that people edit has changed: inotify on the directories on the way to it, not
// on the file, because editors and deployments replace files by rename, and may replace a symbolic
// link or a whole directory on the way (as a Kubernetes ConfigMap does). The file and its
// directories may be missing at first, vanish and come back. No polling.
//
// Only a finished write counts (the writer closed the file), or a rename, deletion, creation or
// change of permission. `changed` may also mean that the file is gone; the owner reads and sees.
//
// One thread, the io_context's. Neither callback is called from inside the constructor.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "daemon/control/countdown.h"

namespace boost::asio {
class io_context;
}

namespace omamori {

class FileWatch {
 public:
  // `changed` is called once, `quiet` after the last event that concerns `file` (a path as
  // configured; a relative one is resolved now). Read the file after constructing this, then no
  // change is missed. `problem` hears in words, with the path, when a directory cannot be watched;
  // the watch goes on with the others. `quiet` is counted by `countdown`; null = the monotonic
  // clock.
  FileWatch(boost::asio::io_context& io, const std::filesystem::path& file,
            std::chrono::milliseconds quiet, std::function<void()> changed,
            std::function<void(const std::string&)> problem = {},
            std::unique_ptr<Countdown> countdown = nullptr);
  // As cancel(); a wait that is under way ends at the io_context's next turn.
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  // For the orderly stop: calls nobody again, and no longer keeps the io_context running.
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace omamori
