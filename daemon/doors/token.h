// The links of messages (P8): whoever holds one may answer for the person it was sent to, about the
// one thing it is about. A token is worked out from the key whenever it is needed and kept nowhere;
// the store knows its hash (db/door_records.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// 32 random bytes; whoever has them can make every link. Replaced, all links are dead.
struct TokenKey {
  std::string bytes;
};

// 26 characters of base32 (A–Z, 2–7): the first 130 bits of an HMAC-SHA256.
std::string make_token(const TokenKey& key, std::string_view staff, std::string_view subject,
                       std::string_view door, int generation);

// In capitals, as some programs change the case of a link; nothing if it cannot be a token.
std::optional<std::string> read_token(std::string_view text);

// SHA-256 in hex: what the store keeps of a token, of a form and of a nonce.
std::string hash_of(std::string_view text);

}  // namespace omamori
