#include "daemon/model/mail_address.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(Address, AllowedDomainsAreWholeDomains) {
  const std::vector<std::string> domains{"example.lg.jp", "Tool.Example.jp"};
  EXPECT_TRUE(domain_allowed("a@example.lg.jp", domains));
  EXPECT_TRUE(domain_allowed("a@EXAMPLE.LG.JP", domains));
  EXPECT_TRUE(domain_allowed("a@tool.example.jp", domains));
  EXPECT_FALSE(domain_allowed("a@sub.example.lg.jp", domains));
  EXPECT_FALSE(domain_allowed("a@evilexample.lg.jp", domains));
  EXPECT_FALSE(domain_allowed("a@example.lg.jp.evil.test", domains));
  EXPECT_TRUE(domain_allowed("a@anywhere.test", {}));
}

TEST(Address, UnusualDotsAreQuoted) {
  EXPECT_EQ(quoted_where_needed("a.b@example.jp"), "a.b@example.jp");
  EXPECT_EQ(quoted_where_needed("a..b@example.jp"), "\"a..b\"@example.jp");
  EXPECT_EQ(quoted_where_needed("a.@example.jp"), "\"a.\"@example.jp");
  EXPECT_EQ(quoted_where_needed(".a@example.jp"), "\".a\"@example.jp");
}

}  // namespace
}  // namespace omamori
