#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

constexpr std::string_view kFullWidthSpace = "\xE3\x80\x80";  // U+3000

}  // namespace

std::string_view text_problem(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const unsigned c = byte_at(utf8, i);
    if (c >= 0x20 && c != 0x7F && c != 0xC2 && c != 0xE2) continue;
    if (c == '\n' || c == '\r') return "a line break inside a cell; write it on one line";
    if (c < 0x20 || c == 0x7F) return "a control character; remove it";
    const std::string_view rest = utf8.substr(i);
    if (c == 0xC2 && rest.size() > 1 && byte_at(rest, 1) < 0xA0) {
      return "a control character; remove it";
    }
    if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      return "a line break inside a cell; write it on one line";
    }
  }
  return {};
}

std::string_view trim(std::string_view utf8) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  for (bool again = true; again;) {
    again = false;
    while (!utf8.empty() && blank(utf8.front())) utf8.remove_prefix(1);
    while (!utf8.empty() && blank(utf8.back())) utf8.remove_suffix(1);
    if (utf8.starts_with(kFullWidthSpace)) again = true, utf8.remove_prefix(3);
    if (utf8.ends_with(kFullWidthSpace)) again = true, utf8.remove_suffix(3);
  }
  return utf8;
}

std::string to_half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = text.substr(i);
    if (at.starts_with("\xE3\x80\x80")) {  // U+3000
      out += ' ';
      i += 2;
    } else if (at.size() >= 3 && at[0] == '\xEF' && (at[1] == '\xBC' || at[1] == '\xBD')) {
      // U+FF01–U+FF5E are ASCII ! to ~ at a fixed distance; the rest of the block is kana.
      const int code = (at[1] == '\xBC' ? 0xFF00 : 0xFF40) + (at[2] & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFF01 + '!');
      } else {
        out += at.substr(0, 3);
      }
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string folded(std::string_view text) {
  std::string out = to_half_width(trim(text));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace omamori
