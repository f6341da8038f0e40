#include "config/toml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct NearCase {
  std::string_view written;
  std::optional<std::string> meant;
};

TEST(TomlReader, TheNearestKeyIsTheOneThatWasMeant) {
  const std::vector<std::string> known = {"extended_interval_months", "initial_months", "send_at",
                                          "standard_interval_months", "url"};
  const NearCase cases[] = {
      {"standart_interval_months", "standard_interval_months"},
      {"standard_intervals", "standard_interval_months"},
      {"extendet_interval_month", "extended_interval_months"},
      {"initial_month", "initial_months"},
      {"sned_at", "send_at"},
      {"urls", "url"},
      {"sending_time", std::nullopt},
      {"contact", std::nullopt},
      {"", std::nullopt},
  };
  for (const NearCase& row : cases)
    EXPECT_EQ(nearest(row.written, known), row.meant) << row.written;
  EXPECT_EQ(nearest(std::string(1'000'000, 'x'), known), std::nullopt);
}

TEST(TomlReader, WhatIsWrongLeavesTheDefault) {
  const auto document = parse_toml("number = 99\nflag = 1\nword = \"c\"\n", "f.toml");
  ASSERT_TRUE(document.value.has_value());
  FileErrors errors("f.toml");
  TomlReader reader(*document.value, "", errors);
  int number = 7;
  int absent = 8;
  bool flag = true;
  char letter = 'x';
  constexpr Word<char> letters[] = {{"a", 'A'}, {"b", 'B'}};
  EXPECT_FALSE(reader.integer("number", 1, 98, number));
  EXPECT_FALSE(reader.integer("absent", 1, 98, absent));
  EXPECT_FALSE(reader.boolean("flag", flag));
  EXPECT_FALSE(reader.word("word", letters, letter));
  EXPECT_EQ(number, 7);
  EXPECT_EQ(absent, 8);
  EXPECT_TRUE(flag);
  EXPECT_EQ(letter, 'x');
  reader.finish();
  EXPECT_THAT(test::texts(errors.take()),
              ElementsAre("f.toml:1:10: `number` must be between 1 and 98, found 99",
                          "f.toml:2:8: `flag` must be true or false, found an integer",
                          "f.toml:3:8: `word` must be \"a\" or \"b\""));
}

TEST(TomlReader, ValuesKnowWhereTheyStand) {
  const auto document = parse_toml("# comment\n  a . b = [\n 1,\n    2]\n", "f.toml");
  ASSERT_THAT(test::texts(document.errors), IsEmpty());
  const TomlValue& a = document.value->children.at(0);
  const TomlValue& b = a.children.at(0);
  EXPECT_EQ(a.key, "a");
  EXPECT_EQ(b.key, "b");
  EXPECT_EQ(b.key_position, (FilePosition{2, 7}));
  EXPECT_EQ(b.position, (FilePosition{2, 11}));
  EXPECT_EQ(b.children.at(1).position, (FilePosition{4, 5}));
}

// Columns are what an editor shows: characters, not bytes.
TEST(TomlReader, ColumnsCountCharacters) {
  const auto document = parse_toml("a = {\"市\" = 1, b = 2}\n", "f.toml");
  ASSERT_THAT(test::texts(document.errors), IsEmpty());
  for (const TomlValue& child : document.value->children.at(0).children) {
    if (child.key == "b") {
      EXPECT_EQ(child.key_position, (FilePosition{1, 15}));
    }
  }
}

}  // namespace
}  // namespace omamori
