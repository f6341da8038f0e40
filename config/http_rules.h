// What the keys of [http] in omamori.toml may say, and the section itself. Pure text: nothing is
// looked up, no file is read. Functions named …_rule as in config/address_rules.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "config/config.h"
#include "config/toml_reader.h"

namespace omamori {

// Where the doors are: a unix socket, or an address and a port.
struct ListenPlace {
  std::string socket;   // its path; empty = an address
  std::string address;  // IPv4, or IPv6 without brackets
  int port = 0;         // 0 = one the kernel chooses
  bool ipv6 = false;
  bool operator==(const ListenPlace&) const = default;
};
// "127.0.0.1:8480", "[::1]:8480" or "unix:PATH". Names are none: they would have to be looked up.
std::optional<ListenPlace> parse_listen(std::string_view text);

std::string listen_rule(std::string_view text);
// As url_rule(), without a query.
std::string public_url_rule(std::string_view text);
// An IPv4 or IPv6 address, or the name of a unix user.
std::string proxy_rule(std::string_view text);
bool is_address(std::string_view text);

// Reads the section, also what its keys demand of each other. Paths are resolved against
// `directory`, public_url loses a '/' at its end.
void read_http(TomlReader& reader, const std::filesystem::path& directory, HttpConfig& http);

}  // namespace omamori
