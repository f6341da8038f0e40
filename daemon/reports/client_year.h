// Twelve months of one client, day by day: what `calendar` draws. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"

namespace omamori {

// What a day is marked with: where several things fall on one day, the one that comes first here.
enum class DayMark {
  visit,
  concern,
  contact,
  ok,           // a safety check was confirmed
  unreachable,  // somebody looked and met nobody
  today,
  due_by,     // the last day of a month that is asked for and not met
  suspended,  // R10
  lapsed,     // some safety check is not confirmed
  ahead,      // inside the window of a month that is asked for, still to come
  plain,
  outside,  // no decision period, service ended, or no such day
};

// Something that deserves words beside the marks.
struct YearEvent {
  enum class What {
    period_begins,
    period_ends,
    service_ends,
    visit,
    concern,
    contact,
    lapse,
    suspension,
  };
  What what = What::visit;
  Day on{};                  // in the month it is listed in
  std::optional<Day> until;  // suspension, lapse: last day; nothing = goes on
  std::string check;         // concern, lapse
  VisitVerdict visit;        // visit
  std::int64_t record = 0;   // suspension: its number
};

struct YearMonth {
  Month month;
  std::vector<MonthRow> rows;  // asked for or waived; two where two periods share the month
  bool decided = false;        // some decision period reaches into it
  std::array<DayMark, 31> days{};
  std::vector<YearEvent> events;  // by day
};

// The twelve months from `first` on, as they stand on `today`, suspensions that are still to come
// with them. `months` are the client's on it.
std::vector<YearMonth> client_year(const ClientFacts& client, const ClientMonths& months,
                                   Month first, Day today);

// The April in which the fiscal year (年度) of `day` begins.
Month fiscal_year_of(Day day);

}  // namespace omamori
