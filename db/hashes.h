// Hashes that the database keeps instead of what it must not hold, or to tell whether a thing is
// the one that was.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace omamori {

using Sha256 = std::array<unsigned char, 32>;

// All three throw std::runtime_error if libcrypto cannot do it.
Sha256 sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

// Small letters. Of what is no hexadecimal text: as far as it is.
std::string hex_of(std::string_view bytes);
std::string bytes_of_hex(std::string_view hex);

// "" for empty text, else "sha256:" and the first 16 hexadecimal digits: enough to tell whether a
// text is the one that was meant, without holding it. Whoever can guess the text can try: for free
// text about a client see db/text_keys.h.
std::string text_hash(std::string_view text);

// From the system's source; throws std::system_error if it has none.
std::string random_bytes(std::size_t count);

}  // namespace omamori
