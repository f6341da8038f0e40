// Clocks of the daemon that are not the machine's: `--clock INSTANT` runs on from there, with
// `--fast` it stands and jumps from wake to wake. For demo databases only.
#pragma once

#include <atomic>
#include <chrono>

#include "daemon/model/clock.h"

namespace omamori {

// Set to `start` when it is made, and runs from there at the usual speed.
class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(Instant start);
  Instant now() const override;
  // The machine's instant at which now() will be `at`.
  Instant machine_instant(Instant at) const { return at - shift_; }

 private:
  std::chrono::seconds shift_;
};

// Moves only when it is told to. Its value may be read from any thread.
class JumpingClock final : public Clock {
 public:
  explicit JumpingClock(Instant start) : now_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant{std::chrono::seconds{now_.load()}}; }
  void jump_to(Instant to) { now_.store(to.time_since_epoch().count()); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace omamori
