#include "daemon/import/csv/date_text.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

struct Row {
  const char* text;
  const char* expected;
};

std::string day_of(const char* text) {
  const auto read = read_day(text);
  return read.value ? to_string(*read.value) : read.error;
}

TEST(DateText, DaysAsPeopleWriteThem) {
  const Row rows[] = {
      {"2026-04-01", "2026-04-01"},
      {"2026/4/1", "2026-04-01"},
      {"2026.4.1", "2026-04-01"},
      {"2026年4月1日", "2026-04-01"},
      {"２０２６／０４／０１", "2026-04-01"},
      {"令和8年4月1日", "2026-04-01"},
      {"令和 8年 4月 1日", "2026-04-01"},
      {"令和８年４月１日", "2026-04-01"},
      {"令和元年5月1日", "2019-05-01"},
      {"㋿元年5月1日", "2019-05-01"},
      {"R8.4.1", "2026-04-01"},
      {"r8/4/1", "2026-04-01"},
      {"Ｒ８．４．１", "2026-04-01"},
      {"R08.04.01", "2026-04-01"},
      {"H24.5.1", "2012-05-01"},
      {"平成24年5月1日", "2012-05-01"},
      {"平成33年3月31日", "2021-03-31"},
      {"昭和64年1月7日", "1989-01-07"},
      {"S39.10.10", "1964-10-10"},
      {"T15.12.25", "1926-12-25"},
      {"明治45年7月30日", "1912-07-30"},
      {"2024-02-29", "2024-02-29"},
      {"H36.2.29", "2024-02-29"},
      {" 2026-04-01　", "2026-04-01"},
      {"2026/4/1 0:00", "2026-04-01"},
      {"2026/4/1 0:00:00", "2026-04-01"},
      {"2026-04-01 00:00:00", "2026-04-01"},
      {"令和8年4月1日　０：００", "2026-04-01"},
      {"２０２６ー４−１", "2026-04-01"},
  };
  for (const auto& row : rows) EXPECT_EQ(day_of(row.text), row.expected) << row.text;
}

TEST(DateText, WhatIsNoDayIsRefusedWithAHint) {
  const char* no_date = "is not a date; write 2026-04-01, 2026/4/1, 令和8年4月1日 or R8.4.1";
  const Row rows[] = {
      {"平成25年4月31日", "is not a day: 2013-04 ends on 2013-04-30"},
      {"2026-02-29", "is not a day: 2026-02 ends on 2026-02-28"},
      {"2026-04-00", "is not a day: 2026-04 ends on 2026-04-30"},
      {"2026-13-01", "has no month: 13 is not 1 to 12"},
      {"2026/0/1", "has no month: 0 is not 1 to 12"},
      {"26/4/1", "needs the year with four digits or with its era (R8, 令和8年)"},
      {"8年4月1日", "needs the year with four digits or with its era (R8, 令和8年)"},
      {"令和0年4月1日", "has a year that no era has; the first year is 1 or 元"},
      {"R2026.4.1", "has a year that no era has; the first year is 1 or 元"},
      {"1867-12-31", "is in the year 1867; is that a slip?"},
      {"2300-01-01", "is in the year 2300; is that a slip?"},
      {"", no_date},
      {"4月1日", "needs the year with four digits or with its era (R8, 令和8年)"},
      {"2026-04", no_date},
      {"2026/4-1", no_date},
      {"2026年4/1", no_date},
      {"2026年4月1", no_date},
      {"2026-04-01x", no_date},
      {"20260401", no_date},
      {"2026/4/1 0:01", no_date},
      {"46113",
       "is the number that a spreadsheet keeps for a date, 2026-04-01 perhaps; format the column "
       "as a "
       "date there and save it again"},
      {"2026-04-001", no_date},
      {"未定", no_date},
  };
  for (const auto& row : rows) EXPECT_EQ(day_of(row.text), row.expected) << row.text;
  EXPECT_EQ(day_of("1868-01-01"), "1868-01-01");
  EXPECT_EQ(day_of("2299-12-31"), "2299-12-31");
}

