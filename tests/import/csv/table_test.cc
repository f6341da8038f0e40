#include "daemon/import/csv/table.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

// "line: field|field" a row, header first, then the errors.
std::string read(std::string_view text) {
  std::vector<CsvError> errors;
  const Table table = read_table("t.csv", text, errors);
  std::string out;
  const auto add = [&](const Table::Row& row) {
    out += std::to_string(row.line) + ": ";
    for (std::size_t i = 0; i < row.field_count; ++i) {
      out += std::string(i == 0 ? "" : "|") + std::string(table.field(row, i));
    }
    out += '\n';
  };
  if (table.header().line > 0) add(table.header());
  for (const auto& row : table.rows()) add(row);
  for (const auto& error : errors) out += to_string(error) + "\n";
  return out;
}

TEST(Table, RowsAndTheirLines) {
  EXPECT_EQ(read("a,b\n1,2\n3,4\n"), "1: a|b\n2: 1|2\n3: 3|4\n");
  EXPECT_EQ(read("a,b\r\n1,2\r\n3,4"), "1: a|b\n2: 1|2\n3: 3|4\n") << "CRLF, no last line end";
  EXPECT_EQ(read("a,b\r1,2\r3,4\r"), "1: a|b\n2: 1|2\n3: 3|4\n") << "CR alone";
  EXPECT_EQ(read("a,b\n,2\n1,\n"), "1: a|b\n2: |2\n3: 1|\n");
  EXPECT_EQ(read(""), "");
}

TEST(Table, QuotesHoldCommasQuotesAndLineBreaks) {
  EXPECT_EQ(read("a,b\n\"x, \"\"y\"\"\", z \n"), "1: a|b\n2: x, \"y\"|z\n");
  EXPECT_EQ(read("a,b\n\"x\ny\",1\n3,4\n"), "1: a|b\n2: x\ny|1\n4: 3|4\n");
  EXPECT_EQ(read("a,b\r\n\"x\r\n\r\ny\",1\r\n3,4\r\n"), "1: a|b\n2: x\r\n\r\ny|1\n5: 3|4\n");
}

TEST(Table, WhatSpreadsheetsLeaveBehindIsPassedOver) {
  EXPECT_EQ(read("\n \na,b\n\n1,2\n,\n , \n3,4\n\n"), "3: a|b\n5: 1|2\n8: 3|4\n");
}

TEST(Table, CellsThatAreLackingOrTooManyAtTheEndAreEmpty) {
  EXPECT_EQ(read("a,b,c\n1\n1,2\n1,2,3\n"), "1: a|b|c\n2: 1||\n3: 1|2|\n4: 1|2|3\n");
  EXPECT_EQ(read("a,b\n1,2,\n1,2, ,　\n3,4\n"), "1: a|b\n2: 1|2\n3: 1|2\n4: 3|4\n");
}

TEST(Table, ABrokenRowIsNamedAndTheOthersAreRead) {
  EXPECT_EQ(
      read("a,b\n1,2\n2,3,4\n5,6\n"),
      "1: a|b\n2: 1|2\n4: 5|6\n"
      "t.csv:3: 3 cells, but the header has 2 columns; a cell with a comma in it is written in "
      "quotes\n");
  EXPECT_EQ(read("a,b\n1,x\"y\n3,4\n"),
            "1: a|b\n3: 3|4\n"
            "t.csv:2: a quote in the wrong place: a cell that holds a quote is written in quotes, "
            "and the quote in it twice\n");
  EXPECT_EQ(read("a,b\n1,2\n3,\"4\n5,6\n"),
            "1: a|b\n2: 1|2\n"
            "t.csv:3: a quote is opened here and never closed\n");
}

}  // namespace
}  // namespace omamori
