// Small questions about UTF-8 text that people typed. Pure.
#pragma once

#include <string>
#include <string_view>

namespace omamori {

inline unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// Nothing wrong: empty. Otherwise what must not be inside one cell or one note, wherever text
// enters: line breaks (CR, LF, U+2028, U+2029) and control characters. They would end up in mail
// headers and logs.
std::string_view text_problem(std::string_view utf8);

// Without the blanks people leave around a value: spaces, tabs, full-width spaces.
std::string_view trim(std::string_view utf8);

// Full-width digits, letters and punctuation as ASCII; the full-width space as a space. What is
// not one of these stays.
std::string to_half_width(std::string_view text);

// Trimmed, half-width, ASCII letters small: how headers and words are compared.
std::string folded(std::string_view text);

}  // namespace omamori
