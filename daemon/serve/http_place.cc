#include "daemon/serve/http_place.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pwd.h>

#include "config/http_rules.h"
#include "daemon/serve/http_peer.h"

namespace omamori {
namespace {

constexpr int kQueue = 256;
constexpr std::string_view kUnix = "unix:";

// An address with its port as the kernel wants it.
struct InetAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

InetAddress inet_address(const ListenPlace& place) {
  InetAddress address;
  const auto port = htons(static_cast<std::uint16_t>(place.port));
  if (place.ipv6) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = port;
    ::inet_pton(AF_INET6, place.address.c_str(), &v6.sin6_addr);
    std::memcpy(&address.storage, &v6, address.size = sizeof v6);
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = port;
    ::inet_pton(AF_INET, place.address.c_str(), &v4.sin_addr);
    std::memcpy(&address.storage, &v4, address.size = sizeof v4);
  }
  return address;
}

std::string why_not(const std::string& listen, int error) {
  const std::string cannot = "the doors cannot be opened at " + listen + ": ";
  switch (error) {
    case EADDRINUSE:
      return cannot + "somebody listens there already; choose another [http] listen, or end that";
    case EADDRNOTAVAIL:
      return cannot + "this machine does not have that address (yet)";
    case EACCES:
      return cannot + "a port below 1024 needs a right of its own; choose a higher one";
    default:
      return cannot + std::strerror(error);
  }
}

int port_of(int file) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(file, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}

// 0 or the errno. "[::]" is for IPv4, too.
int bind_and_listen(int file, const ListenPlace& place) {
  constexpr int kYes = 1;
  constexpr int kNo = 0;
  ::setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &kYes, sizeof kYes);
  if (place.ipv6) ::setsockopt(file, IPPROTO_IPV6, IPV6_V6ONLY, &kNo, sizeof kNo);
  const InetAddress address = inet_address(place);
  if (::bind(file, address.get(), address.size) != 0 || ::listen(file, kQueue) != 0) return errno;
  return 0;
}

std::string text_of(const sockaddr_storage& peer) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* address =
      peer.ss_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&peer)->sin_addr);
  if (::inet_ntop(peer.ss_family, address, text.data(), text.size()) == nullptr) return "";
  return plain_address(text.data());
}

std::optional<std::string> uid_of(const std::string& user) {
  std::array<char, 16384> room{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &found) != 0) return {};
  if (found == nullptr) return {};
  return "uid:" + std::to_string(found->pw_uid);
}

}  // namespace

HttpPlace listen_for_http(const std::string& listen) {
  HttpPlace result;
  const auto place = parse_listen(listen);
  if (!place) {
    result.why = "[http] listen is no place to listen at";
    return result;
  }
  if (!place->socket.empty()) {
    result.socket = listen_at(place->socket, "the doors' socket", "[http] listen");
    result.why = result.socket->why;
    result.file = result.socket->file;
    result.name = std::string(kUnix) + place->socket;
    return result;
  }
  const int family = place->ipv6 ? AF_INET6 : AF_INET;
  result.file = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int error = result.file < 0 ? errno : bind_and_listen(result.file, *place);
  if (error != 0) {
    if (result.file >= 0) ::close(result.file);
    result.file = -1;
    result.why = why_not(listen, error);
    return result;
  }
  const std::string address = place->ipv6 ? "[" + place->address + "]" : place->address;
  result.name = address + ":" + std::to_string(port_of(result.file));
  return result;
}

TrustedProxies trusted_proxies(const std::vector<std::string>& written) {
  TrustedProxies trusted;
  for (const std::string& proxy : written) {
    if (is_address(proxy)) {
      trusted.names.insert(plain_address(proxy));
    } else if (const auto uid = uid_of(proxy)) {
      trusted.names.insert(*uid);
    } else {
      trusted.why = "[http] trusted_proxies: this machine has no user " + proxy +
                    "; install the proxy first, or name the user it runs as";
    }
  }
  return trusted;
}

std::optional<HttpPeer> peer_at(int file, const std::set<std::string>& trusted) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
  HttpPeer known;
  if (peer.ss_family == AF_UNIX) {
    ucred user{};
    socklen_t room = sizeof user;
    if (::getsockopt(file, SOL_SOCKET, SO_PEERCRED, &user, &room) != 0) return {};
    known.name = "uid:" + std::to_string(user.uid);
  } else {
    constexpr int kYes = 1;
    ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &kYes, sizeof kYes);
    known.name = text_of(peer);
  }
  known.trusted = trusted.contains(known.name);
  return known;
}

}  // namespace omamori
