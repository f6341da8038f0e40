#include "daemon/doors/ping_key.h"

namespace omamori {
namespace {

constexpr std::size_t kUuidLength = 36;
constexpr std::size_t kUuidBytes = 16;
constexpr std::size_t kVersionAt = 14;
constexpr std::size_t kVariantAt = 19;
constexpr std::string_view kHexDigits = "0123456789abcdef";

bool is_hyphen_at(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

}  // namespace

std::string make_ping_key(const TokenKey& key, std::string_view check, int generation) {
  KeyedDigest digest = keyed_digest(key, {"", check, "ping", std::to_string(generation)});
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x40U);
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U);
  std::string text;
  for (std::size_t i = 0; i < kUuidBytes; ++i) {
    if (is_hyphen_at(text.size())) text += '-';
    text += kHexDigits[digest.at(i) >> 4U];
    text += kHexDigits[digest.at(i) & 15U];
  }
  return text;
}

std::optional<std::string> read_uuid(std::string_view text) {
  if (text.size() != kUuidLength) return {};
  std::string uuid(text);
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    char& c = uuid[i];
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    const bool fits = is_hyphen_at(i) ? c == '-' : kHexDigits.find(c) != std::string_view::npos;
    if (!fits) return {};
  }
  return uuid;
}

std::optional<std::string> read_ping_key(std::string_view text) {
  auto uuid = read_uuid(text);
  constexpr std::string_view kVariants = "89ab";
  if (!uuid || (*uuid)[kVersionAt] != '4') return {};
  if (kVariants.find((*uuid)[kVariantAt]) == std::string_view::npos) return {};
  return uuid;
}

}  // namespace omamori
