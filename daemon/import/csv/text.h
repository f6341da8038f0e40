// Small questions about UTF-8 text that people typed, and the forms in which it is compared. The
// forms are Unicode's (UAX 15), by GLib. Pure.
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

// Without the blanks people leave around a value: spaces, tabs, line breaks, full-width and
// no-break spaces, and marks of no width.
std::string_view trim(std::string_view utf8);

// Line breaks and tabs, each run of them with the blanks around it, as one space.
std::string on_one_line(std::string_view utf8);

// NFC: a が that some machines store as か and a mark is one character. Characters that only stand
// in for another one (﨔, U+FA19) stay: people's names are written with them.
std::string composed(std::string_view utf8);

// NFKC: one way to write what can be written in several. Full-width letters, digits and punctuation
// are ASCII, half-width kana full-width, all spaces a space. Text that is no UTF-8 stays as it is.
std::string plain(std::string_view utf8);

// Plain, and everything that looks like a hyphen is one: for codes and dates.
std::string with_ascii_hyphens(std::string_view utf8);

// Trimmed, plain, ASCII letters small.
std::string folded(std::string_view text);

// Folded, without blanks, line breaks and underscores: how headers and words are compared.
std::string match_key(std::string_view text);

}  // namespace omamori
