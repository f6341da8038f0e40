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
            std::vector<CsvError>& errors)
      : file_(file), table_(table), header_(header), errors_(errors) {}

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
  // Trimmed; empty if absent, or refused because of what it holds (`refused_`).
  std::string_view cell(std::size_t column);
  void say(std::size_t column, std::string message);
  void say_unreadable(std::size_t column, std::string_view text, const std::string& why);

  template <typename T, typename Reader>
  void store(std::size_t column, std::string_view text, T& out, Reader read) {
    auto result = read(text);
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
  const Table::Row* row_ = nullptr;
  bool whole_ = true;
  bool refused_ = false;
};

// 1–64 of A-Za-z0-9._-
Read<std::string> read_code(std::string_view text);
// Free text up to 2000 characters or so (6000 bytes).
Read<std::string> read_text(std::string_view text);
// One ASCII address: something, one @, a domain. Not a full RFC 5321 grammar; what is refused here
// could break a header or an envelope.
Read<std::string> read_email(std::string_view text);
// 1–12; "6", "6か月", "毎月".
Read<int> read_interval(std::string_view text);
// `least`..3660; "30", "30日".
Read<int> read_days(std::string_view text, int least);

}  // namespace omamori
