// Rings at an instant of the wall clock: a timerfd on CLOCK_REALTIME, so that it follows a clock
// that is set and a machine that slept, which a steady timer does not. Nothing runs in between.
//
// It also rings when somebody sets the system clock (TFD_TIMER_CANCEL_ON_SET), whether or not it
// was set to an instant: the owner reads the clock again and sets the alarm anew. So a ring means
// "look at the clock", never "it is now so late".
//
// One thread, the io_context's. `rung` is never called from inside set().
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>

#include "daemon/model/facts.h"

namespace boost::asio {
class io_context;
}

namespace omamori {

class Alarm {
 public:
  // Throws std::system_error if the kernel has no timer for us.
  Alarm(boost::asio::io_context& io, std::function<void()> rung);
  // Does not ring any more; a wait that is under way ends at the io_context's next turn.
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  // Rings once at that instant, in place of any set before; at once if it is past. Nothing = only
  // when the clock is set. After cancel() it does nothing.
  void set(std::optional<Instant> at);

  // For the orderly stop: never rings again, and no longer keeps the io_context running.
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// What a read of the timer said: `got` bytes, or -1 and the error. Nothing to ring for if it was
// set anew in the meantime (EAGAIN). Pure, for the tests.
bool means_ring(ssize_t got, int error);

}  // namespace omamori
