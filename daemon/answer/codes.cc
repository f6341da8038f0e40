#include "daemon/answer/codes.h"

#include "config/policy_words.h"

namespace omamori {
namespace {

constexpr std::size_t kCodesShown = 10;

}  // namespace

std::string as_code(const std::string& given) {
  return is_code(given) ? given : "of that name, which " + code_rule(given);
}

std::string some_of(const std::vector<std::string>& codes) {
  std::string out;
  for (std::size_t i = 0; i < codes.size() && i < kCodesShown; ++i) {
    out += (out.empty() ? "" : " ") + codes[i];
  }
  if (codes.size() <= kCodesShown) return out;
  return out + " … (" + std::to_string(codes.size()) + ")";
}

}  // namespace omamori
