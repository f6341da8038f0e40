#include "daemon/model/mail_address.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(Address, WhatIsAcceptedAndWhatIsNot) {
  const std::string local64(64, 'a');
  const std::string domain189 =  // 64 + 1 + 189 = 254
      std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(58, 'd') + ".jp";
  ASSERT_EQ((local64 + "@" + domain189).size(), 254U);
  const struct {
    std::string address;
    bool fine;
  } rows[] = {
      {"cm-1@example.lg.jp", true},
      {"taro+omamori@example.co.jp", true},
      {"a..b.@docomo.example", true},  // exists in Japan
      {"x@1.example", true},
      {local64 + "@" + domain189, true},
      {local64 + "@d" + domain189, false},  // 255
      {local64 + "a@example.jp", false},    // 65 before the @
      {std::string("x@") + std::string(64, 'b') + ".jp", false},
      {"", false},
      {"example.jp", false},
      {"@example.jp", false},
      {"a@", false},
      {"a@b@example.jp", false},
      {"a@localhost", false},
      {"a@.example.jp", false},
      {"a@example.jp.", false},
      {"a@exa_mple.jp", false},
      {"a@-example.jp", false},
      {"a@[192.0.2.1]", false},
      {"a b@example.jp", false},
      {"a@example.jp ", false},
      {"a@example.jp\r\nRCPT TO:<b@example.jp>", false},
      {"a\n@example.jp", false},
      {"a@example.jp\t", false},
      {std::string("a\0@example.jp", 13), false},
      {"a\x7f@example.jp", false},
      {"山田@example.jp", false},
      {"a@例え.jp", false},
      {"<a@example.jp>", false},
      {"\"a\"@example.jp", false},
      {"a,b@example.jp", false},
  };
  for (const auto& row : rows) {
    const auto problem = address_problem(row.address);
    EXPECT_EQ(!problem.has_value(), row.fine) << row.address << ": " << problem.value_or("fine");
  }
}

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
