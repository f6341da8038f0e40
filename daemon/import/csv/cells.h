// One row's cells read as values: what is missing or wrong goes to the list of errors with line and
// column, and the rest of the row is read all the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/error.h"
#include "daemon/import/csv/table.h"

namespace omamori {

// What an optional column says about a stored value: nothing, because the file has no such column
// (it is kept); that there is none (it is cleared); or a new one. T is the type of the record's
// field; its default is "none".
template <typename T>
struct Cell {
  enum class State : std::uint8_t { absent, empty, value };
  State state = State::absent;
  T value{};
  bool operator==(const Cell&) const = default;

  bool given() const { return state == State::value; }
  void apply_to(T& stored) const {
    if (state != State::absent) stored = value;  // `value` of an empty cell is T{}
  }
};

class RowReader {
 public:
  RowReader(const std::string& file, const Table& table, const Header& header,
            std::vector<CsvError>& errors, std::vector<CsvError>& warnings)
      : file_(file), table_(table), header_(header), errors_(errors), warnings_(warnings) {}

  void begin(const Table::Row& row) {
    row_ = &row;
    whole_ = !header_.broken;
  }
  int line() const { return row_->line; }
  // Every cell read so far was sound.
  bool whole() const { return whole_; }

  // `read` is a function of the trimmed text that gives Read<U>, U convertible to T.
  template <typename T, typename Reader>
  void required(std::string_view name, T& out, Reader read) {
    const std::size_t column = header_.index(name);
    const std::string_view text = cell(column);
    if (text.empty()) {
      if (header_.places[column] != Header::kAbsent && !refused_) say(column, "is empty");
      whole_ = false;
      return;
    }
    store(column, text, out, read);
  }

  template <typename T, typename Reader>
  void optional(std::string_view name, Cell<T>& out, Reader read) {
    const std::size_t column = header_.index(name);
    if (header_.places[column] == Header::kAbsent) return;
    out.state = Cell<T>::State::empty;
    const std::string_view text = cell(column);
    if (text.empty()) return;
    out.state = Cell<T>::State::value;
    store(column, text, out.value, read);
  }

 private:
  // Trimmed; empty if absent, or refused because of what it holds (`refused_`). Holds until the
  // next.
  std::string_view cell(std::size_t column);
  void say(std::size_t column, std::string message);
  void say_unreadable(std::size_t column, std::string_view text, const std::string& why);
  void warn(std::size_t column, std::string_view text, const std::string& why);

  template <typename T, typename Reader>
  void store(std::size_t column, std::string_view text, T& out, Reader read) {
    auto result = read(text);
    if (!result.warning.empty()) warn(column, text, result.warning);
    if (result.value) {
      out = std::move(*result.value);
    } else {
      say_unreadable(column, text, result.error);
    }
  }

  const std::string& file_;
  const Table& table_;
  const Header& header_;
  std::vector<CsvError>& errors_;
  std::vector<CsvError>& warnings_;
  std::string one_line_;  // of the cell in hand, if it had several
  const Table::Row* row_ = nullptr;
  bool whole_ = true;
  bool refused_ = false;
};

// 1–64 of A-Za-z0-9._-, full-width ones and other hyphens as these. What a spreadsheet has made of
// a code is named: 9.9E+09, a date.
Read<std::string> read_code(std::string_view text);
// Free text up to 2000 characters or so (6000 bytes).
Read<std::string> read_text(std::string_view text);
// A code of staff, or any text.
Read<std::string> read_provider(std::string_view text);
// "C-12/monitoring/2026-04-01/2026-09": of a client, of a kind there is.
Read<std::string> read_obligation(std::string_view text);
// Digits, full-width ones as ASCII; any but ten come with a warning.
Read<std::string> read_certificate(std::string_view text);
// A number or a name as somebody has it in a list of theirs.
inline constexpr std::size_t kMostShortText = 40;  // characters
Read<std::string> read_short_text(std::string_view text);
// One ASCII address: something, one @, a domain. Not a full RFC 5321 grammar; what is refused here
// could break a header or an envelope.
Read<std::string> read_email(std::string_view text);
// As people write one: digits, "+-()" and blanks, "内線" or "ext." for what follows.
Read<std::string> read_phone(std::string_view text);
// `least`..3660; "30", "30日".
Read<int> read_days(std::string_view text, int least);

}  // namespace omamori
