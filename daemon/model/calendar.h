// Days and months as numbers and as text. Pure; throws nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"

namespace omamori {

Month month_of(Day day);
Day first_day(Month month);
Day last_day(Month month);
// `to` minus `from` in whole months; negative if `to` is earlier.
int months_between(Month from, Month to);

// "2026-04-01" and "2026-04". Years 0001–9999.
std::string to_string(Day day);
std::string to_string(Month month);
// RFC 3339, UTC: "2026-04-01T00:30:00Z".
std::string to_string(Instant instant);

// Strict ISO forms only; nothing for anything else, an impossible day included. What people write
// (和暦, slashes) is read by daemon/import/csv/date_text.h.
std::optional<Day> parse_day(std::string_view text);
std::optional<Month> parse_month(std::string_view text);
// RFC 3339 with `Z` or an offset; seconds required, fractions of a second are dropped.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace omamori
