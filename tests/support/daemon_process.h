// omamorid as a process in a place of its own, for tests that ask it over its control socket.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <poll.h>

#include "tests/support/programs.h"
#include "tests/support/waiting.h"

namespace omamori {

// Begins at place.clock, which is cleared: from then on the daemon has the clock. What it says goes
// to the file `log` of the place. Killed at the end.
class DaemonProcess {
 public:
  // `words` behind omamorid --config … --clock …, such as --fast. Waits until it says that it is
  // ready, as it would to systemd; throws std::runtime_error with its log if it ends before.
  // `environment`: "NAME=value" of its own, as faults_in() gives them.
  explicit DaemonProcess(Place& place, const std::vector<std::string>& words = {},
                         const std::vector<std::string>& environment = {})
      : place_(place),
        manager_(place.path("notify")),
        process_(command(place, words, environment)) {
    place.clock.clear();
    if (!manager_.hears_ready(process_)) {
      throw std::runtime_error("omamorid ended before it was ready:\n" + place.read("log"));
    }
  }

  void ask_to_stop() { process_.ask_to_stop(); }
  void ask_to_reload() const { process_.ask(SIGHUP); }
  // Its exit status.
  int wait() { return process_.wait(); }
  void kill() { process_.end(); }

  void wait_for_log(const std::string& text) const {
    wait_for_files(place_.path(""), [&] { return place_.read("log").find(text) != text.npos; });
  }
  // Does `cause`, and waits until the daemon's line of state says `words`, as systemd shows it.
  template <typename Cause>
  void wait_for_state(const std::string& words, Cause cause) const {
    Manager listening(place_.path("notify"));
    cause();
    listening.hear_status(words);
  }
  boost::json::object status() const {
    return boost::json::parse(place_.ctl({"status", "--json"}).out).as_object();
  }

 private:
  // What systemd is to a service until that is ready. Then nobody listens: the queue of such a
  // socket is short, and a service whose word is not taken away would wait.
  class Manager {
   public:
    explicit Manager(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      path.native().copy(address.sun_path, sizeof address.sun_path - 1);
      std::filesystem::remove(path);  // of a daemon before
      if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot make the socket " + path.string());
      }
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;
    ~Manager() { ::close(socket_); }

    // Until it says that of itself: STATUS=.
    void hear_status(const std::string& words) {
      for (std::string said; said.find("STATUS=") == said.npos || said.find(words) == said.npos;) {
        said = next();
      }
    }

    // False: its output has ended, and so has the process.
    bool hears_ready(const ChildProcess& process) {
      pollfd both[] = {{socket_, POLLIN, 0}, {process.output(), 0, 0}};
      for (std::string said; said.find("READY=1") == said.npos;) {
        if (::poll(both, 2, -1) < 0) continue;
        if (both[0].revents == 0) return false;
        said = next();
      }
      ::close(std::exchange(socket_, -1));
      return true;
    }

   private:
    std::string next() {
      std::string said(4096, '\0');
      const ssize_t got = ::recv(socket_, said.data(), said.size(), 0);
      said.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
      return said;
    }

    int socket_;
  };

  static std::vector<std::string> command(const Place& place, const std::vector<std::string>& words,
                                          const std::vector<std::string>& environment) {
    std::vector<std::string> all{"/usr/bin/env", "NOTIFY_SOCKET=" + place.path("notify").string()};
    all.insert(all.end(), environment.begin(), environment.end());
    all.insert(all.end(), {"/bin/sh", "-c", R"(exec "$@" 2>>"$0")", place.path("log")});
    for (std::string& word : place.command("omamorid", words)) all.push_back(std::move(word));
    return all;
  }

  Place& place_;
  Manager manager_;
  ChildProcess process_;
};

// The machine fails where files of the directory `faults` of the place say: tests/tools/faults.cc.
inline std::vector<std::string> faults_in(const Place& place) {
  std::filesystem::create_directories(place.path("faults"));
  return {"LD_PRELOAD=" + program_path("faults.so"),
          "OMAMORI_FAULTS=" + place.path("faults").string(),
          // Address sanitizer wants to be the first library.
          "ASAN_OPTIONS=verify_asan_link_order=0"};
}

}  // namespace omamori
