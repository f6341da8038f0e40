#include "daemon/import/csv/table.h"

#include <algorithm>
#include <new>

#include <csv.h>

#include "daemon/import/csv/text.h"

namespace omamori {

std::string_view Table::field(const Row& row, std::size_t index) const {
  const std::size_t at = row.first_field + index;
  return std::string_view(text_).substr(starts_[at], starts_[at + 1] - starts_[at]);
}

// Feeds libcsv one line of the file at a time, so that the line a row begins on is known: libcsv
// itself keeps no position.
class TableBuilder {
 public:
  TableBuilder(const std::string& file, std::vector<CsvError>& errors)
      : file_(file), errors_(errors) {
    open_parser();
  }
  TableBuilder(const TableBuilder&) = delete;
  TableBuilder& operator=(const TableBuilder&) = delete;
  ~TableBuilder() { csv_free(&parser_); }

  Table build(std::string_view text) {
    table_.text_.reserve(text.size());
    int line = 1;
    while (!text.empty()) {
      const std::size_t length = line_length(text);
      take_line(text.substr(0, length), line++);
      text.remove_prefix(length);
    }
    finish();
    return std::move(table_);
  }

 private:
  // Up to and with the line's end: LF, CRLF, or the CR alone of old spreadsheets.
  static std::size_t line_length(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size() && text[i] != '\n' && text[i] != '\r') ++i;
    if (i == text.size()) return i;
    return text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? i + 2 : i + 1;
  }

  void take_line(std::string_view line, int number) {
    if (!row_open_) {
      if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
      row_.line = number;
      row_open_ = true;
    }
    const std::size_t taken = csv_parse(&parser_, line.data(), line.size(), &TableBuilder::on_field,
                                        &TableBuilder::on_row, this);
    if (taken != line.size())
      refuse_row(
          "a quote in the wrong place: a cell that holds a quote is "
          "written in quotes, and the quote in it twice");
  }

  void finish() {
    if (csv_fini(&parser_, &TableBuilder::on_field, &TableBuilder::on_row, this) == 0) return;
    refuse_row("a quote is opened here and never closed");
  }

  // Forgets the row that is being read and starts afresh on the next line.
  void refuse_row(std::string why) {
    if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
    errors_.push_back({file_, row_.line, "", std::move(why)});
    csv_free(&parser_);
    open_parser();
    forget_row();
  }

  void forget_row() {
    table_.starts_.resize(row_.first_field + 1);
    table_.text_.resize(table_.starts_.back());
    row_open_ = false;
  }

  void open_parser() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }

  static void on_field(void* field, std::size_t size, void* self) {
    Table& table = static_cast<TableBuilder*>(self)->table_;
    table.text_.append(static_cast<const char*>(field), size);
    table.starts_.push_back(table.text_.size());
  }
  static void on_row(int, void* self) { static_cast<TableBuilder*>(self)->end_row(); }

  void end_row() {
    row_.field_count = table_.starts_.size() - 1 - row_.first_field;
    const bool empty = table_.starts_.back() == table_.starts_[row_.first_field];
    const bool is_header = table_.header_.line == 0;
    if (!is_header && !empty) fit_to_header();
    const bool fits = is_header || row_.field_count == table_.header_.field_count;
    if (!empty && !fits) {
      errors_.push_back({file_, row_.line, "",
                         std::to_string(row_.field_count) + " cells, but the header has " +
                             std::to_string(table_.header_.field_count) +
                             " columns; a cell with a comma in it is written in quotes"});
    }
    if (empty || !fits) {
      forget_row();
      return;
    }
    if (is_header) {
      table_.header_ = row_;
    } else {
      table_.rows_.push_back(row_);
    }
    row_.first_field = table_.starts_.size() - 1;
    row_open_ = false;
  }

  // Spreadsheets leave out empty cells at the end of some rows, and add some to others.
  void fit_to_header() {
    const std::size_t wanted = table_.header_.field_count;
    while (row_.field_count > wanted && trim(table_.field(row_, row_.field_count - 1)).empty()) {
      --row_.field_count;
      table_.starts_.pop_back();
      table_.text_.resize(table_.starts_.back());
    }
    for (; row_.field_count < wanted; ++row_.field_count) {
      table_.starts_.push_back(table_.text_.size());
    }
  }

  const std::string& file_;
  std::vector<CsvError>& errors_;
  Table table_;
  csv_parser parser_{};
  Table::Row row_;
  bool row_open_ = false;
};

Table read_table(const std::string& file, std::string_view text, std::vector<CsvError>& errors) {
  return TableBuilder(file, errors).build(text);
}

}  // namespace omamori
