#include "notifiers/webhook_signature.h"

#include <algorithm>
#include <array>
#include <optional>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "notifiers/base64.h"

namespace omamori {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kShortestKey = 24;
constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kMostSecrets = 2;

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kSpaces = " \t\r";
  const std::size_t first = line.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kSpaces) - first + 1);
}

// The key, or what is wrong with the line.
std::variant<std::string, BadWebhookSecrets> read_line(std::string_view line) {
  if (!line.starts_with(kPrefix)) return BadWebhookSecrets{"a secret begins with whsec_"};
  const auto key = from_base64(line.substr(kPrefix.size()));
  if (!key) return BadWebhookSecrets{"what stands after whsec_ is not base64"};
  if (key->size() < kShortestKey || key->size() > kLongestKey) {
    return BadWebhookSecrets{"the secret has " + std::to_string(key->size()) +
                             " bytes; it must have 24 to 64"};
  }
  return *key;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  const std::vector<unsigned char> bytes(text.begin(), text.end());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
       digest.data(), &length);
  return {digest.begin(), digest.begin() + length};
}

}  // namespace

std::variant<WebhookSecrets, BadWebhookSecrets> parse_webhook_secrets(std::string_view text) {
  WebhookSecrets secrets;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::string where = "line " + std::to_string(number) + ": ";
    auto key = read_line(line);
    if (const auto* bad = std::get_if<BadWebhookSecrets>(&key)) {
      return BadWebhookSecrets{where + bad->why};
    }
    if (secrets.keys.size() == kMostSecrets) {
      return BadWebhookSecrets{where + "a third secret; there can be two while one is changed"};
    }
    secrets.keys.push_back(std::get<std::string>(std::move(key)));
  }
  if (secrets.keys.empty()) return BadWebhookSecrets{"there is no secret, a line with whsec_…"};
  return secrets;
}

std::string webhook_signature(const WebhookSecrets& secrets, std::string_view id,
                              std::int64_t unix_seconds, std::string_view body) {
  std::string text(id);
  text.append(".").append(std::to_string(unix_seconds)).append(".").append(body);
  std::string header;
  for (const std::string& key : secrets.keys) {
    if (!header.empty()) header += ' ';
    header += "v1," + base64(hmac_sha256(key, text));
  }
  return header;
}

}  // namespace omamori
