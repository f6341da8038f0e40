// Is it any use to call this peer? A mail server, an endpoint or the file directory that fails for
// every message is one breaker: it is probed with single messages, and nobody's message grows old
// meanwhile. RULES.md section 5. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"

namespace omamori {

// sound     messages go
// down      the last attempts failed on the way; one message is tried at next_probe_at
// disabled  the peer asked never to be called again (410); a person enables it
enum class Reach { sound, down, disabled };
std::string_view to_word(Reach reach);

struct PeerState {
  Reach reach = Reach::sound;
  int failures = 0;  // on the way, in a row
  int probes = 0;    // since it is down
  Instant since{};   // in this state
  std::optional<Instant> next_probe_at;
  std::string why;  // the last failure, in the peer's or the library's words
  bool operator==(const PeerState&) const = default;
};

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
