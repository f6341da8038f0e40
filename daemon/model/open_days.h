// Open days: neither a weekend, a public holiday, 12/29–1/3, nor a day the office is closed. Pure.
#pragma once

#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

class Workdays {
 public:
  Workdays() = default;
  // `holidays`: the public holidays (config/jp-holidays.csv); `closed_days`: policy.toml. In any
  // order.
  Workdays(std::vector<Day> holidays, const std::vector<Day>& closed_days);

  bool is_open(Day day) const;
  // The first open day on or after `day`, and the last on or before it. A year without an open day
  // is a configuration nobody can have meant; then `day` itself.
  Day open_from(Day day) const;
  Day open_until(Day day) const;

 private:
  std::vector<Day> closed_;  // ascending, unique
};

}  // namespace omamori
