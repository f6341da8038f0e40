// Time that runs out. What counts by it (the patience with a client of the control socket, the
// quiet after which a changed file is read) is given it from outside, so that a test says when the
// time is over instead of waiting for it.
//
// One thread, the io_context's.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace omamori {

class Countdown {
 public:
  virtual ~Countdown() = default;  // as cancel()
  // Calls `over` once, `after` from now, in place of what was started before. Never from inside
  // start(). Until then it keeps what `over` holds.
  virtual void start(std::chrono::milliseconds after, std::function<void()> over) = 0;
  // Calls nobody, and no longer keeps the io_context running.
  virtual void cancel() = 0;
};

using MakeCountdown = std::function<std::unique_ptr<Countdown>()>;

// On the monotonic clock, which stands still while the machine sleeps.
std::unique_ptr<Countdown> steady_countdown(boost::asio::io_context& io);

}  // namespace omamori
