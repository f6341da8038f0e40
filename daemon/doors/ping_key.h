// The keys of safety checks, by which sensors and cron jobs say how it went (P8): whoever has one
// may do so for that check and nothing else.
//
// A key is worked out of the check's code and its generation, as the links of messages are, and
// kept nowhere, not even as a hash: which check a key is of is found by working out those of all
// checks (daemon/web/ping_keys.h). So the key of each check that a restored database knows works.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/doors/token.h"

namespace omamori {

// What stands behind public_url and before the key.
inline constexpr std::string_view kPingPath = "/ping/";

// A UUID in lower case, as the clients of Healthchecks expect it: of version 4, random, since 122
// bits of the HMAC are its own.
std::string make_ping_key(const TokenKey& key, std::string_view check, int generation);

// In lower case; nothing if it cannot be a key.
std::optional<std::string> read_ping_key(std::string_view text);

// Any UUID, as `?rid=` has it, in lower case.
std::optional<std::string> read_uuid(std::string_view text);

}  // namespace omamori
