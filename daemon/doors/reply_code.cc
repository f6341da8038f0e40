#include "daemon/doors/reply_code.h"

#include <algorithm>
#include <set>

#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

constexpr std::size_t kLength = 8;
constexpr std::string_view kPlace = "{code}";

// With or without the hyphen, in capitals; nothing if it cannot be a code.
std::optional<std::string> read_code(std::string_view text) {
  std::string code;
  for (const char c : text.substr(0, kLength + 2)) {
    if (c == '-' && code.size() == kLength / 2) continue;
    code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const bool right = code.size() == kLength && std::all_of(code.begin(), code.end(), [](char c) {
                       return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
                     });
  return right ? std::optional(code) : std::nullopt;
}

// "omamori+" and "@city.example" around it.
std::optional<std::string> code_in_address(std::string_view address, std::string_view sent_to) {
  const std::size_t at = address.find(kPlace);
  if (at == std::string_view::npos) return {};
  const std::string text = in_small_letters(sent_to);
  const std::string before = in_small_letters(address.substr(0, at));
  const std::string behind = in_small_letters(address.substr(at + kPlace.size()));
  const bool ours = text.size() > before.size() + behind.size() && text.starts_with(before) &&
                    text.ends_with(behind);
  if (!ours) return {};
  return read_code(
      std::string_view(text).substr(before.size(), text.size() - before.size() - behind.size()));
}

std::set<std::string> codes_in_subject(std::string_view subject) {
  std::set<std::string> codes;
  while (true) {
    const std::size_t open = subject.find("[#");
    if (open == std::string_view::npos) return codes;
    subject.remove_prefix(open + 2);
    const std::string_view near = subject.substr(0, kLength + 2);
    if (auto code = read_code(near.substr(0, near.find(']')))) codes.insert(std::move(*code));
  }
}

}  // namespace

std::string make_reply_code(const TokenKey& key, std::string_view staff, std::string_view message,
                            int generation) {
  return make_token(key, staff, message, kReplyDoor, generation).substr(0, kLength);
}

std::string shown_code(const std::string& code) {
  return code.substr(0, kLength / 2) + "-" + code.substr(kLength / 2);
}

std::string hash_of_code(std::string_view staff, std::string_view code) {
  return hash_of(std::string(staff).append("\n").append(code));
}

std::string reply_address(std::string_view address, const std::string& code) {
  std::string text(address);
  const std::size_t at = text.find(kPlace);
  if (at != std::string::npos) text.replace(at, kPlace.size(), in_small_letters(code));
  return text;
}

std::optional<std::string> code_of_reply(std::string_view address,
                                         const std::vector<std::string>& sent_to,
                                         std::string_view subject) {
  std::set<std::string> codes;
  for (const std::string& one : sent_to) {
    if (auto code = code_in_address(address, one)) codes.insert(std::move(*code));
  }
  if (codes.empty()) codes = codes_in_subject(subject);
  return codes.size() == 1 ? std::optional(*codes.begin()) : std::nullopt;
}

}  // namespace omamori
