// How long a peer may take over one attempt. A test of what a peer answers gives it hours, so that
// a slow machine is not taken for a slow peer.
#pragma once

#include <chrono>

namespace omamori {

struct TimeLimits {
  std::chrono::seconds connect;  // with the greetings, TLS and the login
  std::chrono::seconds reply;    // from the last thing sent or heard to the next that is heard
  std::chrono::seconds whole;
  // What `reply` and `whole` are measured by.
  std::chrono::steady_clock::time_point (*now)() = &std::chrono::steady_clock::now;
};

}  // namespace omamori
