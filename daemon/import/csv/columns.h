// Which columns each kind of file has, and where a file has put them. The names are a contract:
// people keep spreadsheets with these headers for years.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/error.h"
#include "daemon/import/csv/table.h"
#include "daemon/import/csv/words.h"

namespace omamori {

// What the cells of a column hold: which function of cells.h, date_text.h or words.h reads them.
enum class ColumnValue {
  code,
  text,
  short_text,  // up to kMostShortText characters
  provider,    // a code of staff, or text
  certificate,
  obligation,  // the key of one
  email,
  phone,
  day,
  instant,
  month,
  months,
  interval,  // months between two monitorings
  printed_interval,
  rhythm_days,  // 1 and more
  grace_days,   // 0 and more
  role,         // from here on one of some words
  plan_kind,
  decision_kind,
  outcome,
  fail_means,
  yes_no,
  channels,  // several words
  language
};

struct Column {
  std::string_view name;      // English, as exported
  std::string_view japanese;  // accepted too
  ColumnValue value;
  bool required = false;
};

// In the order in which they are exported.
std::span<const Column> columns_of(CsvKind kind);

// Where the columns of a kind are in one file.
struct Header {
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  std::span<const Column> columns;
  std::vector<std::size_t> places;  // of columns[i] in a row, or kAbsent
  std::vector<std::string> titles;  // of columns[i] as the file writes it, for messages
  // A required column is missing, or two claim to be the same: no row can be understood whole.
  bool broken = false;

  // Index of a column by its English name. Precondition: the kind has it.
  std::size_t index(std::string_view name) const;
};

// Unknown, doubled, nameless and missing columns go to `errors`, all of them.
Header read_header(CsvKind kind, const std::string& file, const Table& table,
                   std::vector<CsvError>& errors);

}  // namespace omamori
