#include "daemon/mail/mail_charset.h"

#include <algorithm>
#include <memory>

#include <glib.h>

#include "daemon/import/csv/encoding.h"
#include "daemon/model/mail_address.h"
#include "daemon/model/utf8.h"

namespace omamori {
namespace {

// What mail programs mean by the names they give: Windows' own, which has ①, ㈱ and 髙.
std::string meant(const std::string& charset) {
  const std::string name = in_small_letters(charset);
  if (name == "shift_jis" || name == "shift-jis" || name == "x-sjis" || name == "sjis" ||
      name == "windows-31j") {
    return "cp932";
  }
  return name;
}

struct Free {
  void operator()(char* text) const { g_free(text); }
};

std::string converted(std::string_view bytes, const std::string& charset) {
  gsize written = 0;
  const std::unique_ptr<char, Free> text(
      g_convert_with_fallback(bytes.data(), static_cast<gssize>(bytes.size()), "utf-8",
                              charset.c_str(), "〓", nullptr, &written, nullptr));
  return text ? std::string(text.get(), written) : std::string();
}

// ISO-2022-JP as Shift_JIS, so that it is read as Windows means it: glibc's own converter refuses
// ①, ㈱ and 髙, which Windows programs and telephones send. The sums are those of JIS X 0208's
// two encodings.
std::string as_shift_jis(std::string_view bytes) {
  enum class Set { ascii, kana, two_bytes } set = Set::ascii;
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string_view rest = bytes.substr(i);
    if (rest.starts_with("\x1B$B") || rest.starts_with("\x1B$@")) {
      set = Set::two_bytes;
      i += 2;
    } else if (rest.starts_with("\x1B(")) {
      set = rest.size() > 2 && rest[2] == 'I' ? Set::kana : Set::ascii;
      i += 2;
    } else if (set == Set::two_bytes && rest.size() > 1 && rest[0] > ' ' && rest[1] > ' ') {
      const unsigned row = static_cast<unsigned char>(rest[0]);
      const unsigned cell = static_cast<unsigned char>(rest[1]);
      const bool odd = row % 2 == 1;
      out += static_cast<char>((row + 1) / 2 + (row < 0x5F ? 0x70 : 0xB0));
      out += static_cast<char>(odd ? cell + (cell < 0x60 ? 0x1F : 0x20) : cell + 0x7E);
      ++i;
    } else {
      if (rest.front() == '\n') set = Set::ascii;  // each line begins anew (RFC 1468)
      out += static_cast<char>(set == Set::kana && rest.front() > ' ' ? rest.front() | 0x80
                                                                      : rest.front());
    }
  }
  return out;
}

bool is_seven_bit(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Every byte that is no UTF-8 as a mark.
std::string repaired(std::string_view bytes) {
  const std::unique_ptr<char, Free> text(
      g_utf8_make_valid(bytes.data(), static_cast<gssize>(bytes.size())));
  return text.get();
}

std::string without_nul(std::string text) {
  std::replace(text.begin(), text.end(), '\0', ' ');
  return text;
}

}  // namespace

std::string utf8_of_mail(std::string_view bytes, const std::string& charset) {
  const std::string name = meant(charset);
  const bool escapes = bytes.find("\x1B$") != std::string_view::npos ||
                       bytes.find("\x1B(I") != std::string_view::npos;
  if (escapes && is_seven_bit(bytes)) {
    std::string text = converted(as_shift_jis(bytes), "cp932");
    if (!text.empty()) return without_nul(std::move(text));
  }
  if (is_utf8(bytes)) return without_nul(std::string(bytes));
  if (!name.empty()) {
    std::string text = converted(bytes, name);
    if (!text.empty() && is_utf8(text)) return without_nul(std::move(text));
  }
  std::string text = converted(bytes, "cp932");
  return without_nul(text.empty() ? repaired(bytes) : std::move(text));
}

std::string unflowed(std::string_view text, bool delete_blank) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    // What is quoted, or follows, is another paragraph.
    const bool goes_on =
        line.ends_with(' ') && line != "-- " && !line.starts_with('>') && !text.starts_with('>');
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (goes_on && delete_blank && !line.empty()) line.remove_suffix(1);
    out += line;
    if (!goes_on) out += '\n';
  }
  return out;
}

}  // namespace omamori
