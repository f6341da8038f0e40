#include "daemon/mail/authentication.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

// The property of each method that names the domain it vouches for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kDomains{
    {{"dkim", "header.d"}, {"spf", "smtp.mailfrom"}, {"dmarc", "header.from"}}};

// What a field says, part by part, each a list of words (RFC 8601 section 2.2). Comments are left
// out, and what is quoted is one word whatever it holds: much of it is a stranger's.
std::vector<std::vector<std::string>> parts_of(std::string_view text) {
  std::vector<std::vector<std::string>> parts(1);
  std::string word;
  int depth = 0;
  bool quoted = false;
  const auto end_word = [&] {
    if (!word.empty()) parts.back().push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && (quoted || depth > 0)) {
      ++i;
      if (quoted) word += '?';
    } else if (quoted) {
      quoted = c != '"';
      if (quoted) word += c == ' ' || c == '=' ? '?' : c;
    } else if (c == '(') {
      ++depth;
    } else if (depth > 0) {
      depth -= c == ')' ? 1 : 0;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ';') {
      end_word();
      parts.emplace_back();
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      end_word();
    } else {
      word += in_small_letters(std::string(1, c));
    }
  }
  end_word();
  if (depth > 0 || quoted) parts.clear();  // it has no end: nothing in it is certain
  return parts;
}

bool is_in_domain(std::string_view host, std::string_view domain) {
  if (domain.find('.') == std::string_view::npos || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

// "header.d=city.example", "smtp.mailfrom=cm@city.example".
bool is_of_sender(std::string_view property, const RequiredResult& required,
                  std::string_view sender_domain) {
  const std::size_t equals = property.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = property.substr(0, equals);
  std::string_view value = property.substr(equals + 1);
  const auto names_domain = [&](const auto& row) {
    return row.first == required.method && row.second == name;
  };
  if (std::none_of(kDomains.begin(), kDomains.end(), names_domain)) return false;
  if (const std::size_t at = value.rfind('@'); at != std::string_view::npos) {
    value.remove_prefix(at + 1);
  }
  return is_in_domain(sender_domain, value);
}

bool says(const std::vector<std::string>& result, const RequiredResult& required,
          std::string_view domain) {
  if (result.empty() || result.front() != required.method + "=" + required.result) return false;
  return std::any_of(result.begin() + 1, result.end(),
                     [&](const std::string& word) { return is_of_sender(word, required, domain); });
}

}  // namespace

std::optional<RequiredResult> read_required_result(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {};
  RequiredResult required{in_small_letters(text.substr(0, equals)),
                          in_small_letters(text.substr(equals + 1))};
  const auto known = [&](const auto& row) { return row.first == required.method; };
  const bool method = std::any_of(kDomains.begin(), kDomains.end(), known);
  return method && required.result == "pass" ? std::optional(required) : std::nullopt;
}

bool vouched_for(const IncomingMail& mail, const RequiredResult& required) {
  const std::string_view domain = domain_of(mail.from);
  return std::any_of(mail.results.begin(), mail.results.end(), [&](const std::string& field) {
    const auto parts = parts_of(field);
    if (parts.empty() || parts.front().empty() || mail.received_by.empty()) return false;
    if (parts.front().front() != mail.received_by) return false;
    return std::any_of(parts.begin() + 1, parts.end(), [&](const std::vector<std::string>& result) {
      return says(result, required, domain);
    });
  });
}

}  // namespace omamori
