#include "daemon/serve/wall_clock_timer.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

namespace omamori {
namespace {

// Never, to the kernel: the year 2242. An armed timer is what tells us that the clock was set.
constexpr std::int64_t kNever = std::int64_t{1} << 33;

itimerspec expiring(std::optional<Instant> at) {
  itimerspec when{};
  // Zero would disarm the timer, and less is refused: both are long past.
  const std::int64_t seconds = at ? at->time_since_epoch().count() : kNever;
  when.it_value.tv_sec = std::clamp<std::int64_t>(seconds, 1, kNever);
  return when;
}

int open_timer() {
  const int file = ::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (file < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  return file;
}

}  // namespace

bool means_ring(ssize_t got, int error) {
  return got == static_cast<ssize_t>(sizeof(std::uint64_t)) || (got < 0 && error == ECANCELED);
}

struct Alarm::State : std::enable_shared_from_this<State> {
  State(boost::asio::io_context& io, std::function<void()> call)
      : timer(io, open_timer()), rung(std::move(call)) {}

  // ECANCELED says that the clock was set since the last look; the timer is armed all the same.
  void arm(std::optional<Instant> at) {
    if (!timer.is_open()) return;
    const itimerspec when = expiring(at);
    constexpr int kFlags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
    if (::timerfd_settime(timer.native_handle(), kFlags, &when, nullptr) == 0) return;
    if (errno != ECANCELED) {
      throw std::system_error(errno, std::generic_category(), "timerfd_settime");
    }
    boost::asio::post(timer.get_executor(), [self = shared_from_this()] { self->ring(); });
  }

  void wait() {
    timer.async_wait(timer.wait_read,
                     [self = shared_from_this()](const boost::system::error_code& stopped) {
                       if (!stopped) self->look();
                     });
  }

  void look() {
    if (!timer.is_open()) return;
    std::uint64_t count = 0;
    const ssize_t got = ::read(timer.native_handle(), &count, sizeof count);
    const int error = errno;
    wait();
    if (means_ring(got, error)) ring();
  }

  // The owner may cancel or destroy the alarm in its callback.
  void ring() {
    if (timer.is_open()) rung();
  }

  void close() {
    boost::system::error_code ignored;
    timer.close(ignored);
  }

  boost::asio::posix::stream_descriptor timer;
  std::function<void()> rung;
};

Alarm::Alarm(boost::asio::io_context& io, std::function<void()> rung)
    : state_(std::make_shared<State>(io, std::move(rung))) {
  state_->arm(std::nullopt);
  state_->wait();
}

Alarm::~Alarm() { state_->close(); }

void Alarm::set(std::optional<Instant> at) { state_->arm(at); }

void Alarm::cancel() { state_->close(); }

}  // namespace omamori
