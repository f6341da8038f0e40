// What the service manager is told of us, and what it wants (sd_notify(3), sd_watchdog_enabled(3)).
// Where no service manager started us everything here is silent.
#pragma once

#include "daemon/runtime/service_manager.h"

namespace omamori {

// systemd's. Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID from the environment on each use.
class SystemdManager final : public ServiceManager {
 public:
  void ready() override;
  void reloading() override;
  void stopping() override;
  void status(const std::string& line) override;
  void watchdog() override;
  std::optional<std::chrono::microseconds> watchdog_interval() const override;
};

}  // namespace omamori
