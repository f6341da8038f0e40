#include "daemon/import/csv/encoding.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include <iconv.h>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kGeta = "\xE3\x80\x93";  // 〓

// Length of the well-formed UTF-8 sequence at `i` (RFC 3629), 0 if there is none.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned lead = byte_at(text, i);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte_at(text, i + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

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

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = sequence_length(bytes, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

Read<std::string> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return unreadable<std::string>("is UTF-16; save it as \"CSV UTF-8\"");
  }
  if (const auto nul = bytes.find('\0'); nul != std::string_view::npos) {
    return unreadable<std::string>("has a NUL byte on " + on_line(bytes.substr(0, nul)) +
                                   "; is it a text file, saved as \"CSV UTF-8\"?");
  }
  if (const std::size_t line = first_overlong_line(bytes); line > 0) {
    return unreadable<std::string>("line " + std::to_string(line) + " is longer than " +
                                   std::to_string(kLongestLine) + " bytes; is it a CSV file?");
  }
  if (is_utf8(bytes)) {
    if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
    return {std::string(bytes), {}};
  }
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::string_view rest = bytes;
  Iconv("UTF-8", "CP932").convert(rest, out);
  if (rest.empty()) return {std::move(out), {}};
  return unreadable<std::string>(
      "is neither UTF-8 nor CP932 (Shift_JIS); the first bad byte is on " +
      on_line(bytes.substr(0, bytes.size() - rest.size())));
}

std::string encode_cp932(std::string_view utf8) {
  Iconv converter("CP932", "UTF-8");
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    converter.convert(utf8, out);
    if (utf8.empty()) break;
    utf8.remove_prefix(std::max<std::size_t>(1, sequence_length(utf8, 0)));
    std::string_view geta = kGeta;
    converter.convert(geta, out);
  }
  return out;
}

}  // namespace omamori
