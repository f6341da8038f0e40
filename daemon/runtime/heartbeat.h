// The heartbeat: a URL of somebody else's is asked for while all is well, so that they notice when
// it stops (as healthchecks.io and its like do). Here is when it is due; whether it is withheld is
// said by daemon/reminders/health.h. Pure; the asking is notifiers/heartbeat.h.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "daemon/model/facts.h"

namespace omamori {

// Not more often than this, however many cycles there are.
inline constexpr std::chrono::seconds kLeastBetweenBeats{60};
// When the next one is due: `period` after the last, so that an idle daemon wakes for it, and at
// once where there was none or the clock was set back.
// One that did not arrive is tried again as soon as one may be said.
struct Beats {
  std::optional<Instant> last;  // said, whether or not it arrived
  std::chrono::seconds period{300};
  bool failing = false;  // the last one did not arrive
};
Instant next_beat(const Beats& beats, Instant now);
// After a sound cycle: is one to be said?
bool beat_is_due(const Beats& beats, Instant now);

// "https://hc.example.jp/…": a URL for the log, without the path that may be a secret.
std::string url_for_log(const std::string& url);

}  // namespace omamori
