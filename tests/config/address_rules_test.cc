#include "config/address_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::IsEmpty;
using testing::Not;

std::string times(int count, const std::string& text) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST(AddressRules, LoopbackIsThisMachineAndNothingElse) {
  for (const char* host :
       {"localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const char* host :
       {"", "127.example.jp", "127.0.0.1.example.jp", "localhost.example.jp", "128.0.0.1",
        "0.0.0.0", "::", "::2", "127.1", "localhos", "localhost."}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

TEST(AddressRules, Hosts) {
  for (const char* host : {"", "mail.example.lg.jp", "localhost", "10.0.0.1", "2001:db8::1", "a",
                           "3com.example", "xn--eckwd4c7c.example.jp"}) {
    EXPECT_THAT(host_rule(host), IsEmpty()) << host;
  }
  for (const char* host :
       {"mail.example.jp:25", "[::1]", "mail example", "-mail.jp", "mail-.jp", "mail..jp", ".jp",
        "mail.jp.", "127.0.0.300", "10.0.0.256", "メール.jp", "a_b.jp", "smtp://mail.jp"}) {
    EXPECT_EQ(host_rule(host), "must be a host name or an address, without a port or brackets")
        << host;
  }
}

TEST(AddressRules, DomainsHaveLengths) {
  const std::string longest_label = times(63, "a");
  EXPECT_THAT(domain_rule(longest_label + ".jp"), IsEmpty());
  EXPECT_THAT(domain_rule("a" + longest_label + ".jp"), Not(IsEmpty()));
  const std::string domain_of_253 = times(125, "a.") + "abc";
  EXPECT_THAT(domain_rule(domain_of_253), IsEmpty());
  EXPECT_THAT(domain_rule(domain_of_253 + "d"), Not(IsEmpty()));
  EXPECT_EQ(domain_rule(""), "must be a domain such as \"example.lg.jp\"");
  EXPECT_EQ(domain_rule("x@example.jp"),
            "must be a domain such as \"example.lg.jp\", without what stands before the @");
}

// Which ones: tests/contract/mail_addresses_test.cc.
TEST(AddressRules, AMailAddressThatIsNoneIsToldWhatIsWrong) {
  EXPECT_THAT(mail_address_rule(""), IsEmpty());
  EXPECT_THAT(mail_address_rule("omamori@example.lg.jp"), IsEmpty());
  EXPECT_EQ(mail_address_rule("omamori@cityhall"),
            "must be a mail address such as \"omamori@example.lg.jp\", without a name: what stands "
            "after the @ is not a host name like example.jp");
}

TEST(AddressRules, UrlsThatAreRight) {
  for (const char* url :
       {"", "https://tool.example.jp/hooks/omamori", "https://example.jp", "HTTPS://EXAMPLE.JP/",
        "https://example.jp:8443/a?b=c", "https://10.0.0.1/", "https://[2001:db8::1]/x",
        "http://127.0.0.1:9000/", "http://localhost/", "http://[::1]:80/x"}) {
    EXPECT_THAT(url_rule(url), IsEmpty()) << url;
  }
}

struct UrlCase {
  const char* url;
  const char* complaint;
};

TEST(AddressRules, UrlsThatAreWrong) {
  const char* const no_url = "must be a URL such as \"https://example.jp/hook\"";
  const char* const not_https =
      "must begin with https:// (http:// is possible to this machine only, as in "
      "http://127.0.0.1/)";
  const UrlCase cases[] = {
      {"example.jp/hook", no_url},
      {"/hook", no_url},
      {"https:///hook", no_url},
      {"https://", no_url},
      {"https://example.jp/a b", no_url},
      {"https://example.jp/ホ", no_url},
      {"mailto:a@example.jp", no_url},
      {"http://example.jp/", not_https},
      {"http://127.example.jp/", not_https},
      {"http://10.0.0.1/", not_https},
      {"ftp://example.jp/", not_https},
      {"file://localhost/etc/passwd", not_https},
      {"https://user:password@example.jp/", "must not hold a user name or a password"},
      {"http://127.0.0.1@example.jp/", "must not hold a user name or a password"},
      {"https://example.jp/#x", "must not hold a fragment (#…); it would never be sent"},
      {"https://example.jp:0/", "must have a port between 1 and 65535"},
      {"https://example.jp:65536/", "must have a port between 1 and 65535"},
      {"https://exa_mple.jp/", "must have a host name or an address as its host"},
      {"https://127.0.0.300/", "must have a host name or an address as its host"},
      {"https://[v1.x]/", "must have a host name or an address as its host"},
  };
  for (const UrlCase& row : cases) EXPECT_EQ(url_rule(row.url), row.complaint) << row.url;
}

TEST(DisplayName, IsShort) {
  EXPECT_EQ(display_name_rule(""), "");
  EXPECT_EQ(display_name_rule(std::string(100, 'x')), "");
  EXPECT_EQ(display_name_rule(std::string(101, 'x')), "must not be longer than 100 bytes");
  EXPECT_EQ(display_name_rule("お守り"), "");
  EXPECT_NE(display_name_rule(" a"), "");
}

}  // namespace
}  // namespace omamori
