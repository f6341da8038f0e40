// A socket that listens where [http] says. Internal to daemon/serve/http_listener.cc.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/control/unix_socket.h"
#include "daemon/serve/http_session.h"

namespace omamori {

struct HttpPlace {
  std::string why;  // not listening, and what to do; "" = it is, and `file` is the caller's
  int file = -1;
  std::string name;                     // "127.0.0.1:8480", "unix:PATH"
  std::optional<UnixListening> socket;  // its file is to be removed at the end
};
HttpPlace listen_for_http(const std::string& listen);

// Whom to believe about addresses, as the kernel names who is at the other end.
struct TrustedProxies {
  std::string why;              // a user nobody knows; "" = all are known
  std::set<std::string> names;  // addresses, and "uid:33"
};
TrustedProxies trusted_proxies(const std::vector<std::string>& written);

// Nothing if it is gone already.
std::optional<HttpPeer> peer_at(int file, const std::set<std::string>& trusted);

}  // namespace omamori
