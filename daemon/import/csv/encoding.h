// Bytes of a file people saved to text we can trust: UTF-8 without a BOM.
//
// City systems and Excel save CP932 (Shift_JIS as Windows knows it), newer ones UTF-8 with a BOM.
// Which one it is is decided by validity, not by guessing: a file that is valid UTF-8 is UTF-8,
// anything else must be valid CP932. Pure; throws only if the machine's iconv lacks CP932.
#pragma once

#include <string>
#include <string_view>

#include "daemon/import/csv/error.h"

namespace omamori {

// In bytes, of a line of a file. The longest row anybody writes has some thousand.
inline constexpr std::size_t kLongestLine = 65536;

// Why the bytes are neither is told with the line. UTF-16, NUL bytes and a line that is too long
// are refused by name.
Read<std::string> decode_text(std::string_view bytes);

// The other way, for files that older spreadsheets open: what CP932 cannot hold becomes "〓".
std::string encode_cp932(std::string_view utf8);

bool is_utf8(std::string_view bytes);

}  // namespace omamori
