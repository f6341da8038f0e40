#include "daemon/runtime/machine_clock.h"

#include <sys/timex.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>

#include "daemon/runtime/time_servers.h"

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

// Others are asked at most once a minute: at each turn somebody wants to know.
class OthersWord {
 public:
  bool right(std::chrono::seconds since_boot) {
    const std::lock_guard guard(mutex_);
    if (!asked_ || since_boot - *asked_ >= std::chrono::minutes{1}) {
      asked_ = since_boot;
      right_ = chrony_says_right() || ntp_says_right();
    }
    return right_;
  }

 private:
  std::mutex mutex_;
  std::optional<std::chrono::seconds> asked_;
  bool right_ = false;
};

bool others_say_synchronised(std::chrono::seconds since_boot) {
  static OthersWord word;
  return word.right(since_boot);
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

ClockReading read_machine_clock() {
  timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  const std::chrono::seconds up{since_boot.tv_sec};
  return {
      SystemClock().now(), up,
      kernel_says_synchronised() || timesyncd_says_synchronised() || others_say_synchronised(up)};
}

}  // namespace omamori
