#include "config/address_rules.h"

#include <algorithm>
#include <array>

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

namespace urls = boost::urls;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

boost::core::string_view boosted(std::string_view text) { return {text.data(), text.size()}; }

// RFC 1123: 1–63 characters, no hyphen at either end.
bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
    return false;
  }
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  // A last label of digits is an address that is not one: 127.0.0.300.
  return !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_ipv4(std::string_view text) { return urls::parse_ipv4_address(boosted(text)).has_value(); }
bool is_ipv6(std::string_view text) { return urls::parse_ipv6_address(boosted(text)).has_value(); }

bool is_loopback_host(std::string_view host) {
  if (const auto v4 = urls::parse_ipv4_address(boosted(host))) return v4->is_loopback();
  if (const auto v6 = urls::parse_ipv6_address(boosted(host))) return v6->is_loopback();
  constexpr std::string_view localhost = "localhost";
  return std::equal(host.begin(), host.end(), localhost.begin(), localhost.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

std::string host_rule(std::string_view text) {
  if (text.empty() || is_domain(text) || is_ipv4(text) || is_ipv6(text)) return "";
  return "must be a host name or an address, without a port or brackets";
}

std::string domain_rule(std::string_view text) {
  if (is_domain(text)) return "";
  return text.find('@') == std::string_view::npos
             ? "must be a domain such as \"example.lg.jp\""
             : "must be a domain such as \"example.lg.jp\", without what stands before the @";
}

std::string mail_address_rule(std::string_view text) {
  if (text.empty()) return "";
  const auto problem = address_problem(text);
  if (!problem) return "";
  return "must be a mail address such as \"omamori@example.lg.jp\", without a name: " + *problem;
}

std::string display_name_rule(std::string_view text) {
  constexpr std::size_t kMostBytes = 100;
  if (text.starts_with(' ') || text.ends_with(' ')) return "must not begin or end with a space";
  return text.size() <= kMostBytes ? "" : "must not be longer than 100 bytes";
}

std::string reply_address_rule(std::string_view text) {
  constexpr std::string_view kCode = "{code}";
  const std::size_t at = text.find(kCode);
  if (at == std::string_view::npos) return mail_address_rule(text);
  std::string example(text);
  example.replace(at, kCode.size(), "k7q2m4xd");
  if (example.find('{') != std::string::npos || example.find('@') < at) {
    return "must hold {code} once, before the @, as in \"omamori+{code}@city.example\"";
  }
  return mail_address_rule(example);
}

std::string required_result_rule(std::string_view text) {
  constexpr std::array<std::string_view, 4> kKnown{"", "dkim=pass", "spf=pass", "dmarc=pass"};
  const bool known = std::find(kKnown.begin(), kKnown.end(), text) != kKnown.end();
  return known ? "" : "must be \"dkim=pass\", \"spf=pass\", \"dmarc=pass\" or empty";
}

std::string url_rule(std::string_view text) {
  if (text.empty()) return "";
  const auto url = urls::parse_uri(boosted(text));
  if (!url || url->host().empty()) return "must be a URL such as \"https://example.jp/hook\"";
  if (url->has_userinfo()) return "must not hold a user name or a password";
  if (url->has_fragment()) return "must not hold a fragment (#…); it would never be sent";
  if (url->has_port() && url->port_number() == 0) return "must have a port between 1 and 65535";
  const std::string host = url->host_address();
  if (url->host_type() == urls::host_type::ipvfuture || !host_rule(host).empty()) {
    return "must have a host name or an address as its host";
  }
  if (url->scheme_id() == urls::scheme::https) return "";
  if (url->scheme_id() == urls::scheme::http && is_loopback_host(host)) return "";
  return "must begin with https:// (http:// is possible to this machine only, as in "
         "http://127.0.0.1/)";
}

}  // namespace omamori
