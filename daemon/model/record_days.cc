#include "daemon/model/record_days.h"

#include "daemon/model/calendar.h"

namespace omamori {

std::string why_before_records(Day first_period, Day on) {
  std::chrono::year_month_day earliest{first_period};
  earliest -= std::chrono::years{2};
  // 29 February: the last day of that month.
  if (!earliest.ok()) earliest = earliest.year() / earliest.month() / std::chrono::last;
  if (on >= Day{earliest}) return "";
  return to_string(on) + " is more than two years before the first decision period, which begins " +
         to_string(first_period);
}

}  // namespace omamori
