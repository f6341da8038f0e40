// The only way to the time of day. Decisions take an Instant; only the mains and the loops hold a
// Clock, so that a test or a demonstration can live on another day. The machine's own is
// daemon/runtime/machine_clock.h.
#pragma once

#include "daemon/model/facts.h"

namespace omamori {

// Thread-safe; does not throw.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// Stands where it was set: `--clock INSTANT`, and tests.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace omamori
