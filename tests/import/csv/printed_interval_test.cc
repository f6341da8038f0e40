#include "daemon/import/csv/printed_interval.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// "3", "3 2026-07 2027-04", or why it is none.
std::string printed(const char* text) {
  const auto read = read_printed_interval(text);
  if (!read.value) return read.error;
  std::string out = std::to_string(read.value->months);
  if (const auto& range = read.value->range) {
    out += " " + to_string(range->first) + " " + to_string(range->last);
  }
  return out;
}

TEST(PrintedInterval, IsReadAsCertificatesPrintIt) {
  const std::pair<const char*, const char*> rows[] = {
      {"3", "3"},
      {"１２", "12"},
      {"6か月", "6"},
      {"6ヶ月", "6"},
      {"６ヵ月ごと", "6"},
      {"6 か月 ごと", "6"},
      {"3月毎", "3"},
      {"3月に1回", "3"},
      {"毎月", "1"},
      {"毎月ごと", "1"},
      {"半年ごと", "6"},
      {"1年", "12"},
      {"年1回", "is not a number from 1 to 12"},
      {"3月ごと(R8.7～R9.4)", "3 2026-07 2027-04"},
      {"３月ごと（Ｒ８．７〜Ｒ９．４）", "3 2026-07 2027-04"},
      {"3か月ごと （令和8年7月～令和9年4月）", "3 2026-07 2027-04"},
      {"3か月ごと(令和8年7月から令和9年4月まで)", "3 2026-07 2027-04"},
      {"毎月ごと(2026/5~2027/4)", "1 2026-05 2027-04"},
      {"3月ごと(R8.7-R9.4)", "3 2026-07 2027-04"},
      {"3月ごと(R8.7～R8.7)", "3 2026-07 2026-07"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(printed(text), expected) << text;
}

TEST(PrintedInterval, WhatIsNoneIsRefusedWithAHint) {
  const std::pair<const char*, const char*> rows[] = {
      {"0", "is not a number from 1 to 12"},
      {"13", "is not a number from 1 to 12"},
      {"123", "is not a number from 1 to 12"},
      {"3週ごと", "is not a number from 1 to 12"},
      {"ごと", "is not a number from 1 to 12"},
      {"3月ごと(R8.7～R9.4", "opens a bracket and does not close it"},
      {"3月ごと(R9.4～R8.7)", "has a range that ends before it begins"},
      {"3月ごと(R8.7～R9.13)", "has no month: 13 is not 1 to 12"},
      {"3月ごと(R8.7～9.4)", "needs the year with four digits or with its era (R8, 令和8年)"},
      {"3月ごと(モニタリング)",
       "has no range of months behind the interval; write it like 3月ごと(R8.7～R9.4), or only 3"},
      {"毎月ごと(R8.5～R8.7)、3月ごと(R8.10～R9.4)",
       "names more than one interval; write the one that holds after the first months, which "
       "follow "
       "from decision_kind"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(printed(text), expected) << text;
}

}  // namespace
}  // namespace omamori
