// How long a peer may take over one attempt. A test of what a peer answers gives it hours, so that
// a slow machine is not taken for a slow peer.
#pragma once

#include <chrono>

namespace omamori {

struct TimeLimits {
  std::chrono::seconds connect;  // with the greetings, TLS and the login
  std::chrono::seconds reply;    // each of a mail server's
  std::chrono::seconds whole;
};

}  // namespace omamori
