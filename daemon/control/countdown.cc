#include "daemon/control/countdown.h"

#include <cstdint>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace omamori {
namespace {

class SteadyCountdown final : public Countdown {
 public:
  explicit SteadyCountdown(boost::asio::io_context& io) : state_(std::make_shared<State>(io)) {}
  SteadyCountdown(const SteadyCountdown&) = delete;
  SteadyCountdown& operator=(const SteadyCountdown&) = delete;
  ~SteadyCountdown() override { stop(); }

  void start(std::chrono::milliseconds after, std::function<void()> over) override {
    const std::uint64_t started = ++state_->started;
    state_->timer.expires_after(after);
    // Asio does not take back what has expired and waits for its turn: the number does.
    state_->timer.async_wait([state = state_, started,
                              over = std::move(over)](const boost::system::error_code& stopped) {
      if (!stopped && state->started == started) over();
    });
  }

  void cancel() override { stop(); }

 private:
  struct State {
    explicit State(boost::asio::io_context& io) : timer(io) {}
    boost::asio::steady_timer timer;
    std::uint64_t started = 0;  // how often; only the latest may call
  };

  void stop() {
    ++state_->started;
    state_->timer.cancel();
  }

  std::shared_ptr<State> state_;  // shared with waits that are under way
};

}  // namespace

std::unique_ptr<Countdown> steady_countdown(boost::asio::io_context& io) {
  return std::make_unique<SteadyCountdown>(io);
}

}  // namespace omamori
