#include "daemon/runtime/heartbeat.h"

#include <algorithm>

namespace omamori {

Instant next_beat(const Beats& beats, Instant now) {
  if (!beats.last || *beats.last > now) return now;
  return *beats.last +
         (beats.failing ? kLeastBetweenBeats : std::max(beats.period, kLeastBetweenBeats));
}

bool beat_is_due(const Beats& beats, Instant now) {
  return !beats.last || *beats.last > now || now - *beats.last >= kLeastBetweenBeats;
}

std::string url_for_log(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return "…";
  return url.substr(0, url.find_first_of("/?#", scheme + 3)) + "/…";
}

}  // namespace omamori
