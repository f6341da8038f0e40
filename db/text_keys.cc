#include "db/text_keys.h"

#include "db/hashes.h"

namespace omamori {

std::string TextKeys::hash(const std::string& client, std::string_view text) {
  if (text.empty()) return "";
  const Sha256 digest = hmac_sha256(key_of(client), text);
  constexpr std::size_t kKept = 8;
  return "hmac:" + hex_of({reinterpret_cast<const char*>(digest.data()), kKept});
}

void TextKeys::destroy(const std::string& client) { drop_.run(client); }

std::string TextKeys::key_of(const std::string& client) {
  if (Cursor rows = find_.query(client); rows.next()) return bytes_of_hex(rows.view(0));
  constexpr std::size_t kKeyBytes = 32;
  const std::string key = random_bytes(kKeyBytes);
  put_.run(client, hex_of(key));
  return key;
}

}  // namespace omamori
