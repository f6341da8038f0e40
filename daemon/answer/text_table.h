// Tables for a terminal whose columns line up, full-width characters included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace omamori {

// Columns the text takes in a terminal: 2 for 漢字, 0 for combining marks.
int display_width(std::string_view utf8);

class TextTable {
 public:
  // Columns whose name begins with '>' are aligned right.
  explicit TextTable(const std::vector<std::string>& columns);
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // Two blanks between columns, no blanks at line ends, a header line; "" if there are no rows.
  std::string text() const;

 private:
  std::vector<std::string> header_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace omamori
