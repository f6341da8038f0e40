// The interval of monitoring as certificates print it: 3月ごと(R8.7～R9.4), 毎月ごと, 6か月ごと.
// Pure.
#pragma once

#include <optional>
#include <string_view>

#include "daemon/import/csv/error.h"
#include "daemon/model/facts.h"

namespace omamori {

struct MonthRange {
  Month first{}, last{};
  bool operator==(const MonthRange&) const = default;
};

struct PrintedInterval {
  int months = 0;                   // 1–12
  std::optional<MonthRange> range;  // printed behind it: the first and last month of monitoring
  bool operator==(const PrintedInterval&) const = default;
};

// 1–12; "6", "6か月", "6月ごと", "毎月", "半年ごと", "1年".
Read<int> read_interval(std::string_view text);
// The same, with a range or without.
Read<PrintedInterval> read_printed_interval(std::string_view text);

}  // namespace omamori
