// Who asks at the doors: an address as it is counted and limited. Pure.
#pragma once

#include <string>
#include <string_view>

#include "daemon/web/http.h"

namespace omamori {

// An IPv4 address that came as IPv6 ("::ffff:192.0.2.1") is the IPv4 address. Empty if it is none.
std::string plain_address(std::string_view text);

// Whoever has one address of an IPv6 network has 2^64 of them: those count as one.
std::string counted_as(const std::string& peer);

// Whom a trusted proxy names: the last hop of X-Forwarded-For, which it has written itself. What
// stands before was said by whoever asks. Without an address there it is the proxy's own `name`.
std::string named_by_proxy(const HttpRequest& request, const std::string& name);

}  // namespace omamori
