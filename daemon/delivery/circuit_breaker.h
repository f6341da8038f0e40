// Is it any use to call this peer? A mail server, an endpoint or the file directory that fails for
// every message is one breaker: it is probed with single messages, and nobody's message grows old
// meanwhile. RULES.md section 5. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"
#include "daemon/model/peer.h"

namespace omamori {

// So many failures in a row are an outage and no accident.
inline constexpr int kFailuresOfAnOutage = 3;

// The peer answered about the message, whatever it said.
PeerState after_answer(const PeerState& before, Instant now);
// An attempt failed on the way. `wish` (Retry-After) puts the next probe off, up to a day.
PeerState after_failure(const PeerState& before, Instant now, std::string why,
                        std::optional<std::chrono::seconds> wish = {});
// The peer asked never to be called again.
PeerState after_gone(const PeerState& before, Instant now, std::string why);

// May a message be tried now? When down, only one at a time.
bool may_carry(const PeerState& state, Instant now);

}  // namespace omamori
