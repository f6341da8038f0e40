#include "daemon/model/calendar.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(Calendar, DaysAndMonthsReadAndWrittenAlike) {
  for (const char* text : {"0001-01-01", "2024-02-29", "2026-12-31", "9999-12-31"}) {
    const auto day = parse_day(text);
    ASSERT_TRUE(day.has_value()) << text;
    EXPECT_EQ(to_string(*day), text);
  }
  EXPECT_EQ(to_string(*parse_month("2026-04")), "2026-04");
}

TEST(Calendar, WhatIsNotADayIsRefused) {
  for (const char* text : {"", "2026-4-1", "2026-02-29", "2025-13-01", "2026-04-31", "2026-04-00",
                           "2026/04/01", "2026-04-01 ", "0000-01-01", "2026-0x-01"}) {
    EXPECT_FALSE(parse_day(text).has_value()) << text;
  }
  for (const char* text : {"", "2026", "2026-13", "2026-00", "2026-4", "2026-04-01"}) {
    EXPECT_FALSE(parse_month(text).has_value()) << text;
  }
}

TEST(Calendar, MonthsHaveTheirLastDay) {
  EXPECT_EQ(to_string(last_day(*parse_month("2024-02"))), "2024-02-29");
  EXPECT_EQ(to_string(last_day(*parse_month("2026-02"))), "2026-02-28");
  EXPECT_EQ(to_string(first_day(*parse_month("2026-12"))), "2026-12-01");
  EXPECT_EQ(months_between(*parse_month("2025-11"), *parse_month("2026-02")), 3);
  EXPECT_EQ(to_string(month_of(*parse_day("2026-04-30"))), "2026-04");
}

TEST(Calendar, InstantsInUtc) {
  EXPECT_EQ(to_string(*parse_instant("2026-04-01T09:30:00+09:00")), "2026-04-01T00:30:00Z");
  EXPECT_EQ(to_string(*parse_instant("2026-04-01T00:30:00.25Z")), "2026-04-01T00:30:00Z");
  EXPECT_EQ(to_string(*parse_instant("2026-04-01T00:30:00-03:30")), "2026-04-01T04:00:00Z");
  for (const char* text :
       {"", "2026-04-01", "2026-04-01T24:00:00Z", "2026-04-01T00:60:00Z", "2026-04-01T00:00:00",
        "2026-04-01T00:00:00.Z", "2026-04-01T00:00:00+9"}) {
    EXPECT_FALSE(parse_instant(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace omamori
