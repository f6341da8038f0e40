// One row of a CSV file (RFC 4180, LF): used by what is exported and by what is reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/calendar.h"

namespace omamori {

// Appends the cells of one row, quoted where they must be.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {}
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  ~RowWriter() { out_ += '\n'; }

  RowWriter& cell(std::string_view text) {
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
  RowWriter& cell(int number) { return cell(std::to_string(number)); }
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
