// What reaches a terminal of a text that somebody typed.
#include "daemon/answer/terminal_text.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(TerminalText, WhatPeopleWriteIsLeftAsItIs) {
  for (const char* text :
       {"", "見本 花子\n\t1行目\n", "é 👪 か\u3099", "\u00A0\u200D\uFEFF", "~ "}) {
    EXPECT_EQ(terminal_text(text), text);
  }
}

TEST(TerminalText, WhatWouldCommandATerminalIsNamed) {
  EXPECT_EQ(terminal_text("a\x1b[2Jb\rc\x7f"), "a<U+001B>[2Jb<U+000D>c<U+007F>");
  EXPECT_EQ(terminal_text(std::string("a\0b", 3)), "a<U+0000>b");
  EXPECT_EQ(terminal_text("\u009B31m\u0080\u009F"), "<U+009B>31m<U+0080><U+009F>");
}

TEST(TerminalText, WhatTurnsTheDirectionOfWritingIsNamed) {
  EXPECT_EQ(terminal_text("山\u202E田"), "山<U+202E>田");
  EXPECT_EQ(terminal_text("\u061C\u200E\u200F\u2028\u202A\u2066\u2069"),
            "<U+061C><U+200E><U+200F><U+2028><U+202A><U+2066><U+2069>");
  EXPECT_EQ(terminal_text("\u2027\u202F\u2065\u206A"), "\u2027\u202F\u2065\u206A") << "beside them";
}

TEST(TerminalText, BytesThatAreNoUtf8AreNamedOneByOne) {
  EXPECT_EQ(terminal_text("a\x9b"), "a<0x9B>");
  EXPECT_EQ(terminal_text("\xE5\xB1"), "<0xE5><0xB1>") << "cut off";
  EXPECT_EQ(terminal_text("\xC1\x9B"), "<0xC1><0x9B>") << "written too long";
  EXPECT_EQ(terminal_text("\xE0\x82\x9B"), "<0xE0><0x82><0x9B>") << "written too long";
}

}  // namespace
}  // namespace omamori
