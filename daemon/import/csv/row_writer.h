// One row of a CSV file (RFC 4180, LF): used by what is exported and by what is reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/calendar.h"

namespace omamori {

// A spreadsheet takes a text that begins so for a formula; an apostrophe before it makes it a text
// again. Apostrophes that are there already do not count, so that what takes one away again (an
// import) gives back what was written.
inline bool begins_like_formula(std::string_view text) {
  const std::size_t first = text.find_first_not_of('\'');
  // A sign alone, as people write for "none", is none.
  return first != std::string_view::npos && first + 1 < text.size() &&
         std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}
inline std::string_view without_guard(std::string_view text) {
  return text.starts_with('\'') && begins_like_formula(text) ? text.substr(1) : text;
}

// Appends the cells of one row, quoted where they must be. No text is a formula to a spreadsheet.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {}
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  ~RowWriter() { out_ += '\n'; }

  RowWriter& cell(std::string_view text) {
    return begins_like_formula(text) ? number("'" + std::string(text)) : number(text);
  }
  // As it is: -7 is no formula.
  RowWriter& number(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    const bool blank_edge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (!blank_edge && text.find_first_of("\",\r\n") == std::string_view::npos) {
      out_ += text;
      return *this;
    }
    out_ += '"';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
    return *this;
  }
  RowWriter& cell(int number) { return this->number(std::to_string(number)); }
  RowWriter& cell(Day day) { return cell(to_string(day)); }
  RowWriter& cell(Month month) { return cell(to_string(month)); }
  template <typename T>
  RowWriter& cell(const std::optional<T>& value) {
    return value ? cell(*value) : cell(std::string_view{});
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace omamori
