#include "notifiers/network.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace omamori {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

struct Block4 {
  std::uint32_t first;
  int bits;
};
constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}
constexpr Block4 kPrivate4[] = {
    {ip(0, 0, 0, 0), 8},                                  // this network
    {ip(10, 0, 0, 0), 8},                                 // private
    {ip(100, 64, 0, 0), 10},                              // shared behind one provider
    {ip(127, 0, 0, 0), 8},                                // loopback
    {ip(169, 254, 0, 0), 16},                             // link-local, metadata services
    {ip(172, 16, 0, 0), 12},                              // private
    {ip(192, 0, 0, 0), 24},                               // protocol assignments
    {ip(192, 0, 2, 0), 24},                               // documentation
    {ip(192, 168, 0, 0), 16},                             // private
    {ip(198, 18, 0, 0), 15},                              // benchmarks
    {ip(198, 51, 100, 0), 24}, {ip(203, 0, 113, 0), 24},  // documentation
    {ip(224, 0, 0, 0), 3},                                // multicast, reserved, broadcast
};

struct Block6 {
  Bytes first;
  int bits;
};
constexpr Block6 kPrivate6[] = {
    {{0}, 128},                            // unspecified
    {{0x00, 0x64, 0xff, 0x9b, 0, 1}, 48},  // NAT64 of the local network
    {{0x01, 0x00}, 64},                    // discard
    {{0x20, 0x01, 0x00, 0x00}, 23},        // protocol assignments, Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    {{0xfc}, 7},                           // unique local
    {{0xfe, 0x80}, 10},                    // link-local
    {{0xfe, 0xc0}, 10},                    // site-local, as it once was
    {{0xff}, 8},                           // multicast
};

// IPv6 addresses that carry an IPv4 one, and where in them.
struct Carrier {
  Block6 block;
  std::size_t at;
};
constexpr Carrier kCarriers[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},  // mapped
    {{{0}, 96}, 12},                                         // compatible, as it once was
    {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12},                    // NAT64
    {{{0x20, 0x02}, 16}, 2},                                 // 6to4
};

bool is_in(std::uint32_t address, const Block4& block) {
  return (address ^ block.first) >> (32 - block.bits) == 0;
}

bool is_in(const Bytes& address, const Block6& block) {
  for (int bit = 0; bit < block.bits; bit += 8) {
    const auto i = static_cast<std::size_t>(bit / 8);
    const unsigned beyond = static_cast<unsigned>(std::max(0, bit + 8 - block.bits));
    if (static_cast<unsigned>(address[i] ^ block.first[i]) >> beyond != 0) return false;
  }
  return true;
}

bool is_private(std::uint32_t address) {
  return std::any_of(std::begin(kPrivate4), std::end(kPrivate4),
                     [&](const Block4& block) { return is_in(address, block); });
}

constexpr Bytes kLoopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

std::uint32_t ipv4_at(const Bytes& bytes, std::size_t at) {
  return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool is_private(const Bytes& address) {
  if (address == kLoopback6) return true;
  for (const Block6& block : kPrivate6) {
    if (is_in(address, block)) return true;
  }
  return std::any_of(std::begin(kCarriers), std::end(kCarriers), [&](const Carrier& carrier) {
    return is_in(address, carrier.block) && is_private(ipv4_at(address, carrier.at));
  });
}

// Copied out, because a sockaddr that came over the network's interfaces may lie unaligned.
std::optional<std::uint32_t> ipv4(const sockaddr& address) {
  if (address.sa_family != AF_INET) return std::nullopt;
  sockaddr_in in{};
  std::memcpy(&in, &address, sizeof in);
  return ntohl(in.sin_addr.s_addr);
}

std::optional<Bytes> ipv6(const sockaddr& address) {
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  Bytes bytes{};
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return bytes;
}

constexpr Block4 kLoopback4{ip(127, 0, 0, 0), 8};

}  // namespace

bool address_is_loopback(const sockaddr& address) {
  if (const auto v4 = ipv4(address)) return is_in(*v4, kLoopback4);
  const auto v6 = ipv6(address);
  if (!v6) return false;
  return *v6 == kLoopback6 ||
         (is_in(*v6, kCarriers[0].block) && is_in(ipv4_at(*v6, 12), kLoopback4));
}

bool address_is_private(const sockaddr& address) {
  if (const auto v4 = ipv4(address)) return is_private(*v4);
  if (const auto v6 = ipv6(address)) return is_private(*v6);
  return true;
}

std::string to_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (const auto v4 = ipv4(address)) {
    const in_addr in{htonl(*v4)};
    ::inet_ntop(AF_INET, &in, text.data(), text.size());
  }
  if (const auto v6 = ipv6(address)) ::inet_ntop(AF_INET6, v6->data(), text.data(), text.size());
  return text.data();
}

bool is_this_machine(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string text(host);
  constexpr std::string_view kLocalhost = "localhost";
  if (std::equal(host.begin(), host.end(), kLocalhost.begin(), kLocalhost.end(),
                 [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; })) {
    return true;
  }
  in_addr v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_in(ntohl(v4.s_addr), kLoopback4);
  Bytes v6{};
  return ::inet_pton(AF_INET6, text.c_str(), v6.data()) == 1 && v6 == kLoopback6;
}

}  // namespace omamori
