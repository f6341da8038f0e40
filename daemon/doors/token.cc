#include "daemon/doors/token.h"

#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace omamori {
namespace {

constexpr std::size_t kCharacters = 26;  // of five bits each
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string in_base32(const KeyedDigest& bytes) {
  std::string text;
  unsigned int kept = 0;
  int bits = 0;
  std::size_t next = 0;
  while (text.size() < kCharacters) {
    if (bits < 5) {
      kept = (kept << 8U) | bytes.at(next++);
      bits += 8;
    }
    bits -= 5;
    text += kBase32[(kept >> static_cast<unsigned>(bits)) & 31U];
    kept &= (1U << static_cast<unsigned>(bits)) - 1;
  }
  return text;
}

// Each part ends with a byte that stands in none: no two lists of parts give the same text.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text.append(part).push_back('\0');
  return text;
}

}  // namespace

KeyedDigest keyed_digest(const TokenKey& key, std::initializer_list<std::string_view> parts) {
  const std::string text = joined(parts);
  const std::basic_string<unsigned char> bytes(text.begin(), text.end());
  KeyedDigest digest{};
  unsigned int length = digest.size();
  if (!HMAC(EVP_sha256(), key.bytes.data(), static_cast<int>(key.bytes.size()), bytes.data(),
            bytes.size(), digest.data(), &length)) {
    throw std::runtime_error("OpenSSL makes no HMAC-SHA256");
  }
  return digest;
}

std::string make_token(const TokenKey& key, std::string_view staff, std::string_view subject,
                       std::string_view door, int generation) {
  return in_base32(keyed_digest(key, {staff, subject, door, std::to_string(generation)}));
}

std::optional<std::string> read_token(std::string_view text) {
  if (text.size() != kCharacters) return {};
  std::string token(text);
  for (char& c : token) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (kBase32.find(c) == std::string_view::npos) return {};
  }
  return token;
}

std::string hash_of(std::string_view text) {
  KeyedDigest digest{};
  unsigned int length = digest.size();
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL makes no SHA-256");
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kHex[byte >> 4U];
    hex += kHex[byte & 15U];
  }
  return hex;
}

}  // namespace omamori
