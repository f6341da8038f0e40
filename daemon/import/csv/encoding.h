// Bytes of a file people saved to text we can trust: UTF-8 without a BOM.
//
// City systems and Excel save CP932 (Shift_JIS as Windows knows it), newer ones UTF-8 with a BOM.
// Which one it is is decided by validity, not by guessing: a file that is valid UTF-8 is UTF-8,
// anything else must be valid CP932. One kind of text is valid as both: half-width kana of CP932
// in pairs are letters of two bytes in UTF-8, Cyrillic among them. Where nothing but such pairs is
// in a file it is CP932: here that is what people write. Pure; throws only if the machine's iconv
// lacks CP932.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/import/csv/error.h"

namespace omamori {

// In bytes, of a line of a file. The longest row anybody writes has some thousand.
inline constexpr std::size_t kLongestLine = 65536;

// What to do with a workbook, for who knows Excel in Japanese.
inline constexpr std::string_view kHowToSaveAsCsv =
    "in Excel: ファイル → 名前を付けて保存 → ファイルの種類「CSV UTF-8（コンマ区切り）」, one "
    "sheet a file";

// The byte order mark, by which a spreadsheet knows UTF-8.
inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// `ascii` is the same text in both.
enum class Encoding : std::uint8_t { ascii, utf8, cp932 };
std::string_view to_word(Encoding encoding);
// "utf-8", "UTF8", "cp932", "Shift_JIS", "sjis"; nothing for any other word.
std::optional<Encoding> encoding_of(std::string_view word);

struct DecodedText {
  std::string text;
  Encoding encoding = Encoding::ascii;
  bool either = false;  // it would be valid as UTF-8, too, and was taken for CP932
};

// Why the bytes are neither is told with the line. UTF-16, workbooks (.xlsx), NUL bytes and a line
// that is too long are refused by name. `given` is what somebody says it is: it is that or nothing.
Read<DecodedText> decode_text(std::string_view bytes, std::optional<Encoding> given = {});

// The other way, for files that older spreadsheets open: what CP932 cannot hold becomes "〓".
std::string encode_cp932(std::string_view utf8);

}  // namespace omamori
