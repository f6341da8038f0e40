// The daemon among the things of the operating system: the Asio loop, the timer, signals, the
// control socket, the watched policy file, the threads that send, systemd. Only this file and its
// .cc know that there is Asio.
#pragma once

#include <optional>

#include "daemon/delivery/senders.h"
#include "daemon/runtime/open_service.h"

namespace omamori {

struct ServeOptions {
  std::filesystem::path config_file;
  // `--fast`: the clock stands and jumps from wake to wake, as far as `clock run-to` says; with
  // `until` it runs there by itself and the daemon ends.
  bool fast = false;
  std::optional<Instant> until;
};

// Runs until SIGTERM or SIGINT. The exit code. Where a thread hangs that nothing calls back it does
// not return: the database is closed and the process ended, within 20 seconds of the signal.
int serve(Opened& opened, const ServeOptions& options);

}  // namespace omamori
