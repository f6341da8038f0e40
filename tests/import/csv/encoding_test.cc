#include "daemon/import/csv/encoding.h"

#include <gtest/gtest.h>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

using namespace std::string_literals;

TEST(Encoding, Utf8WithAndWithoutBomAndCp932AreTheSameText) {
  const std::string text = "利用者コード,氏名\nC-1,髙橋①～";
  EXPECT_EQ(decode_text(text).value, text);
  EXPECT_EQ(decode_text("\xEF\xBB\xBF" + text).value, text);
  const std::string cp932 = encode_cp932(text);
  EXPECT_NE(cp932, text);
  EXPECT_EQ(decode_text(cp932).value, text) << "CP932 has 髙, ① and ～, plain Shift_JIS has not";
  EXPECT_EQ(decode_text("").value, "");
}

TEST(Encoding, WhatCp932CannotHoldIsMarked) {
  EXPECT_EQ(decode_text(encode_cp932("山田😀花子")).value, "山田〓花子");
}

TEST(Encoding, WhatIsNeitherIsRefusedWithItsLine) {
  const struct {
    std::string bytes;
    std::string error;
  } rows[] = {
      {"\xFF\xFE"
       "a\0"s,
       "is UTF-16; save it as \"CSV UTF-8\""},
      {"a\nb\0c\n"s, "has a NUL byte on line 2; is it a text file, saved as \"CSV UTF-8\"?"},
      {"a\nb\n\x81\xFF\n",
       "is neither UTF-8 nor CP932 (Shift_JIS); the first bad byte is on line 3"},
      {"\xE3", "is neither UTF-8 nor CP932 (Shift_JIS); the first bad byte is on line 1"},
  };
  for (const auto& row : rows) {
    const auto read = decode_text(row.bytes);
    EXPECT_FALSE(read.value.has_value());
    EXPECT_EQ(read.error, row.error);
  }
}

TEST(Encoding, Utf8IsCheckedToTheEdges) {
  for (const char* good : {"", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE3\x81z"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

TEST(Text, ControlCharactersAndLineBreaksAreProblems) {
  for (const char* good : {"", "山田 花子", "a~", "\xC2\xA0", "…", "\xE2\x80\xA7"}) {
    EXPECT_EQ(text_problem(good), "") << good;
  }
  for (const char* bad :
       {"a\nb", "a\rb", "\t", "\x1F", "\x7F", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_NE(text_problem(bad), "") << bad;
  }
}

TEST(Text, BlanksAroundAValueGo) {
  EXPECT_EQ(trim(" \t　山田　花子　 "), "山田　花子");
  EXPECT_EQ(trim("　　"), "");
  EXPECT_EQ(to_half_width("Ｒ８．４．１　ア～ｱ"), "R8.4.1 ア~ｱ");
}

TEST(DecodeText, ALineHasALongestLength) {
  const std::string longest(kLongestLine, 'a');
  EXPECT_EQ(decode_text(longest).value, longest);
  EXPECT_EQ(decode_text("x\r\n" + longest + "\r\n" + longest).error, "");
  const struct {
    std::string text;
    const char* error;
  } all[] = {
      {longest + "a", "line 1 is longer than 65536 bytes; is it a CSV file?"},
      {"x\n\n" + longest + "a\n", "line 3 is longer than 65536 bytes; is it a CSV file?"},
      {"x\r\n" + longest + "a", "line 2 is longer than 65536 bytes; is it a CSV file?"},
      {"x\rx\r" + longest + "a\rx", "line 3 is longer than 65536 bytes; is it a CSV file?"},
  };
  for (const auto& row : all) EXPECT_EQ(decode_text(row.text).error, row.error);
}

}  // namespace
}  // namespace omamori
