#include "daemon/delivery/circuit_breaker.h"

#include <algorithm>
#include <array>
#include <utility>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// A restart is over in a minute; an outage of a day should be noticed to be over in a quarter of
// an hour.
constexpr std::array<seconds, 6> kProbes{seconds{30}, minutes{1},  minutes{2},
                                         minutes{5},  minutes{10}, minutes{15}};

seconds wait_before_probe(int probes, std::optional<seconds> wish, bool until_mended) {
  const auto step = std::min(static_cast<std::size_t>(std::max(0, probes)), kProbes.size() - 1);
  const seconds usual = until_mended ? kProbes.back() : kProbes[step];
  return wish ? std::clamp<seconds>(*wish, usual, hours{24}) : usual;
}

}  // namespace

PeerState after_answer(const PeerState& before, Instant now) {
  PeerState after = before;
  if (before.reach == Reach::disabled) return after;
  if (before.reach == Reach::down) {
    if (before.next_probe_at && *before.next_probe_at > now) return after;
    after.reach = Reach::sound;
    after.since = now;
    after.next_probe_at.reset();
    after.failures = kFailuresOfAnOutage - 1;
    return after;
  }
  if (before.failures > 0) --after.failures;
  if (after.failures > 0) return after;
  after.probes = 0;
  after.why.clear();
  return after;
}

PeerState after_failure(const PeerState& before, Instant now, std::string why,
                        std::optional<seconds> wish, bool until_mended) {
  PeerState after = before;
  after.why = std::move(why);
  if (before.reach == Reach::disabled) return after;
  ++after.failures;
  const bool rests = before.reach == Reach::down && before.next_probe_at > now;
  if (before.reach == Reach::down && !rests) ++after.probes;
  // A peer that names a time is believed at once.
  if (after.failures < kFailuresOfAnOutage && !wish) return after;
  if (before.reach == Reach::sound) {
    after.reach = Reach::down;
    after.since = now;
  }
  const Instant next = now + wait_before_probe(after.probes, wish, until_mended);
  // What had begun before fails with the rest: that is no probe.
  after.next_probe_at = rests && !wish ? *before.next_probe_at : next;
  if (rests && wish) after.next_probe_at = std::max(next, *before.next_probe_at);
  return after;
}

PeerState after_outage(const PeerState& before, Instant now, std::string why, bool until_mended) {
  PeerState known = before;
  known.failures = std::max(known.failures, kFailuresOfAnOutage - 1);
  return after_failure(known, now, std::move(why), {}, until_mended);
}

PeerState after_gone(const PeerState& before, Instant now, std::string why) {
  if (before.reach == Reach::disabled) return before;
  PeerState after;
  after.reach = Reach::disabled;
  after.since = now;
  after.why = std::move(why);
  return after;
}

bool may_carry(const PeerState& state, Instant now) {
  if (state.reach == Reach::disabled) return false;
  return state.reach == Reach::sound || (state.next_probe_at && *state.next_probe_at <= now);
}

}  // namespace omamori
