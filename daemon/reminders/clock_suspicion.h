// Can the clock be believed? A machine whose clock is wrong by years would tell everybody that they
// are years late. A clock that is behind the last instant acted on, before the program was built,
// or that stepped forward by more than a day while the machine ran, is held and not obeyed (promise
// P6). Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "daemon/model/facts.h"

namespace omamori {

// The calendar clock beside one that nobody can set.
struct ClockReading {
  Instant wall{};
  std::chrono::seconds since_boot{0};  // runs on while the machine sleeps
  bool synchronised = false;           // the kernel says that something keeps the clock right
};

struct ClockFacts {
  ClockReading now;
  std::optional<ClockReading> before;   // the reading before, in this process
  std::optional<Instant> last_instant;  // the last instant acted on, from the database
  Instant built{};                      // of the program
};

// A clock set back by no more than this is waited for and nobody is troubled.
inline constexpr std::chrono::minutes kSmallStepBack{5};

struct ClockSuspicion {
  bool behind = false;  // of what is known to have been; else too far ahead
  std::string why;      // with what was seen
};
std::optional<ClockSuspicion> clock_suspicion(const ClockFacts& facts);

// A hold ends when what it is for has been undone: the clock is behind no more, or has gone back
// from where it had jumped to. Otherwise it ends by itself when a time server has said for ten
// minutes that the clock is right and the operator was told a day ago.
struct ClockHold {
  std::string why;
  bool behind = false;
  // Of one that jumped forward: the last reading before that, if this process saw it, and what the
  // clock said when it was held.
  std::optional<ClockReading> trusted;
  std::optional<Instant> seen;
  std::optional<std::chrono::seconds> synchronised_since;  // since_boot
  std::optional<std::chrono::seconds> told;                // since_boot when the operator was told
};
// `facts.before` does not count.
bool clock_has_corrected_itself(const ClockHold& hold, ClockFacts facts);
bool clock_hold_is_over(const ClockHold& hold, const ClockReading& now);

}  // namespace omamori
