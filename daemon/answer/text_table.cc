#include "daemon/answer/text_table.h"

#include <algorithm>

#include <locale.h>
#include <wchar.h>

namespace omamori {
namespace {

// wcwidth knows the width of a character only under a UTF-8 locale; the program's own is not ours
// to change. C.UTF-8 is part of Debian's C library.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_) before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    if (!locale_) return;
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

int width_here(std::string_view utf8) {
  int width = 0;
  mbstate_t state{};
  while (!utf8.empty()) {
    const auto first = static_cast<unsigned char>(utf8.front());
    if (first < 0x80) {
      // Most of what is shown: not worth asking the locale.
      width += first >= 0x20 && first != 0x7f ? 1 : 0;
      utf8.remove_prefix(1);
      continue;
    }
    wchar_t c = 0;
    const std::size_t bytes = mbrtowc(&c, utf8.data(), utf8.size(), &state);
    if (bytes == 0 || bytes > utf8.size()) return width + static_cast<int>(utf8.size());
    width += std::max(0, wcwidth(c));
    utf8.remove_prefix(bytes);
  }
  return width;
}

}  // namespace

int display_width(std::string_view utf8) {
  const Utf8Locale locale;
  return width_here(utf8);
}

TextTable::TextTable(const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    const bool right = column.starts_with('>');
    right_.push_back(right);
    header_.push_back(right ? column.substr(1) : column);
  }
}

void TextTable::add(std::vector<std::string> cells) {
  cells.resize(header_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
  if (rows_.empty()) return {};
  const Utf8Locale locale;
  std::vector<int> widths;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    int width = width_here(header_[i]);
    for (const auto& row : rows_) width = std::max(width, width_here(row[i]));
    widths.push_back(width);
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string pad(static_cast<std::size_t>(widths[i] - width_here(cells[i])), ' ');
      text += (i == 0 ? "" : "  ") + (right_[i] ? pad + cells[i] : cells[i] + pad);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  line(header_);
  for (const auto& row : rows_) line(row);
  return out;
}

}  // namespace omamori
