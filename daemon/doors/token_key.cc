#include "daemon/doors/token_key.h"

#include <array>

#include <openssl/rand.h>

#include "config/replace_file.h"
#include "config/secret.h"

namespace omamori {
namespace {

constexpr std::size_t kBytes = 32;

}  // namespace

std::variant<TokenKey, std::string> read_token_key(const std::filesystem::path& path) {
  auto read = read_secrets(path);
  const std::string how = "; make one with: head -c 32 /dev/urandom > " + path.string();
  if (!read.value) return to_string(read.errors.front()) + how;
  if (read.value->size() != kBytes) {
    return path.string() + ": has " + std::to_string(read.value->size()) +
           " bytes; the key of links has 32" + how;
  }
  return TokenKey{std::move(*read.value)};
}

std::optional<std::string> make_token_key(const std::filesystem::path& path) {
  if (std::error_code unknown; std::filesystem::exists(path, unknown)) return {};
  std::array<unsigned char, kBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return "the system has no random bytes for " + path.string();
  }
  return replace_file(path, std::string(bytes.begin(), bytes.end()));
}

}  // namespace omamori
