// Two languages in one kept text: each reader gets their own.
#include "daemon/model/bilingual.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(Said, EachReaderGetsTheirOwnLines) {
  const std::vector<Said> said = {{"一人", "one person"}, Said("policy.toml:1:2: x")};
  const std::string kept = kept_lines(said);
  EXPECT_EQ(kept_in(Language::ja, kept), "一人\npolicy.toml:1:2: x");
  EXPECT_EQ(kept_in(Language::en, kept), "one person\npolicy.toml:1:2: x");
}

TEST(Said, WhatIsTheSameInBothIsKeptOnce) {
  EXPECT_EQ(kept_lines({Said("a"), Said("b")}), "a\nb");
  EXPECT_EQ(kept_lines({}), "");
}

TEST(Said, WhatWasKeptInOneLanguageIsForBoth) {
  EXPECT_EQ(kept_in(Language::ja, "connection refused"), "connection refused");
  EXPECT_EQ(kept_in(Language::en, "connection refused"), "connection refused");
  EXPECT_EQ(kept_in(Language::ja, ""), "");
}

}  // namespace
}  // namespace omamori
