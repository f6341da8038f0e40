// What is UTF-8, byte by byte.
#include "daemon/model/utf8.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(Utf8, IsCheckedToTheEdges) {
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

TEST(Utf8, ThePrefixEndsBeforeTheFirstByteThatIsNone) {
  EXPECT_EQ(utf8_prefix(""), 0U);
  EXPECT_EQ(utf8_prefix("市役所"), 9U);
  EXPECT_EQ(utf8_prefix("市\x8E\x73"), 3U);
  EXPECT_EQ(utf8_prefix("市\xE5\xB8"), 3U) << "cut in the middle of a character";
  EXPECT_EQ(utf8_length("a市", 1), 3U);
  EXPECT_EQ(utf8_length("a\xE5", 1), 0U);
}

}  // namespace
}  // namespace omamori
