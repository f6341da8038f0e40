// The ways out as a person looks at them: each peer that omamori.toml configures, and each that is
// known from before, with what is known of it. For endpoint, health and test-message.
#pragma once

#include <string>
#include <vector>

#include "daemon/reminders/context.h"

namespace omamori {

struct PeerView {
  std::string name;  // as name_of(Peer): "smtp", "webhook:case-tool", "file"
  PeerState state;
  bool configured = true;  // false: it was, when it failed
};

// smtp, the webhooks as in omamori.toml, file; then those not configured any more that do not work.
std::vector<PeerView> peers_of(Service& service);

// What the person types for it: an endpoint's own name, or that of the peer.
std::string short_name(const std::string& peer);

}  // namespace omamori
