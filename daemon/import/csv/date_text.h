// Days, instants and months as people in Japanese city offices write them.
//
//   days      2026-04-01 · 2026/4/1 · 2026.4.1 · 2026年4月1日 · 令和8年4月1日 · 令和元年5月1日 ·
//             R8.4.1 · H24.5.1 (also S, T, M) · ２０２６／４／１ · each with 0:00 behind it, as
//             spreadsheets add it
//   instants  RFC 3339 · a day and 9:30 or 9:30:00, local · a day alone, or with 0:00, = 12:00
//             local, because attendance lists have no hour
//   months    2026-06 · 2026/6 · 令和8年6月 · R8.6, several separated by blanks, commas or 、
//
// A year past the end of its era means what a certificate printed before the change means:
// 平成33年3月31日 is 2021-03-31. One before its era began (R1.4.30) means the year of the era
// before, with a warning. Two-digit western years are refused, as are days that do not exist, with
// the reason. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "daemon/import/csv/error.h"
#include "daemon/model/facts.h"
#include "daemon/model/time_zone.h"

namespace omamori {

Read<Day> read_day(std::string_view text);

struct InstantText {
  Instant at{};
  // Only a day was written. Today's 12:00 may then be still to come and is no mistake.
  bool day_only = false;
};
Read<InstantText> read_instant(std::string_view text, const Zone& zone);

Read<Month> read_month(std::string_view text);
// Ascending. The same month twice is an error.
Read<std::vector<Month>> read_months(std::string_view text);

}  // namespace omamori
