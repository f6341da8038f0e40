// Asks for a heartbeat URL (GET, libcurl, HTTP/1.1). One object is one connection. As for webhooks:
// https with a verified certificate, http to this machine only, private addresses where allowed, no
// redirects, no proxies. Nothing is sent but the request; of the answer only the status counts.
// An attempt takes 10 s at most.
#pragma once

#include <memory>
#include <stop_token>

#include "config/config.h"
#include "notifiers/notifier.h"
#include "notifiers/time_limits.h"

namespace omamori {

inline constexpr TimeLimits kHeartbeatLimits{.connect = std::chrono::seconds{5},
                                             .reply = std::chrono::seconds{10},
                                             .whole = std::chrono::seconds{10}};

class HeartbeatNotifier final : public Notifier {
 public:
  // Throws std::runtime_error if libcurl cannot be set up at all.
  explicit HeartbeatNotifier(const HeartbeatConfig& heartbeat, std::stop_token stop = {},
                             TimeLimits limits = kHeartbeatLimits);
  ~HeartbeatNotifier() override;

  // Its arguments mean nothing: every heartbeat is the same. Sent = a 2xx. The words of a failure
  // do not repeat the URL, whose path may be a secret.
  SendResult send(const Message& message, const Address& address, Instant now) override;

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace omamori
