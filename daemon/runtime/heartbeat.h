// The heartbeat: a URL of somebody else's is asked for while all is well, so that they notice when
// it stops (as healthchecks.io and its like do). Here is when it is due and when it is withheld.
// Pure but for owed_over(), which reads the store; the asking is notifiers/heartbeat.h.
//
// It says: "whatever is owed is told, or I can tell somebody that it is not". So it is withheld
// only when nobody would hear of it otherwise: what the operator has been told of (a mail server
// that is down while another channel works, a client that cannot be planned) does not stop it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "daemon/reminders/fallback.h"

namespace omamori {

// What a turn of the daemon left behind.
struct Cycle {
  std::string failure;       // of the turn: the database cannot be written, the disk is full
  std::string damage;        // of the database file
  std::string clock_held;    // why nothing is sent; "" = the clock is believed
  std::vector<Stuck> stuck;  // owed for too long, and no other way (promise P1c)
  bool held = false;         // [delivery] hold
  std::optional<Instant> owed_over;  // held: since when something has been owed longer than
                                     // fallback_after allows
};

// Why the heartbeat of this cycle is withheld, in words with staff codes only; "" = it is sound.
// [delivery] hold is sound until what it keeps back has waited for longer than fallback_after: a
// pause for maintenance alarms nobody, one that was forgotten does.
std::string why_withheld(const Cycle& cycle);

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

// Under [delivery] hold: since when the oldest item that has waited longer than fallback_after (for
// urgent ones urgent_fallback_after) is owed; nothing: there is none.
std::optional<Instant> owed_over(Service& service);

// "https://hc.example.jp/…": a URL for the log, without the path that may be a secret.
std::string url_for_log(const std::string& url);

}  // namespace omamori
