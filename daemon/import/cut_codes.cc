#include "daemon/import/cut_codes.h"

#include <algorithm>

namespace omamori {
namespace {

// The digits without the zeros in front; "" for a code that is no number.
std::string number_of(const std::string& code) {
  if (code.find_first_not_of("0123456789") != std::string::npos) return {};
  return code.substr(std::min(code.find_first_not_of('0'), code.size() - 1));
}

}  // namespace

std::string CutCodes::twin_of(const std::string& code) {
  const std::string number = number_of(code);
  if (number.empty()) return {};
  if (!asked_) {
    asked_ = true;
    for (const std::string& known : known_()) take(known);
  }
  const auto same = by_number_.find(number);
  if (same == by_number_.end()) return {};
  const auto other = std::find_if(same->second.begin(), same->second.end(),
                                  [&](const std::string& known) { return known != code; });
  return other == same->second.end() ? std::string() : *other;
}

std::string no_such(const char* what, const std::string& code, const char* file, CutCodes& known) {
  const std::string twin = known.twin_of(code);
  const std::string no = std::string("no ") + what + " " + code;
  if (twin.empty()) return no + "; import it in " + file;
  return no + ", but " + twin +
         "; if the spreadsheet has cut the zeros, format the column as text (文字列) there and "
         "type "
         "them again";
}

void CutCodes::take(const std::string& code) {
  const std::string number = number_of(code);
  if (number.empty()) return;
  auto& codes = by_number_[number];
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

}  // namespace omamori
