// What hosts, domains, mail addresses and URLs may look like in omamori.toml. Pure text: nothing is
// looked up. Functions named …_rule return what is wrong, to be read after the key ("must be …"),
// or nothing; an empty text is right for all of them, it means "not used".
#pragma once

#include <string>
#include <string_view>

namespace omamori {

// "localhost", an address in 127.0.0.0/8, or ::1. A name that merely begins with 127 is none.
bool is_loopback_host(std::string_view host);

// An address in text, IPv6 without brackets; no name.
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);

// A host name, or an IPv4 or IPv6 address without brackets.
std::string host_rule(std::string_view text);
// "example.lg.jp": letters of ASCII, digits, hyphens, dots (RFC 1123).
std::string domain_rule(std::string_view text);
// "omamori@example.lg.jp": ASCII, one @, no display name (daemon/model/mail_address.h).
std::string mail_address_rule(std::string_view text);
// A name to be shown beside an address: at most 100 bytes. (No text of these files has line ends.)
std::string display_name_rule(std::string_view text);
// A mail address that people answer to. With {code} in it, before the @ and once, omamori reads the
// replies itself.
std::string reply_address_rule(std::string_view text);
// "dkim=pass": what our own mail server must say of a reply's sender.
std::string required_result_rule(std::string_view text);
// An absolute https URL; http only to loopback. No user name, no password, no fragment: the first
// two end up in logs, the last is never sent.
std::string url_rule(std::string_view text);

}  // namespace omamori
