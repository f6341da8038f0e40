#include "notifiers/base64.h"

#include <vector>

#include <openssl/evp.h>

namespace omamori {

std::string base64(std::string_view bytes) {
  std::vector<unsigned char> in(bytes.begin(), bytes.end());
  std::vector<unsigned char> out((bytes.size() + 2) / 3 * 4 + 1);  // it ends with a NUL
  const int length = EVP_EncodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  return {out.begin(), out.begin() + length};
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::vector<unsigned char> in(text.begin(), text.end());
  std::vector<unsigned char> out(text.size() / 4 * 3 + 1);
  const int length = EVP_DecodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  if (length < 0) return std::nullopt;
  std::string bytes(out.begin(), out.begin() + length);
  // EVP_DecodeBlock counts padding as zero bytes and overlooks spaces around the text.
  for (std::size_t i = text.size(); i > 0 && text[i - 1] == '=' && !bytes.empty(); --i) {
    bytes.pop_back();
  }
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace omamori
