#include "daemon/mail/reply_text.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

// Nobody types a longer line that means something, nor so many.
constexpr std::size_t kLongestLine = 2000;  // bytes: a note has at most 500 characters
constexpr std::size_t kMostLines = 3000;

// Marks heaped on one letter, each of which is compared with all others.
bool has_heaped_marks(std::string_view line) {
  constexpr std::ptrdiff_t kMost = 32;
  return std::count(line.begin(), line.end(), '\xCC') +
             std::count(line.begin(), line.end(), '\xCD') >
         kMost;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kMostLines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() <= kLongestLine && !has_heaped_marks(line)) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// ">", "＞", "|", "｜", "》", and Outlook's "> " behind blanks.
bool is_quoted(std::string_view line) {
  constexpr std::array<std::string_view, 4> kMarks{">", "|", "》", "»"};
  const std::string text = plain(trim(line));
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return text.starts_with(mark); });
}

// Without blanks, and without the stars that some programs make of bold type.
std::string key_of(std::string_view line) {
  std::string key = match_key(line);
  std::erase(key, '*');
  return key;
}

bool begins_a_signature(std::string_view line) {
  return line == "-- " || line == "--" || line == "—" || line == "― ";
}

}  // namespace

QuotedWords::QuotedWords(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    for (const std::string_view line : lines_of(text)) {
      std::string key = key_of(line);
      if (key.empty()) continue;
      begins_.push_back(all_.size());
      all_ += key;
      lines_.push_back(std::move(key));
    }
  }
  std::sort(lines_.begin(), lines_.end());
}

bool QuotedWords::has_line(std::string_view line) const {
  return std::binary_search(lines_.begin(), lines_.end(), key_of(line));
}

bool QuotedWords::has_beginning(std::string_view line) const {
  constexpr std::size_t kEnough = 24;  // bytes: no word with a number and a day is so long
  const std::string key = key_of(line).substr(0, kEnough);
  return key.size() == kEnough && std::any_of(begins_.begin(), begins_.end(), [&](std::size_t at) {
           return std::string_view(all_).substr(at, kEnough) == key;
         });
}

std::vector<TypedLine> typed_lines(std::string_view text, const QuotedWords& ours) {
  std::vector<TypedLine> typed;
  bool above = true;
  bool signature = false;
  for (const std::string_view line : lines_of(text)) {
    if (begins_a_signature(line)) {
      signature = true;
    } else if (is_quoted(line) || ours.has_line(line)) {
      signature = false;  // it stood above the quotation, or was ours
      above = false;
    } else if (!signature) {
      typed.push_back({std::string(line), above});
    }
  }
  return typed;
}

}  // namespace omamori
