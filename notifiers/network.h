// Which addresses are whose, so that a webhook cannot be pointed at what only this machine or this
// network can reach (its own control panels, a cloud's metadata service), and plain text is spoken
// to this machine only. Pure: nothing is looked up.
//
// Sources: the IANA special-purpose address registries (RFC 6890), RFC 6598, RFC 4193.
#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace omamori {

// 127.0.0.0/8, ::1, and the first inside IPv6 (::ffff:127.0.0.1).
bool address_is_loopback(const sockaddr& address);

// True unless `address` is one of the public internet: private networks, loopback, link-local,
// unique local, shared by a provider (100.64/10), "this network" (0/8), multicast, reserved and
// documentation addresses, and any of these inside an IPv6 address (mapped, compatible, NAT64,
// 6to4). A family that is neither IPv4 nor IPv6 is private.
bool address_is_private(const sockaddr& address);

// "192.0.2.1" or "2001:db8::1", for a message; empty for other families.
std::string to_text(const sockaddr& address);

// Whether a host as written means this machine: "localhost", 127.x.y.z, ::1 with or without
// brackets. A name that merely begins with "127." does not.
bool is_this_machine(std::string_view host);

}  // namespace omamori
