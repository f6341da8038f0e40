#include "daemon/import/csv/text.h"

#include <algorithm>
#include <array>
#include <memory>

#include <glib.h>

namespace omamori {
namespace {

// What stands around a value without being seen.
constexpr std::array<std::string_view, 4> kWideBlanks{"\xE3\x80\x80",   // U+3000, full-width
                                                      "\xC2\xA0",       // no-break space
                                                      "\xE2\x80\x8B",   // of no width
                                                      "\xEF\xBB\xBF"};  // a byte order mark
// U+2010 to U+2015, the minus, the long mark of kana and the line of a box.
constexpr std::array<std::string_view, 9> kHyphens{"‐", "‑", "‒", "–", "—", "―", "−", "ー", "─"};

bool is_ascii_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_all_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// As it is where it is no UTF-8, or has a NUL, at which GLib would stop.
std::string normalized(std::string_view text, GNormalizeMode mode) {
  if (text.find('\0') != std::string_view::npos) return std::string(text);
  const std::unique_ptr<gchar, decltype(&g_free)> done(
      g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), mode), &g_free);
  return done ? std::string(done.get()) : std::string(text);
}

// A combining mark of kana, or of the Latin alphabet.
bool is_mark(std::string_view at) {
  if (at.starts_with("\xE3\x82\x99") || at.starts_with("\xE3\x82\x9A")) return true;
  const unsigned lead = byte_at(at, 0);
  return lead == 0xCC || (lead == 0xCD && at.size() > 1 && byte_at(at, 1) < 0xB0);
}

// The start of the character before `i`.
std::size_t character_before(std::string_view text, std::size_t i) {
  do {
    --i;
  } while (i > 0 && (byte_at(text, i) & 0xC0U) == 0x80U);
  return i;
}

std::size_t length_of(std::string_view at) {
  const unsigned lead = byte_at(at, 0);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return std::min(length, at.size());
}

}  // namespace

std::string_view text_problem(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const unsigned c = byte_at(utf8, i);
    if (c >= 0x20 && c != 0x7F && c != 0xC2 && c != 0xE2) continue;
    if (c == '\n' || c == '\r') return "a line break inside a cell; write it on one line";
    if (c < 0x20 || c == 0x7F) return "a control character; remove it";
    const std::string_view rest = utf8.substr(i);
    if (c == 0xC2 && rest.size() > 1 && byte_at(rest, 1) < 0xA0) {
      return "a control character; remove it";
    }
    if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      return "a line break inside a cell; write it on one line";
    }
  }
  return {};
}

std::string_view trim(std::string_view utf8) {
  for (bool again = true; again;) {
    again = false;
    while (!utf8.empty() && is_ascii_blank(utf8.front())) utf8.remove_prefix(1);
    while (!utf8.empty() && is_ascii_blank(utf8.back())) utf8.remove_suffix(1);
    for (const std::string_view blank : kWideBlanks) {
      if (utf8.starts_with(blank)) again = true, utf8.remove_prefix(blank.size());
      if (utf8.ends_with(blank)) again = true, utf8.remove_suffix(blank.size());
    }
  }
  return utf8;
}

std::string on_one_line(std::string_view utf8) {
  constexpr std::array<std::string_view, 6> kBreaks{"\n", "\r",           "\t",
                                                    "\v", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto at = utf8.substr(i);
    const auto* found = std::find_if(kBreaks.begin(), kBreaks.end(),
                                     [&](std::string_view mark) { return at.starts_with(mark); });
    if (found == kBreaks.end()) {
      out += utf8[i++];
      continue;
    }
    i += found->size();
    while (i < utf8.size() && (is_ascii_blank(utf8[i]) || utf8[i] == '\v')) ++i;
    if (!out.ends_with(' ')) out += ' ';
  }
  return out;
}

std::string composed(std::string_view utf8) {
  std::string out;
  std::size_t taken = 0;
  for (std::size_t i = 1; i < utf8.size(); ++i) {
    if (!is_mark(utf8.substr(i))) continue;
    const std::size_t base = std::max(taken, character_before(utf8, i));
    std::size_t end = i;
    while (end < utf8.size() && is_mark(utf8.substr(end))) end += length_of(utf8.substr(end));
    out += utf8.substr(taken, base - taken);
    out += normalized(utf8.substr(base, end - base), G_NORMALIZE_NFC);
    taken = end;
    i = end - 1;
  }
  return out.append(utf8.substr(taken));
}

std::string plain(std::string_view utf8) {
  return is_all_ascii(utf8) ? std::string(utf8) : normalized(utf8, G_NORMALIZE_NFKC);
}

std::string with_ascii_hyphens(std::string_view utf8) {
  std::string out = plain(utf8);
  if (is_all_ascii(out)) return out;
  for (const std::string_view hyphen : kHyphens) {
    for (std::size_t at = 0; (at = out.find(hyphen, at)) != std::string::npos;) {
      out.replace(at, hyphen.size(), "-");
    }
  }
  return out;
}

std::string folded(std::string_view text) {
  std::string out(trim(plain(trim(text))));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string match_key(std::string_view text) {
  std::string out = folded(text);
  std::erase_if(out, [](char c) { return is_ascii_blank(c) || c == '_'; });
  return out;
}

}  // namespace omamori
