// What the daemon tells whoever runs it, and what that one wants. systemd is
// daemon/serve/systemd.h.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// Does not throw and does not wait: a service manager that does not listen must harm nobody.
class ServiceManager {
 public:
  ServiceManager() = default;
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;
  virtual ~ServiceManager() = default;

  // Started, or done with reloading.
  virtual void ready() = 0;
  virtual void reloading() = 0;
  virtual void stopping() = 0;
  // One line for `systemctl status`; made fit by status_line(). The caller keeps names out of it.
  virtual void status(const std::string& line) = 0;
  // "Every loop made progress." To be said at least twice in each watchdog_interval().
  virtual void watchdog() = 0;
  // After so long without watchdog() we are killed; nothing = nobody watches.
  virtual std::optional<std::chrono::microseconds> watchdog_interval() const = 0;
};

// One printable line of at most 256 bytes, cut between characters: control characters become
// spaces (a line end would begin another assignment), what is not UTF-8 becomes "?".
std::string status_line(std::string_view text);

}  // namespace omamori
