// The links of messages (P8): whoever holds one may answer for the person it was sent to, about the
// one thing it is about. A token is worked out from the key whenever it is needed and kept nowhere;
// the store knows its hash (db/door_records.h).
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// 32 random bytes; whoever has them can make every link. Replaced, all links are dead.
struct TokenKey {
  std::string bytes;
};

// The doors that have links. A link of one opens no other.
inline constexpr const char* kActDoor = "act";                // subject: key of an obligation
inline constexpr const char* kAttendanceDoor = "attendance";  // subject: code of the provider
inline constexpr const char* kReplyDoor = "reply";            // subject: id of the message

// HMAC-SHA256 of the parts. No two lists of parts of codes and words are the same text.
using KeyedDigest = std::array<unsigned char, 32>;
KeyedDigest keyed_digest(const TokenKey& key, std::initializer_list<std::string_view> parts);

// 26 characters of base32 (A–Z, 2–7): the first 130 bits of an HMAC-SHA256.
std::string make_token(const TokenKey& key, std::string_view staff, std::string_view subject,
                       std::string_view door, int generation);

// In capitals, as some programs change the case of a link; nothing if it cannot be a token.
std::optional<std::string> read_token(std::string_view text);

// SHA-256 in hex: what the store keeps of a token, of a form and of a nonce.
std::string hash_of(std::string_view text);

}  // namespace omamori
