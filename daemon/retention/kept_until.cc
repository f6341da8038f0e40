#include "daemon/retention/kept_until.h"

namespace omamori {

KeptUntil kept_until(const RetentionConfig& config, Day today, const Zone& zone) {
  const std::chrono::year_month_day day{today};
  const auto month = day.year() / day.month() - std::chrono::years{config.keep_years};
  const auto last =
      std::chrono::year_month_day_last{month.year(), {month.month() / std::chrono::last}};
  const Day years_ago{month / std::min(day.day(), last.day())};
  return {zone.start_of(today - std::chrono::days{config.keep_bodies_days}), years_ago,
          zone.start_of(years_ago)};
}

}  // namespace omamori
