#include "daemon/answer/text_table.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(TextTable, FullWidthCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width("C-1"), 3);
  EXPECT_EQ(display_width("見本 一"), 7);
  EXPECT_EQ(display_width("ﾐﾎﾝ"), 3);
  EXPECT_EQ(display_width(""), 0);
}

TEST(TextTable, ColumnsLineUp) {
  TextTable table({"code", "名前", ">months"});
  table.add({"C-1", "見本 太郎", "3"});
  table.add({"C-200", "Ann", "12"});
  EXPECT_EQ(table.text(),
            "code   名前       months\n"
            "C-1    見本 太郎       3\n"
            "C-200  Ann            12\n");
  EXPECT_EQ(TextTable({"a"}).text(), "");
}

}  // namespace
}  // namespace omamori
