#include "daemon/web/target.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Target, IsDecodedOnce) {
  const std::vector<std::pair<std::string, std::string>> paths{
      {"/", "/"},
      {"/a/TOKEN", "/a/TOKEN"},
      {"/a/", "/a/"},
      {"//a", "//a"},
      {"/%E8%A6%8B%E6%9C%AC", "/見本"},
      {"/%2541", "/%41"},
      {"/a+b", "/a+b"},
      {"/...", "/..."},
      {"/a.ics", "/a.ics"},
      {"/a?x=/../%2F", "/a"},
  };
  for (const auto& [written, path] : paths) {
    const auto target = read_target(written);
    ASSERT_TRUE(target) << written;
    EXPECT_EQ(target->path, path);
  }
}

TEST(Target, IsRefusedWhereTwoCouldReadItDifferently) {
  for (const char* text : {"",
                           "*",
                           "a",
                           "?a=1",
                           "http://o.example/a",
                           "//\\evil",
                           "/a b",
                           "/a#b",
                           "/a\tb",
                           "/\"",
                           "/<",
                           "/\xE8\xA6\x8B",
                           "/.",
                           "/..",
                           "/a/../b",
                           "/a/./b",
                           "/a/..",
                           "/%2e",
                           "/%2E%2e/b",
                           "/a%2Eics",
                           "/a%2Fb",
                           "/a%2fb",
                           "/a%5Cb",
                           "/%",
                           "/%4",
                           "/%4g",
                           "/%g4",
                           "/a%00b",
                           "/a%0Ab",
                           "/a%7F",
                           "/%FF",
                           "/%C0%AF",
                           "/%ED%A0%80",
                           "/%E8%A6",
                           "/%F5%80%80%80",
                           "/a?x=%",
                           "/a?x=%00",
                           "/a?x=%FF",
                           "/a?x=%1B"}) {
    EXPECT_FALSE(read_target(text)) << text;
  }
  EXPECT_FALSE(read_target(std::string_view("/a\0b", 4)));
}

TEST(Form, HasNamesAndValues) {
  const auto form = read_form("on=R9.1.5&note=%E8%A6%8B+%E6%9C%AC%0D%0Ax&a=1&a=2&empty=&bare&&=x");
  ASSERT_TRUE(form);
  EXPECT_THAT(*form, ElementsAre(Pair("", "x"), Pair("a", "2"), Pair("bare", ""), Pair("empty", ""),
                                 Pair("note", "見 本\r\nx"), Pair("on", "R9.1.5")));
  EXPECT_TRUE(read_form("")->empty());
  for (const char* text : {"a=%", "%zz=1", "a=%00", "a=\x01", "a=%C3", "%FE=1", "a=%7F"}) {
    EXPECT_FALSE(read_form(text)) << text;
  }
}

// Whatever comes, what is taken keeps its promise: no control characters, no way up.
TEST(Target, HoldsForWhateverIsMadeOfOne) {
  std::mt19937 random(11);
  const std::string alphabet = "/.%2fFeE5cC0aA?&=+-x\\# \xE8";
  int taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = "/";
    for (auto left = random() % 12; left > 0; --left) text += alphabet[random() % alphabet.size()];
    const auto target = read_target(text);
    if (!target) continue;
    ++taken;
    ASSERT_TRUE(target->path.starts_with('/')) << text;
    ASSERT_EQ(target->path.find("/../"), std::string::npos) << text;
    ASSERT_FALSE(target->path.ends_with("/..")) << text;
    ASSERT_EQ(target->path.find('\\'), std::string::npos) << text;
    for (const char c : target->path) ASSERT_GE(static_cast<unsigned char>(c), 0x20) << text;
  }
  EXPECT_GT(taken, 1000);
}

}  // namespace
}  // namespace omamori
