// Whom finished messages are handed to, and whether that is any use now.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"

namespace omamori {

// Whom a message is handed to. Everything that fails alike is one peer.
struct Peer {
  Channel channel = Channel::email;
  std::string endpoint;  // webhook: its name in omamori.toml
  bool operator==(const Peer&) const = default;
};
// "smtp", "webhook:case-tool", "file": as journal, status and `endpoint` name it.
std::string name_of(const Peer& peer);
Peer peer_of(Channel channel, const std::string& address);

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

}  // namespace omamori
