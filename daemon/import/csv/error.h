// What is wrong with a CSV file, and where: the value every step of an import reports with. Also
// used for warnings. Messages name what, and what to do; they never repeat a cell that may hold a
// person's name or free text (P7), because a shifted column puts names anywhere.
#pragma once

#include <optional>
#include <string>

namespace omamori {

// `line` is the 1-based line of the file the row begins on, 0 if the whole file is meant. `column`
// is the header as the file writes it, empty if the whole row is meant.
struct CsvError {
  std::string file;
  int line = 0;
  std::string column;
  std::string message;
  bool operator==(const CsvError&) const = default;
};

// "clients.csv:12: decision_start: message".
std::string to_string(const CsvError& error);

// A text read as a T, or why it is none. Exactly one of value and error is set. `error` goes on
// from a subject: "is not a date; write …"; so does `warning`, of a value that may not be what was
// meant.
template <typename T>
struct Read {
  std::optional<T> value;
  std::string error;
  std::string warning = {};
};

template <typename T>
Read<T> unreadable(std::string why) {
  return {std::nullopt, std::move(why)};
}

}  // namespace omamori
