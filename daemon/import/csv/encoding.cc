#include "daemon/import/csv/encoding.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include <iconv.h>

#include "daemon/import/csv/text.h"
#include "daemon/model/utf8.h"

namespace omamori {
namespace {

constexpr std::string_view kGeta = "\xE3\x80\x93";  // 〓

struct EncodingWord {
  std::string_view word;  // small, without the marks between
  Encoding encoding;
};
constexpr std::array<EncodingWord, 6> kEncodings{{{"utf8", Encoding::utf8},
                                                  {"cp932", Encoding::cp932},
                                                  {"shiftjis", Encoding::cp932},
                                                  {"sjis", Encoding::cp932},
                                                  {"windows31j", Encoding::cp932},
                                                  {"ms932", Encoding::cp932}}};

class Iconv {
 public:
  Iconv(const char* to, const char* from) : handle_(iconv_open(to, from)) {
    // iconv_open reports failure as (iconv_t)-1.
    if (reinterpret_cast<std::intptr_t>(handle_) == -1) {
      throw std::runtime_error("this machine's iconv does not know CP932");
    }
  }
  Iconv(const Iconv&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  ~Iconv() { iconv_close(handle_); }

  // Converts from the front of `in` to the end of `out`; stops at what cannot be converted, which
  // then is at the front of `in`.
  void convert(std::string_view& in, std::string& out) {
    std::array<char, 16384> buffer{};
    while (!in.empty()) {
      char* from = const_cast<char*>(in.data());  // iconv's signature; it does not write there
      std::size_t from_left = in.size();
      char* to = buffer.data();
      std::size_t to_left = buffer.size();
      const std::size_t result = iconv(handle_, &from, &from_left, &to, &to_left);
      const bool stopped = result == static_cast<std::size_t>(-1) && errno != E2BIG;
      out.append(buffer.data(), buffer.size() - to_left);
      in.remove_prefix(in.size() - from_left);
      if (stopped) return;
    }
  }

 private:
  iconv_t handle_;
};

std::string on_line(std::string_view before) {
  return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
}

// The first line that no row can fill: a file without line ends is no CSV, and reading it as one
// cell would take all the memory there is. Nothing: 0.
std::size_t first_overlong_line(std::string_view bytes) {
  std::size_t number = 1;
  for (std::size_t begin = 0; begin < bytes.size(); ++number) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    if (end - begin > kLongestLine) return number;
    begin = bytes.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
  }
  return 0;
}

constexpr const char* kNeither = "is neither UTF-8 nor CP932 (Shift_JIS)";

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// In CP932 the bytes A1 to DF are half-width kana. Two of them are one letter of UTF-8 where the
// first is at least C2 and the second at most BF. Precondition: valid UTF-8, not all ASCII.
bool is_kana_pairs(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size();) {
    const unsigned lead = byte_at(utf8, i);
    if (lead >= 0x80 && (lead > 0xDF || byte_at(utf8, i + 1) < 0xA1)) return false;
    i += utf8_length(utf8, i);
  }
  return true;
}

// A workbook is a ZIP archive (.xlsx, .ods) or an OLE file (.xls).
bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0");
}

// What can be text in no encoding that is read here; "" = it may be.
std::string why_no_text(std::string_view bytes) {
  if (is_workbook(bytes)) return "is a workbook, not CSV; " + std::string(kHowToSaveAsCsv);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return "is UTF-16; save it as \"CSV UTF-8\"";
  }
  if (const auto nul = bytes.find('\0'); nul != std::string_view::npos) {
    return "has a NUL byte on " + on_line(bytes.substr(0, nul)) +
           "; is it a text file, saved as \"CSV UTF-8\"?";
  }
  if (const std::size_t line = first_overlong_line(bytes); line > 0) {
    return "line " + std::to_string(line) + " is longer than " + std::to_string(kLongestLine) +
           " bytes; is it a CSV file?";
  }
  return {};
}

}  // namespace

std::string_view to_word(Encoding encoding) {
  switch (encoding) {
    case Encoding::ascii:
      return "ASCII";
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::cp932:
      return "CP932";
  }
  return {};
}

std::optional<Encoding> encoding_of(std::string_view word) {
  std::string bare = folded(word);
  std::erase_if(bare, [](char c) { return c == '-' || c == '_'; });
  const auto* found = std::find_if(kEncodings.begin(), kEncodings.end(),
                                   [&](const EncodingWord& known) { return known.word == bare; });
  if (found == kEncodings.end()) return {};
  return found->encoding;
}

Read<DecodedText> decode_text(std::string_view bytes, std::optional<Encoding> given) {
  if (const std::string why = why_no_text(bytes); !why.empty()) {
    return unreadable<DecodedText>(why);
  }
  if (bytes.starts_with(kUtf8Mark)) {
    if (given == Encoding::cp932) {
      return unreadable<DecodedText>(
          "begins with the mark of UTF-8 and is not CP932; leave out "
          "--encoding");
    }
    given = Encoding::utf8;
    bytes.remove_prefix(kUtf8Mark.size());
  }
  if (is_ascii(bytes)) return {DecodedText{std::string(bytes), Encoding::ascii, false}, {}};
  const bool valid = is_utf8(bytes);
  const bool kana = valid && !given && is_kana_pairs(bytes);
  if (valid && !kana && given != Encoding::cp932) {
    return {DecodedText{std::string(bytes), Encoding::utf8, false}, {}};
  }
  if (given == Encoding::utf8) {
    return unreadable<DecodedText>("is not UTF-8; the first bad byte is on " +
                                   on_line(bytes.substr(0, utf8_prefix(bytes))));
  }
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::string_view rest = bytes;
  Iconv("UTF-8", "CP932").convert(rest, out);
  if (rest.empty()) return {DecodedText{std::move(out), Encoding::cp932, kana}, {}};
  const std::string which = given ? "is not CP932 (Shift_JIS)" : kNeither;
  return unreadable<DecodedText>(which + "; the first bad byte is on " +
                                 on_line(bytes.substr(0, bytes.size() - rest.size())));
}

std::string encode_cp932(std::string_view utf8) {
  Iconv converter("CP932", "UTF-8");
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    converter.convert(utf8, out);
    if (utf8.empty()) break;
    utf8.remove_prefix(std::max<std::size_t>(1, utf8_length(utf8, 0)));
    std::string_view geta = kGeta;
    converter.convert(geta, out);
  }
  return out;
}

}  // namespace omamori
