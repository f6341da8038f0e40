#include "daemon/model/mail_address.h"

#include <algorithm>

namespace omamori {
namespace {

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestLabel = 63;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 5322 atext, and the dot.
bool is_local_character(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
  return is_alphanumeric(c) || kOthers.find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-'; });
}

// With a dot: a mail server knows no "localhost" of ours. A last label of digits is a number and no
// name (192.0.2.1).
bool is_host_name(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos) return false;
  while (true) {
    const auto dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) break;
    domain.remove_prefix(dot + 1);
  }
  return !std::all_of(domain.begin(), domain.end(), [](char c) { return c >= '0' && c <= '9'; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string> address_problem(std::string_view address) {
  if (address.empty()) return "the address is empty";
  if (address.size() > kLongestAddress) return "the address is longer than 254 bytes";
  for (const char c : address) {
    if (c <= ' ' || c > '~') {
      return "the address holds a space, a control character or a character that is not ASCII";
    }
  }
  const auto at = address.find('@');
  if (at == std::string_view::npos) return "the address has no @";
  if (address.find('@', at + 1) != std::string_view::npos) return "the address has more than one @";
  const std::string_view local = address.substr(0, at);
  if (local.empty()) return "nothing stands before the @";
  if (local.size() > kLongestLocalPart) return "the part before the @ is longer than 64 bytes";
  if (!std::all_of(local.begin(), local.end(), is_local_character)) {
    return "the part before the @ holds a character that addresses do not have";
  }
  if (!is_host_name(address.substr(at + 1))) {
    return "what stands after the @ is not a host name like example.jp";
  }
  return std::nullopt;
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = lower(c);
  return small;
}

std::string_view domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

bool domain_allowed(std::string_view address, const std::vector<std::string>& domains) {
  if (domains.empty()) return true;
  const std::string_view domain = domain_of(address);
  return std::any_of(domains.begin(), domains.end(), [&](const std::string& allowed) {
    return equal_ignoring_case(domain, allowed);
  });
}

std::string quoted_where_needed(std::string_view address) {
  const std::string_view local = address.substr(0, address.find('@'));
  const bool unusual =
      local.starts_with('.') || local.ends_with('.') || local.find("..") != std::string_view::npos;
  if (!unusual) return std::string(address);
  return "\"" + std::string(local) + "\"@" + std::string(domain_of(address));
}

}  // namespace omamori
