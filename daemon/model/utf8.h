// Well-formed UTF-8 (RFC 3629): no byte that cannot stand where it stands, nothing written longer
// than need be, no surrogates. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace omamori {

// Of the character at `i`; 0 = there is none. REQUIRES: i < text.size().
std::size_t utf8_length(std::string_view text, std::size_t i);

// Up to the first byte that no UTF-8 has there.
std::size_t utf8_prefix(std::string_view bytes);

bool is_utf8(std::string_view bytes);

}  // namespace omamori
