// What must hold of whatever comes; where it does not the fuzzer has its find.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace omamori {

inline void promise(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "not kept: " << what << '\n';
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Names as a seed has them: no code, no number, no date, no key, and no word of ours. Where one of
// them comes back in a message, that message repeats what people typed (P7).
inline constexpr std::array<std::string_view, 2> kNames{"鬼", "Oni Ki"};

inline bool holds_name(std::string_view text) {
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return text.find(name) != std::string_view::npos;
  });
}

// What is said of a mistake: one line that says something, of a length somebody reads.
inline void promise_of_message(std::string_view message, std::size_t most) {
  promise(!message.empty(), "a mistake is told with words");
  promise(message.size() <= most, "a mistake is told in one line that somebody reads");
  promise(std::none_of(message.begin(), message.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
          "a mistake is told without line ends and control characters");
  promise(!holds_name(message), "a mistake is told without what people typed");
}

inline int lines_of(std::string_view text) {
  return 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace omamori
