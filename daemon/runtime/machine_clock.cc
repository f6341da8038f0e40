#include "daemon/runtime/machine_clock.h"

#include <sys/timex.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <system_error>

namespace omamori {
namespace {

bool kernel_says_synchronised() {
  timex state{};
  const int answer = adjtimex(&state);  // modes = 0: only asks
  return answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

bool timesyncd_says_synchronised() {
  std::error_code ignored;
  return std::filesystem::exists("/run/systemd/timesync/synchronized", ignored);
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

ClockReading read_machine_clock() {
  timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return {SystemClock().now(), std::chrono::seconds{since_boot.tv_sec},
          kernel_says_synchronised() || timesyncd_says_synchronised()};
}

}  // namespace omamori
