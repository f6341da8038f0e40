#include "daemon/import/csv/encoding.h"

#include <gtest/gtest.h>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

using namespace std::string_literals;

// "CP932 text", with a ? where it could have been UTF-8 as well; or why it is none.
std::string decoded(const std::string& bytes, std::optional<Encoding> given = {}) {
  const auto read = decode_text(bytes, given);
  if (!read.value) return read.error;
  return std::string(to_word(read.value->encoding)) + (read.value->either ? "? " : " ") +
         read.value->text;
}

TEST(Encoding, Utf8WithAndWithoutBomAndCp932AreTheSameText) {
  const std::string text = "利用者コード,氏名\nC-1,髙橋①～";
  EXPECT_EQ(decoded(text), "UTF-8 " + text);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + text), "UTF-8 " + text);
  const std::string cp932 = encode_cp932(text);
  EXPECT_NE(cp932, text);
  EXPECT_EQ(decoded(cp932), "CP932 " + text) << "CP932 has 髙, ① and ～, plain Shift_JIS has not";
  EXPECT_EQ(decoded(""), "ASCII ");
  EXPECT_EQ(decoded("\xEF\xBB\xBFname"), "ASCII name");
}

TEST(Encoding, TwoByteLettersThatAreKanaOfCp932AreThose) {
  EXPECT_EQ(decoded("C-1,\xD0\xB7"), "CP932? C-1,ﾐｷ") << "not Cyrillic";
  const struct {
    const char* bytes;
    const char* text;
    const char* why;
  } rows[] = {
      {"\xC2\xA1\xDF\xBF", "CP932? ﾂ｡ﾟｿ", "the edges of leads and trails"},
      {"\xC2\xA0", "UTF-8 \xC2\xA0", "A0 is no kana: a no-break space"},
      {"\xC3\x97", "UTF-8 ×", "a trail below A1"},
      {"\xD0\xB7\xC3\x97", "UTF-8 з×", "one pair that is none is enough"},
      {"\xD0\xB7,花", "UTF-8 з,花", "a letter of three bytes"},
      {"\xD0\xB7\xB1", "CP932 ﾐｷｱ", "an odd number of kana is no UTF-8 at all"},
      {"\xEF\xBB\xBF\xD0\xB7", "UTF-8 з", "the mark says so"},
  };
  for (const auto& row : rows) EXPECT_EQ(decoded(row.bytes), row.text) << row.why;
}

TEST(Encoding, WhoSaysWhichItIsDecides) {
  EXPECT_EQ(decoded("C-1,\xD0\xB7", Encoding::utf8), "UTF-8 C-1,з");
  EXPECT_EQ(decoded("C-1,\xD0\xB7", Encoding::cp932), "CP932 C-1,ﾐｷ") << "said, not guessed";
  EXPECT_EQ(decoded("\x81\xFF", Encoding::cp932),
            "is not CP932 (Shift_JIS); the first bad byte is on line 1");
  EXPECT_EQ(decoded("a\n" + encode_cp932("花"), Encoding::utf8),
            "is not UTF-8; the first bad byte is on line 2");
  EXPECT_EQ(decoded("\xEF\xBB\xBF花", Encoding::cp932),
            "begins with the mark of UTF-8 and is not CP932; leave out --encoding");
  for (const char* word : {"utf-8", "UTF8", "Utf_8"}) {
    EXPECT_EQ(encoding_of(word), Encoding::utf8) << word;
  }
  for (const char* word : {"cp932", "Shift_JIS", "SJIS", "windows-31j"}) {
    EXPECT_EQ(encoding_of(word), Encoding::cp932) << word;
  }
  EXPECT_EQ(encoding_of("latin1"), std::nullopt);
}

TEST(Encoding, AWorkbookIsRefusedWithHowToSaveIt) {
  for (const std::string& bytes : {"PK\x03\x04\x14\0"s, "\xD0\xCF\x11\xE0\xA1\xB1"s}) {
    const std::string error = decode_text(bytes).error;
    EXPECT_EQ(error.substr(0, 26), "is a workbook, not CSV; in") << error;
    EXPECT_NE(error.find("名前を付けて保存"), std::string::npos);
  }
}

TEST(Encoding, WhatCp932CannotHoldIsMarked) {
  EXPECT_EQ(decoded(encode_cp932("山田😀花子")), "CP932 山田〓花子");
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
  EXPECT_EQ(trim("\xEF\xBB\xBF\xC2\xA0見本 \xE2\x80\x8B\r\n"), "見本");
}

TEST(Text, OneFormForWhatIsWrittenInSeveral) {
  EXPECT_EQ(plain("Ｒ８．４．１　ア～ｱ"), "R8.4.1 ア~ア");
  EXPECT_EQ(plain("ｶﾞｷﾞ\xC2\xA0㍻"), "ガギ 平成");
  EXPECT_EQ(plain("a\xFF"), "a\xFF") << "no UTF-8";
  EXPECT_EQ(plain("ａ\0ｂ"s), "ａ\0ｂ"s) << "nothing behind a NUL is lost";
  EXPECT_EQ(with_ascii_hyphens("ＯＦ－１ ‐–—−ー"), "OF-1 -----");
  EXPECT_EQ(match_key(" Client\n Ｃｏｄｅ "), match_key("client_code"));
}

TEST(Text, MarksAreJoinedAndNothingElseChanges) {
  const std::string ga = "か\xE3\x82\x99", pa = "は\xE3\x82\x9A", e = "e\xCC\x81";
  EXPECT_EQ(composed(ga + "く" + pa + e), "がくぱé");
  EXPECT_EQ(composed("\xE3\x82\x99" + ga), "\xE3\x82\x99が") << "a mark on nothing stays";
  const std::string rare = "\xEF\xA8\x99" + ga;  // U+FA19, a variant of 神 in names
  EXPECT_EQ(composed(rare), "\xEF\xA8\x99が");
  EXPECT_EQ(composed("ｶﾞ①㈱Ａ"), "ｶﾞ①㈱Ａ") << "what is stored stays as it is written";
  EXPECT_EQ(composed(""), "");
}

TEST(Text, LineBreaksAndTabsBecomeASpace) {
  EXPECT_EQ(on_one_line("元気\r\n散歩\t庭 \n \n花"), "元気 散歩 庭 花");
  EXPECT_EQ(on_one_line("a\xE2\x80\xA8"
                        "b – c"),
            "a b – c");
}

TEST(DecodeText, ALineHasALongestLength) {
  const std::string longest(kLongestLine, 'a');
  EXPECT_EQ(decoded(longest), "ASCII " + longest);
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
