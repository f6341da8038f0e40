#include "daemon/delivery/retry_times.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<seconds, 9> kWaits{seconds{5}, minutes{5}, minutes{30}, hours{2}, hours{5},
                                        hours{10},  hours{14},  hours{20},   hours{24}};

// FNV-1a: the same on every machine, unlike std::hash.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14695981039346656037U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return value;
}

}  // namespace

seconds wait_after(int attempts, std::string_view message_id, std::optional<seconds> peers_wish) {
  const auto step = static_cast<std::size_t>(std::max(1, attempts) - 1);
  const seconds wait = kWaits[std::min(step, kWaits.size() - 1)];
  // The attempt takes part, or messages that met once would meet every time.
  const auto permille = static_cast<std::int64_t>((hash(message_id) + step * 7919U) % 401U);
  const seconds jittered{wait.count() * (800 + permille) / 1000};
  if (!peers_wish) return jittered;
  return std::clamp<seconds>(*peers_wish, jittered, std::max<seconds>(jittered, hours{24}));
}

}  // namespace omamori
