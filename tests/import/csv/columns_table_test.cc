#include "daemon/import/csv/columns_table.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/kinds.h"
#include "tests/support/places.h"

namespace omamori {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(source_path(path), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What stands between the two marks, the line ends beside them left out.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto from = text.find(begin);
  const auto until = text.find(end);
  if (from == std::string::npos || until == std::string::npos) return "the marks are missing";
  const auto after = from + begin.size() + 1;
  return text.substr(after, until - after);
}

const char* good_cell(ColumnValue value) {
  switch (value) {
    case ColumnValue::code:
      return "X-1";
    case ColumnValue::text:
    case ColumnValue::short_text:
    case ColumnValue::provider:
      return "any words";
    case ColumnValue::obligation:
      return "C-1/monitoring/2026-04-01/2026-06";
    case ColumnValue::certificate:
      return "0123456789";
    case ColumnValue::email:
      return "a@example.com";
    case ColumnValue::phone:
      return "03-1234-5678";
    case ColumnValue::day:
    case ColumnValue::instant:
      return "2026-04-01";
    case ColumnValue::month:
    case ColumnValue::months:
      return "2026-06";
    case ColumnValue::printed_interval:
      return "3月ごと(R8.7～R9.4)";
    case ColumnValue::interval:
    case ColumnValue::rhythm_days:
      return "1";
    case ColumnValue::grace_days:
      return "0";
    case ColumnValue::role:
      return "provider";
    case ColumnValue::plan_kind:
      return "regular";
    case ColumnValue::decision_kind:
      return "new";
    case ColumnValue::outcome:
      return "ok";
    case ColumnValue::fail_means:
      return "concern";
    case ColumnValue::yes_no:
      return "yes";
    case ColumnValue::channels:
      return "email file";
    case ColumnValue::language:
      return "ja";
  }
  return "";
}

// The errors of a file with one row that is good but for the cell of one column.
std::vector<CsvError> errors_with(CsvKind kind, std::size_t column, const std::string& cell) {
  std::string titles, cells;
  const auto columns = columns_of(kind);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    titles += (i ? "," : "") + std::string(columns[i].name);
    cells += (i ? "," : "") + (i == column ? cell : std::string(good_cell(columns[i].value)));
  }
  CsvImport import;
  read_csv(kind, "file.csv", titles + "\n" + cells + "\n", Zone("Asia/Tokyo"), import);
  return import.errors;
}

TEST(ColumnsTable, ThePageShowsTheColumnsThatAreRead) {
  const std::string page = file_text("daemon/import/README.md");
  EXPECT_TRUE(between(page, "<!-- columns -->\n", "\n<!-- end of columns -->") == columns_table())
      << "paste this between the two marks of daemon/import/README.md:\n"
      << columns_table();
}

TEST(ColumnsTable, EveryColumnTakesTheValueItIsSaidToHold) {
  for (std::size_t kind = 0; kind < kCsvKinds; ++kind) {
    const auto columns = columns_of(static_cast<CsvKind>(kind));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      EXPECT_EQ(errors_with(static_cast<CsvKind>(kind), i, good_cell(columns[i].value)),
                std::vector<CsvError>{})
          << columns[i].name;
    }
  }
}

TEST(ColumnsTable, EveryColumnRefusesWhatItIsSaidNotToHold) {
  for (std::size_t kind = 0; kind < kCsvKinds; ++kind) {
    const auto columns = columns_of(static_cast<CsvKind>(kind));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ColumnValue value = columns[i].value;
      const bool free_text = value == ColumnValue::text || value == ColumnValue::short_text ||
                             value == ColumnValue::provider || value == ColumnValue::certificate;
      const auto errors = errors_with(static_cast<CsvKind>(kind), i, "no such thing!");
      EXPECT_EQ(errors.size(), free_text ? 0U : 1U) << columns[i].name;
    }
  }
}

TEST(ColumnsTable, OnlyARequiredColumnRefusesAnEmptyCell) {
  for (std::size_t kind = 0; kind < kCsvKinds; ++kind) {
    const auto columns = columns_of(static_cast<CsvKind>(kind));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto errors = errors_with(static_cast<CsvKind>(kind), i, "");
      EXPECT_EQ(errors.size(), columns[i].required ? 1U : 0U) << columns[i].name;
    }
  }
}

}  // namespace
}  // namespace omamori