TEST(DateText, InstantsAreRfc3339OrLocal) {
  const Zone tokyo("Asia/Tokyo");
  const auto instant = [&](const char* text) {
    const auto read = read_instant(text, tokyo);
    if (!read.value) return read.error;
    return to_string(read.value->at) + (read.value->day_only ? " day" : "");
  };
  const char* no_time =
      "is not a time; write 2026-04-01 09:30, 2026-04-01T09:30:00+09:00 or a date alone";
  const Row rows[] = {
      {"2026-04-01T09:30:00+09:00", "2026-04-01T00:30:00Z"},
      {"2026-04-01T00:30:00Z", "2026-04-01T00:30:00Z"},
      {"2026-04-01 09:30", "2026-04-01T00:30:00Z"},
      {"2026-04-01T09:30", "2026-04-01T00:30:00Z"},
      {"2026/4/1 9:30", "2026-04-01T00:30:00Z"},
      {"2026/4/1 9:30:15", "2026-04-01T00:30:15Z"},
      {"令和8年4月1日 9:30", "2026-04-01T00:30:00Z"},
      {"２０２６／４／１　９：３０", "2026-04-01T00:30:00Z"},
      {"2026-04-01", "2026-04-01T03:00:00Z day"},
      {"2026/4/1 0:00", "2026-04-01T03:00:00Z day"},
      {"2026/4/1 0:00:00", "2026-04-01T03:00:00Z day"},
      {"2026/4/1 00:00", "2026-03-31T15:00:00Z"},
      {"2026/4/1 0:01", "2026-03-31T15:01:00Z"},
      {"2026-04-01T00:00:00+09:00", "2026-03-31T15:00:00Z"},
      {"R8.4.1", "2026-04-01T03:00:00Z day"},
      {"2026-04-01 24:00", no_time},
      {"2026-04-01 9:3", no_time},
      {"2026-04-01 9:60", no_time},
      {"9:30", no_time},
      {"2026-04-31 9:30", "is not a day: 2026-04 ends on 2026-04-30"},
      {"soon", "is not a date; write 2026-04-01, 2026/4/1, 令和8年4月1日 or R8.4.1"},
      {"1868-01-01T00:00:00+09:00", "1867-12-31T15:00:00Z"},
      {"2299-12-31T23:59:59+09:00", "2299-12-31T14:59:59Z"},
      {"2299-12-31T15:00:00Z", "is in the year 2300; is that a slip?"},
      {"0001-01-01T00:00:00+23:59", "is in the year 0; is that a slip?"},
      {"9999-12-31T23:59:59-23:59", "is in the year 10000; is that a slip?"},
  };
  for (const auto& row : rows) EXPECT_EQ(instant(row.text), row.expected) << row.text;
}

TEST(DateText, ADayBeforeItsEraIsTakenForTheEraBefore) {
  const auto read = [](const char* text) {
    const auto day = read_day(text);
    return to_string(*day.value) + (day.warning.empty() ? "" : ": " + day.warning);
  };
  const Row rows[] = {
      {"R1.4.30", "2019-04-30: is before 令和 began (2019-05-01); taken for H31.4.30, 2019-04-30"},
      {"R1.5.1", "2019-05-01"},
      {"平成元年1月7日",
       "1989-01-07: is before 平成 began (1989-01-08); taken for S64.1.7, 1989-01-07"},
      {"H1.1.8", "1989-01-08"},
      {"S1.12.24",
       "1926-12-24: is before 昭和 began (1926-12-25); taken for T15.12.24, 1926-12-24"},
      {"T1.7.29", "1912-07-29: is before 大正 began (1912-07-30); taken for M45.7.29, 1912-07-29"},
      {"M1.1.1", "1868-01-01"},
      {"H31.5.1", "2019-05-01"},
      {"2019-04-30", "2019-04-30"},
  };
  for (const auto& row : rows) EXPECT_EQ(read(row.text), row.expected) << row.text;
  EXPECT_EQ(read_month("R1.4").warning,
            "is before 令和 began (2019-05-01); taken for H31.4, 2019-04");
  EXPECT_EQ(read_month("R1.5").warning, "");
  EXPECT_EQ(read_months("R1.5 R1.4").warning, read_month("R1.4").warning);
  EXPECT_EQ(read_instant("R1.4.30", Zone("Asia/Tokyo")).warning, read_day("R1.4.30").warning);
}

TEST(DateText, MonthsInAnyOrderAndManner) {
  const auto months = [](const char* text) {
    const auto read = read_months(text);
    if (!read.value) return read.error;
    std::string out;
    for (const Month month : *read.value) out += to_string(month) + ";";
    return out;
  };
  const Row rows[] = {
      {"2026-06 2026-09", "2026-06;2026-09;"},
      {"2026-09,2026-06", "2026-06;2026-09;"},
      {"令和8年6月、R8.9、 ２０２６／１２", "2026-06;2026-09;2026-12;"},
      {"平成33年3月", "2021-03;"},
      {"2026-06\n2026-09", "2026-06;2026-09;"},
      {"", ""},
      {"2026-06 2026/6", "names 2026-06 twice"},
      {"2026-13", "has no month: 13 is not 1 to 12"},
      {"6月", "needs the year with four digits or with its era (R8, 令和8年)"},
      {"2026年6", "is not a month; write 2026-06, 2026/6 or 令和8年6月"},
      {"2026-06-01", "is not a month; write 2026-06, 2026/6 or 令和8年6月"},
  };
  for (const auto& row : rows) EXPECT_EQ(months(row.text), row.expected) << row.text;
}

}  // namespace
}  // namespace omamori
