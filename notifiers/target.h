// Where a configured host or URL leads, and which addresses it may lead to: the same for who sends
// and for who only looks. Private to notifiers/.
#pragma once

#include <optional>
#include <string>

#include "config/config.h"

struct sockaddr;

namespace omamori {

// A URL as libcurl itself reads it.
struct Target {
  bool plain_text = false;    // http
  bool this_machine = false;  // its host is written as loopback
};
Target target_of(const std::string& url);

// Why `address`, to which the host's name led, must not be called; nothing if it may. Asked with
// the address itself, so that no name server can talk its way in.
std::optional<std::string> forbidden(const Target& target, bool allow_private,
                                     const sockaddr& address);

// What libcurl is to open for the mail server: smtp:// or smtps://, the host, the port.
std::string url_of(const SmtpConfig& smtp);

}  // namespace omamori
