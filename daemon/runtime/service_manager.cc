#include "daemon/runtime/service_manager.h"

namespace omamori {
namespace {

constexpr std::size_t kLongestStatus = 256;

// Bytes of the character that begins here, or 0 if it is not UTF-8. Overlong forms and surrogates
// are let through: journald judges them, we only must not cut a character in two.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80                     ? 1
                           : first >= 0xC2 && first <= 0xDF ? 2
                           : first >= 0xE0 && first <= 0xEF ? 3
                           : first >= 0xF0 && first <= 0xF4 ? 4
                                                            : 0;
  if (size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  return size;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  // U+0080 to U+009F, and the line and paragraph separators U+2028, U+2029.
  return (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0) ||
         character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9";
}

}  // namespace

std::string status_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view next = size == 0 ? "?" : text.substr(0, size);
    const std::string_view shown = is_control(next) ? " " : next;
    if (line.size() + shown.size() > kLongestStatus) break;
    line += shown;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return line;
}

}  // namespace omamori
