#include "config/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/config_test_support.h"
#include "tests/support/places.h"

namespace omamori {
namespace {

using test::texts;
using testing::ElementsAre;
using testing::IsEmpty;

Day day(const char* text) { return *parse_day(text); }

std::vector<std::string> errors_of(const std::string& text) {
  const auto parsed = parse_holidays(text, "h.csv");
  EXPECT_EQ(parsed.value.has_value(), parsed.errors.empty());
  return texts(parsed.errors);
}

TEST(Holidays, TheFileThatComesWithTheProgram) {
  const auto parsed = load_holidays(source_path("config/jp-holidays.csv"));
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  const std::vector<Day>& days = *parsed.value;
  EXPECT_EQ(days.size(), 895U);
  EXPECT_TRUE(std::is_sorted(days.begin(), days.end()));
  const auto is_holiday = [&](const char* text) {
    return std::binary_search(days.begin(), days.end(), day(text));
  };
  EXPECT_TRUE(is_holiday("2026-05-03"));
  EXPECT_TRUE(is_holiday("2026-05-06"));  // in lieu of the Sunday
  EXPECT_TRUE(is_holiday("2026-09-22"));  // between two holidays
  EXPECT_FALSE(is_holiday("2026-05-07"));
}

TEST(Holidays, AscendingWhateverTheOrderOfTheFile) {
  const auto parsed = parse_holidays("date,name\r\n2026-05-03,b\r\n2026-01-01,a,c\r\n\r\n", "h");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_THAT(*parsed.value, ElementsAre(day("2026-01-01"), day("2026-05-03")));
}

TEST(Holidays, AFileOfASpreadsheetWithAByteOrderMark) {
  EXPECT_THAT(errors_of("\xEF\xBB\xBF"
                        "date,name\n2026-01-01,x"),
              IsEmpty());
}

TEST(Holidays, EveryMistakeWithItsLine) {
  EXPECT_THAT(errors_of(""), ElementsAre("h.csv:1:1: the first line must be: date,name"));
  EXPECT_THAT(errors_of("date,name\n"), ElementsAre("h.csv: names no holiday"));
  EXPECT_THAT(errors_of("2026-01-01,元日\n2026-13-01,x\n2026-02-11\n2026/05/03,x\n"
                        "2026-05-04,x\n2026-05-04,y\n"),
              ElementsAre("h.csv:1:1: the first line must be: date,name",
                          "h.csv:2:1: must be a date and a name, as in 2026-01-01,元日",
                          "h.csv:3:1: must be a date and a name, as in 2026-01-01,元日",
                          "h.csv:4:1: must be a date and a name, as in 2026-01-01,元日",
                          "h.csv:6:1: 2026-05-04 is on line 5 already"));
}

TEST(Holidays, AMissingFileIsAnError) {
  EXPECT_THAT(texts(load_holidays("/nonexistent/h.csv").errors),
              ElementsAre("/nonexistent/h.csv: there is no such file"));
}

}  // namespace
}  // namespace omamori
