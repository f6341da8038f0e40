// The rows of a report in the form asked for: a table for people, CSV for a spreadsheet, or JSON.
// The same cells for all three, written out as they come. Included by .cc files only: it knows
// Boost.JSON.
//
// CSV has the words people read, in the report's language, and begins with a byte order mark:
// without it, spreadsheets take UTF-8 for CP932. What would be a formula there is made a text.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/report_request.h"

namespace omamori {

struct ReportColumn {
  std::string key;         // in JSON
  std::string ja, en;      // the head of the column; '>' before it aligns right
  bool data_only = false;  // too much for a terminal: in JSON and CSV only
};

// A value, and what people read instead of it. Lists are joined by blanks; nothing is empty.
class ReportCell {
 public:
  template <class T>
  requires(!std::is_same_v<std::decay_t<T>, ReportCell>) ReportCell(T&& value)
      : value_(std::forward<T>(value)) {}
  template <class T>
  ReportCell(T&& value, std::string text)
      : value_(std::forward<T>(value)), text_(std::move(text)) {}

  const json::value& value() const { return value_; }
  std::string text() const;

 private:
  json::value value_;
  std::optional<std::string> text_;
};

// 0.934 as "93.4%" for people.
ReportCell percent(const std::optional<double>& share);
// 9 or 9.5.
ReportCell number_cell(const std::optional<double>& number);
// true and false; for people "yes" and nothing.
ReportCell yes_cell(bool yes, const Tongue& say);
// null, and in words that there is nobody.
ReportCell staff_cell(const std::string& code, const Tongue& say);

class ReportTable {
 public:
  ReportTable(Form form, const Tongue& say, std::vector<ReportColumn> columns);
  void add(const std::vector<ReportCell>& cells);
  std::size_t rows() const { return rows_; }
  // Once, at the end: the table, the lines of CSV, or the JSON array.
  std::string finish();

 private:
  Form form_;
  std::vector<ReportColumn> columns_;
  TextTable table_;
  std::string out_;
  std::size_t rows_ = 0;
};

// A whole answer. `body` is in the form asked for; of the rest each form takes what it can show.
struct Report {
  std::string title;  // text: first line
  json::object head;  // JSON: the keys before "rows"
  std::string body;
  std::string none;   // text: instead of a table without rows
  std::string notes;  // text: after the table, with line ends
  std::vector<std::string> unreadable;
};
Response respond(const ReportRequest& request, const Report& report);

}  // namespace omamori
