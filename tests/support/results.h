// How an attempt ended, as tests ask for it and show it.
#pragma once

#include <string>
#include <variant>

#include "notifiers/notifier.h"

namespace omamori {

inline bool is_sent(const SendResult& result) { return std::holds_alternative<Sent>(result); }
inline bool is_refused(const SendResult& result) { return std::holds_alternative<Refused>(result); }
// Certainly not accepted.
inline bool is_try_again(const SendResult& result) {
  return std::holds_alternative<TryAgain>(result) && !std::get<TryAgain>(result).unknown;
}
inline bool is_unknown(const SendResult& result) {
  return std::holds_alternative<TryAgain>(result) && std::get<TryAgain>(result).unknown;
}
inline bool is_peer_down(const SendResult& result) {
  return std::holds_alternative<TryAgain>(result) && std::get<TryAgain>(result).peer_down;
}

// "sent: …", "try again after 60s: …", "unknown: …", "refused: …", "gone: …": one line that a test
// compares or shows.
inline std::string to_text(const SendResult& result) {
  if (const auto* again = std::get_if<TryAgain>(&result)) {
    const std::string after =
        again->after ? " after " + std::to_string(again->after->count()) + "s" : "";
    return (again->unknown ? "unknown" : "try again") + after + ": " + again->why;
  }
  if (const auto* refused = std::get_if<Refused>(&result)) {
    return (refused->gone ? "gone: " : "refused: ") + refused->why;
  }
  return "sent: " + std::get<Sent>(result).reply;
}

}  // namespace omamori
