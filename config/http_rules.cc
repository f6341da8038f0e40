#include "config/http_rules.h"

#include <algorithm>
#include <charconv>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "config/address_rules.h"
#include "config/path_rules.h"

namespace omamori {
namespace {

namespace urls = boost::urls;

constexpr std::string_view kUnix = "unix:";
// sockaddr_un holds 108 bytes with the final NUL.
constexpr std::size_t kLongestSocket = 107;
// What useradd(8) allows.
constexpr std::size_t kLongestUser = 32;

bool is_user(std::string_view text) {
  const auto small = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || text.size() > kLongestUser || !small(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return small(c) || digit(c) || c == '-' || c == '.'; });
}

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || text.front() == '-' || port > 65535) return {};
  return port;
}

// One section and what its keys demand of each other.
class HttpSection {
 public:
  HttpSection(TomlReader& reader, const std::filesystem::path& directory, HttpConfig& http)
      : reader_(reader), directory_(directory), http_(http) {}

  void read() {
    const bool right_listen = text("listen", listen_rule, http_.listen);
    text("public_url", public_url_rule, http_.public_url);
    while (http_.public_url.ends_with('/')) http_.public_url.pop_back();
    std::string certificate;
    const bool right_certificate = text("certificate_file", path_rule, certificate);
    const bool right_key = text("key_file", path_rule, http_.key_file);
    http_.certificate_file = certificate;
    if (auto proxies = reader_.texts("trusted_proxies", proxy_rule)) {
      http_.trusted_proxies = std::move(*proxies);
    }
    text("token_key", needed_path_rule, http_.token_key);
    const std::size_t known = http_.listen.size();
    if (right_certificate && right_key) check_pair(right_listen);
    if (right_listen && !http_.public_url.empty() && known == 0) {
      reader_.complain("public_url", "needs `listen` as well: nobody would answer there");
    }
    if (right_listen && known > 0) check_place(*parse_listen(http_.listen));
    resolve();
  }

 private:
  // False: what is there was complained of already.
  bool text(std::string_view key, TextRule rule, std::string& target) {
    return reader_.text(key, rule, target) || reader_.find(key) == nullptr;
  }

  // TLS of its own needs both, and an address; the network needs TLS.
  void check_pair(bool right_listen) {
    const bool certificate = !http_.certificate_file.empty();
    const bool key = !http_.key_file.empty();
    if (certificate && !key) {
      reader_.complain("certificate_file", "needs `key_file` as well");
    } else if (key && !certificate) {
      reader_.complain("key_file", "needs `certificate_file` as well");
    }
    const auto place = right_listen ? parse_listen(http_.listen) : std::nullopt;
    if (!place) return;
    if (!place->socket.empty() && certificate && key) {
      reader_.complain("certificate_file",
                       "is of no use at a unix socket: whoever stands in front of it speaks TLS");
    } else if (place->socket.empty() && !is_loopback_host(place->address) && !certificate && !key) {
      reader_.complain("listen",
                       "is open to the network, so it needs `certificate_file` and `key_file`; "
                       "without them only \"127.0.0.1:PORT\", \"[::1]:PORT\" or \"unix:PATH\"");
    }
  }

  // Who is at the other end of a unix socket has no address, and who comes by TCP no user.
  void check_place(const ListenPlace& place) {
    for (const std::string& proxy : http_.trusted_proxies) {
      const bool at_socket = !place.socket.empty();
      if (at_socket != is_address(proxy)) continue;
      reader_.complain("trusted_proxies",
                       at_socket
                           ? "must hold users, because `listen` is a unix socket; found " + proxy
                           : "must hold addresses, because `listen` is one; found " + proxy);
      return;
    }
    if (place.socket.empty()) return;
    http_.listen = std::string(kUnix) + resolved(directory_, place.socket).string();
    const std::size_t length = http_.listen.size() - kUnix.size();
    if (length <= kLongestSocket) return;
    reader_.complain("listen", "is " + std::to_string(length) +
                                   " bytes long with its directory; a socket's path has at most " +
                                   std::to_string(kLongestSocket));
  }

  void resolve() {
    http_.certificate_file = resolved(directory_, http_.certificate_file);
    http_.key_file = resolved(directory_, http_.key_file).string();
  }

  TomlReader& reader_;
  const std::filesystem::path& directory_;
  HttpConfig& http_;
};

}  // namespace

std::optional<ListenPlace> parse_listen(std::string_view text) {
  if (text.starts_with(kUnix)) {
    ListenPlace place;
    place.socket = text.substr(kUnix.size());
    return place.socket.empty() ? std::nullopt : std::optional(place);
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return {};
  const auto port = parse_port(text.substr(colon + 1));
  std::string_view address = text.substr(0, colon);
  const bool brackets = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (brackets) address = address.substr(1, address.size() - 2);
  if (!port || !(brackets ? is_ipv6(address) : is_ipv4(address))) return {};
  return ListenPlace{"", std::string(address), *port, brackets};
}

std::string listen_rule(std::string_view text) {
  if (text.empty() || parse_listen(text)) return "";
  return "must be an address with a port such as \"127.0.0.1:8480\" or \"[::1]:8480\", or "
         "\"unix:\" with a path";
}

std::string public_url_rule(std::string_view text) {
  if (std::string why = url_rule(text); !why.empty() || text.empty()) return why;
  return urls::parse_uri({text.data(), text.size()})->has_query()
             ? "must not hold a query (?…): what is asked for is put behind it"
             : "";
}

bool is_address(std::string_view text) { return is_ipv4(text) || is_ipv6(text); }

std::string proxy_rule(std::string_view text) {
  if (is_address(text) || is_user(text)) return "";
  return "must be an address such as \"127.0.0.1\", or the name of a user such as \"www-data\" "
         "who is at the other end of a unix socket";
}

void read_http(TomlReader& reader, const std::filesystem::path& directory, HttpConfig& http) {
  HttpSection(reader, directory, http).read();
}

}  // namespace omamori
