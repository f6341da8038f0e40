#include "daemon/reminders/kept_instant.h"

#include <charconv>

namespace omamori {

std::optional<Instant> kept_instant(Store& store, const std::string& name) {
  const std::string text = store.meta(name);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return Instant{std::chrono::seconds{seconds}};
}

void keep_instant(Store& store, const std::string& name, Instant at) {
  store.set_meta(name, std::to_string(at.time_since_epoch().count()));
}

}  // namespace omamori
