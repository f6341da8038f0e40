// When to try a message again. RULES.md section 5. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace omamori {

// How long to wait after the `attempts`-th failed attempt (1 = the first): 5 s, 5 m, 30 m, 2 h, 5
// h, 10 h, 14 h, 20 h, 24 h, then daily, each ±20 % by the message's id, so that a thousand
// messages do not come back in one second and the same one always waits alike. The peer's own wish
// (Retry-After) is honoured where it is longer, up to a day.
std::chrono::seconds wait_after(int attempts, std::string_view message_id,
                                std::optional<std::chrono::seconds> peers_wish = {});

// How long a message lives, counting only time in which its host was reachable.
inline constexpr std::chrono::hours kMessageLife{5 * 24};

}  // namespace omamori
