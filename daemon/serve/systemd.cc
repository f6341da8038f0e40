#include "daemon/serve/systemd.h"

#include <cstdint>
#include <ctime>

#include <systemd/sd-daemon.h>

namespace omamori {
namespace {

// The result is of no use to us: whoever does not listen does not want to hear.
void notify(const std::string& state) { sd_notify(0, state.c_str()); }

std::uint64_t monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
}

}  // namespace

void SystemdManager::ready() { notify("READY=1"); }

// systemd compares the instant with its own signals to tell this reload from an earlier one.
void SystemdManager::reloading() {
  notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
}

void SystemdManager::stopping() { notify("STOPPING=1"); }

void SystemdManager::status(const std::string& line) { notify("STATUS=" + status_line(line)); }

void SystemdManager::watchdog() { notify("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> SystemdManager::watchdog_interval() const {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

}  // namespace omamori
