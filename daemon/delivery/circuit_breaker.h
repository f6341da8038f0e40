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

// The peer answered about the message, whatever it said. A peer that was down is sound at once, but
// it has to answer several times before as many failures are forgiven it: one that comes and goes
// is called less and less. An answer to what had begun before it was given rest changes nothing.
PeerState after_answer(const PeerState& before, Instant now);
// An attempt failed on the way. `wish` (Retry-After) puts the next probe off, up to a day.
// `until_mended`: the peer has refused us; until a person has done something, it is asked rarely.
PeerState after_failure(const PeerState& before, Instant now, std::string why,
                        std::optional<std::chrono::seconds> wish = {}, bool until_mended = false);
// What three people in a row have met alike: an outage without further ado.
PeerState after_outage(const PeerState& before, Instant now, std::string why, bool until_mended);
// The peer asked never to be called again.
PeerState after_gone(const PeerState& before, Instant now, std::string why);

// May a message be tried now? When down, only one at a time.
bool may_carry(const PeerState& state, Instant now);

}  // namespace omamori
