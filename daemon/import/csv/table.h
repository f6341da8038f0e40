// A CSV file as a header and rows of text, nothing understood yet (RFC 4180, read by libcsv in
// strict mode).
//
// Every row knows the line of the file it begins on, as an editor counts them: a line break inside
// quotes, CRLF, an empty line do not shift the numbers after it. All fields lie in one string, so
// that a million rows cost a few allocations; the views it hands out live as long as it does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/error.h"

namespace omamori {

class Table {
 public:
  struct Row {
    int line = 0;
    std::size_t first_field = 0;
    std::size_t field_count = 0;
  };

  // The first row of the file; its fields are the headers. Not counted by rows().
  const Row& header() const { return header_; }
  const std::vector<Row>& rows() const { return rows_; }
  // Precondition: index < row.field_count. As in the file, without quotes; not trimmed inside
  // quotes.
  std::string_view field(const Row& row, std::size_t index) const;

 private:
  friend class TableBuilder;
  std::string text_;
  std::vector<std::size_t> starts_{0};  // of each field in text_, and the end of the last one
  Row header_;
  std::vector<Row> rows_;
};

// Reads UTF-8 text. Rows that are broken (a quote in the wrong place) are left out and named in
// `errors`, as are rows with more fields than the header; reading goes on behind them. Fields that
// a row lacks at its end are empty, empty ones that it has too many are dropped. Empty lines, and
// rows of empty cells as spreadsheets leave behind, are passed over.
Table read_table(const std::string& file, std::string_view text, std::vector<CsvError>& errors);

}  // namespace omamori
