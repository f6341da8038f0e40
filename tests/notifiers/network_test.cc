#include "notifiers/network.h"

#include <sys/socket.h>

#include <string>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace omamori {
namespace {

// `text` as the resolver would hand it over.
sockaddr_storage address(const std::string& text) {
  sockaddr_storage out{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&out);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&out);
  if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
    out.ss_family = AF_INET;
  } else if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
    out.ss_family = AF_INET6;
  } else {
    ADD_FAILURE() << text << " is no address";
  }
  return out;
}

const sockaddr& as_sockaddr(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr&>(storage);
}

TEST(Network, WhatIsNotOfThePublicInternet) {
  const char* const all[] = {"0.0.0.0",
                             "0.1.2.3",
                             "10.0.0.0",
                             "10.255.255.255",
                             "100.64.0.0",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.255",
                             "169.254.0.1",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.0.2.1",
                             "192.168.0.1",
                             "192.168.255.255",
                             "198.18.0.1",
                             "198.19.255.255",
                             "198.51.100.7",
                             "203.0.113.7",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.1",
                             "255.255.255.255",  //
                             "::",
                             "::1",
                             "::ffff:10.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:169.254.169.254",
                             "::10.0.0.1",
                             "64:ff9b::192.168.0.1",
                             "64:ff9b:1::1",
                             "100::1",
                             "2001::1",
                             "2001:db8::1",
                             "2002:a00:1::1",
                             "2002:7f00:1::",
                             "fc00::1",
                             "fdff:ffff::1",
                             "fe80::1",
                             "febf::1",
                             "fec0::1",
                             "ff02::1"};
  for (const char* text : all) {
    const sockaddr_storage at = address(text);
    EXPECT_TRUE(address_is_private(as_sockaddr(at))) << text;
    EXPECT_FALSE(to_text(as_sockaddr(at)).empty()) << text;
  }
  sockaddr_storage unix_socket{};
  unix_socket.ss_family = AF_UNIX;
  EXPECT_TRUE(address_is_private(as_sockaddr(unix_socket)));
}

TEST(Network, WhatIs) {
  const char* const all[] = {"1.0.0.1",
                             "9.255.255.255",
                             "11.0.0.0",
                             "100.63.255.255",
                             "100.128.0.0",
                             "126.255.255.255",
                             "128.0.0.1",
                             "169.253.255.255",
                             "169.255.0.0",
                             "172.15.255.255",
                             "172.32.0.0",
                             "192.0.1.0",
                             "192.0.3.0",
                             "192.167.255.255",
                             "192.169.0.0",
                             "198.17.255.255",
                             "198.20.0.0",
                             "198.51.101.0",
                             "203.0.114.0",
                             "223.255.255.255",  //
                             "::ffff:1.1.1.1",
                             "64:ff9b::101:101",
                             "2001:200::1",
                             "2001:db9::1",
                             "2002:101:101::1",
                             "2400:cb00::1",
                             "2606:4700:4700::1111",
                             "fbff::1"};
  for (const char* text : all) {
    const sockaddr_storage at = address(text);
    EXPECT_FALSE(address_is_private(as_sockaddr(at))) << text;
    EXPECT_FALSE(address_is_loopback(as_sockaddr(at))) << text;
    EXPECT_EQ(to_text(as_sockaddr(at)), text);
  }
}

TEST(Network, Loopback) {
  for (const char* text : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(address_is_loopback(as_sockaddr(address(text)))) << text;
  }
  for (const char* text : {"0.0.0.0", "10.0.0.1", "::", "::2", "::ffff:10.0.0.1", "::127.0.0.1"}) {
    EXPECT_FALSE(address_is_loopback(as_sockaddr(address(text)))) << text;
  }
}

TEST(Network, HostsThatMeanThisMachine) {
  for (const char* host :
       {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "0:0:0:0:0:0:0:1"}) {
    EXPECT_TRUE(is_this_machine(host)) << host;
  }
  for (const char* host : {"", "127.example.jp", "127.0.0.1.example.jp", "localhost.example.jp",
                           "tool.localhost", "10.0.0.1", "::2", "[localhost", "0.0.0.0"}) {
    EXPECT_FALSE(is_this_machine(host)) << host;
  }
}

}  // namespace
}  // namespace omamori
