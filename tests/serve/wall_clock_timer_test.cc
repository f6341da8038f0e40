// The alarm on the real clock and a real timerfd. Nobody may set the clock of the machine that runs
// the tests, so what the kernel says when somebody does (ECANCELED) is said by the function below.
// What is to ring is waited for without a limit; what is not to ring is set an hour away.
#include "daemon/serve/wall_clock_timer.h"

#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace {
bool clock_was_set = false;
int last_timer = -1;
itimerspec last_set{};
}  // namespace

// In place of the C library's: arms the timer, and says once that the clock was set if a test wants
// it. Asio's own timers go through here too; they do not ask to be told.
extern "C" int timerfd_settime(int file, int flags, const itimerspec* when,
                               itimerspec* old) noexcept {
  const auto result = static_cast<int>(::syscall(SYS_timerfd_settime, file, flags, when, old));
  if ((flags & TFD_TIMER_CANCEL_ON_SET) == 0) return result;
  last_timer = file;
  last_set = *when;
  if (!std::exchange(clock_was_set, false)) return result;
  errno = ECANCELED;
  return -1;
}

namespace omamori {
namespace {

using std::chrono::seconds;

Instant now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

class AlarmTest : public testing::Test {
 protected:
  void run_until(int rings) {
    io_.restart();
    while (rings_ < rings) io_.run_one();
  }
  // Everything that is ready now.
  void run_ready() {
    io_.restart();
    while (io_.poll_one() != 0) {
    }
  }

  boost::asio::io_context io_;
  int rings_ = 0;
  Alarm alarm_{io_, [this] { ++rings_; }};
};

TEST_F(AlarmTest, RingsAtTheInstantAndNotBefore) {
  const Instant at = now() + seconds(1);
  alarm_.set(at);
  run_until(1);
  EXPECT_EQ(rings_, 1);
  EXPECT_GE(now(), at);
  run_ready();
  EXPECT_EQ(rings_, 1);
}

TEST_F(AlarmTest, APastInstantRingsAtOnceAndOnce) {
  for (const Instant past :
       {now() - seconds(1), Instant{}, Instant{seconds(-86400)}, Instant::min()}) {
    rings_ = 0;
    alarm_.set(past);
    EXPECT_EQ(rings_, 0) << "from inside set()";
    run_until(1);
    run_ready();
    EXPECT_EQ(rings_, 1) << past.time_since_epoch().count();
  }
}

TEST_F(AlarmTest, NothingAndTheEndOfTimeDoNotRing) {
  alarm_.set(std::nullopt);
  run_ready();
  alarm_.set(Instant::max());
  run_ready();
  EXPECT_EQ(rings_, 0);
  EXPECT_GT(last_set.it_value.tv_sec, now().time_since_epoch().count() + 100L * 365 * 86400);
}

TEST_F(AlarmTest, WhatIsSetAnewTakesThePlaceOfWhatWasDue) {
  alarm_.set(now() - seconds(1));
  alarm_.set(now() + seconds(3600));
  run_ready();
  EXPECT_EQ(rings_, 0);
}

TEST_F(AlarmTest, MayBeSetInItsOwnCallback) {
  int left = 3;
  Alarm* self = nullptr;
  Alarm again(io_, [&] {
    if (--left > 0) self->set(now() - seconds(1));
  });
  self = &again;
  again.set(now() - seconds(1));
  while (left > 0) io_.run_one();
  run_ready();
  EXPECT_EQ(left, 0);
}

TEST_F(AlarmTest, AClockThatWasSetRingsAndLeavesTheTimerArmed) {
  clock_was_set = true;
  const Instant at = now() + seconds(3600);
  alarm_.set(at);
  EXPECT_EQ(rings_, 0) << "from inside set()";
  run_ready();
  EXPECT_EQ(rings_, 1);
  itimerspec armed{};
  ASSERT_EQ(::timerfd_gettime(last_timer, &armed), 0);
  EXPECT_GT(armed.it_value.tv_sec, 0);
  EXPECT_EQ(last_set.it_value.tv_sec, at.time_since_epoch().count());
}

TEST_F(AlarmTest, CancelledItIsSilentAndTheLoopEnds) {
  alarm_.set(now() - seconds(1));
  alarm_.cancel();
  alarm_.set(now() - seconds(1));
  io_.run();
  EXPECT_EQ(rings_, 0);
}

TEST_F(AlarmTest, DestroyedWithARingOnTheWayIsSilent) {
  int rings = 0;
  {
    Alarm gone(io_, [&] { ++rings; });
    clock_was_set = true;
    gone.set(now() - seconds(1));
  }
  run_ready();
  EXPECT_EQ(rings, 0);
}

TEST(MeansRing, WhatTheKernelSays) {
  EXPECT_TRUE(means_ring(8, 0));
  EXPECT_TRUE(means_ring(-1, ECANCELED));
  EXPECT_FALSE(means_ring(-1, EAGAIN));
  EXPECT_FALSE(means_ring(-1, EINTR));
  EXPECT_FALSE(means_ring(0, 0));
}

}  // namespace
}  // namespace omamori
