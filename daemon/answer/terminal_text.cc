#include "daemon/answer/terminal_text.h"

#include <cstddef>
#include <cstdio>

namespace omamori {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: no UTF-8 begins here
};

bool continues(std::string_view text, std::size_t i) {
  return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
}

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0) return {};
  char32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!continues(text, i)) return {};
    code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  // Written longer than need be, one may pass for another.
  if ((bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000)) return {};
  return {code, bytes};
}

bool may_be_shown(char32_t c) {
  if (c < 0x20) return c == '\n' || c == '\t';
  if (c >= 0x7F && c < 0xA0) return false;
  if (c == 0x061C || c == 0x200E || c == 0x200F) return false;
  return !(c >= 0x2028 && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string terminal_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character c = first_of(text);
    const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
    if (c.bytes != 0 && may_be_shown(c.code)) {
      out += text.substr(0, bytes);
    } else {
      char name[16];
      std::snprintf(name, sizeof name, c.bytes == 0 ? "<0x%02X>" : "<U+%04X>",
                    c.bytes == 0 ? static_cast<unsigned>(static_cast<unsigned char>(text.front()))
                                 : static_cast<unsigned>(c.code));
      out += name;
    }
    text.remove_prefix(bytes);
  }
  return out;
}

}  // namespace omamori
