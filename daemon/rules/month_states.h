// The months of one client, over all decision periods: what was asked of each, who was seen, and
// what state it is in. Rules R5, R7–R12 of RULES.md section 2. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/rules/month_grid.h"

namespace omamori {

enum class MonthState { planned, open, done, done_late, overdue, missed, waived, suspended };
std::string_view to_word(MonthState state);

// One required or waived month.
struct MonthRow {
  Day period_start{};
  Month month{};
  Day window_from{};  // first day of the month, or of the period if later
  Day due_by{};       // R5
  MonthState state = MonthState::planned;
  int interval_months = 0;  // k; 0 = none
  BasisOf basis;
  std::string check;  // the check that made the interval longer; "" if none
  std::optional<Day> done_on;
  std::int64_t visit = 0;          // id of the visit that closed it
  bool before_watch = false;       // due before the day we began to watch (R12)
  bool gap_without_check = false;  // R4: obeyed, but longer than standard and nothing in between
};

inline bool is_met(const MonthRow& row) { return row.done_on.has_value(); }
// Asked for: neither waived nor suspended.
inline bool is_asked(const MonthRow& row) {
  return row.state != MonthState::waived && row.state != MonthState::suspended;
}

// What a visit did (R8).
struct VisitVerdict {
  enum class Kind { closes, closes_late, extra };
  // Why it closes nothing.
  enum class Why { none, already_done, not_required, nothing_before, before_all };
  std::int64_t visit = 0;
  Day on{};
  Kind kind = Kind::extra;
  Why why = Why::none;
  std::optional<Month> month;  // the month it closed, or the one that was closed already
};

struct ClientMonths {
  std::vector<MonthRow> rows;  // ascending (period_start, month)
  std::vector<VisitVerdict> visits;
};

// All months of all periods as they stand on `today`. `terms` is the history of the policy,
// ascending and not empty. Facts dated after `today` do not count.
//
// Service that ends asks for nothing after its last day: a month that begins later is no row, and
// the month it ended in is none any more once that day has passed and nobody was seen. What was due
// by then stays as it is.
ClientMonths judge_months(const ClientFacts& client, std::span<const TermsVersion> terms,
                          Day today);

// The rows before any visit is looked at: what the settings alone ask for and waive.
std::vector<MonthRow> asked_and_waived(const ClientFacts& client,
                                       std::span<const TermsVersion> terms, Day today);
// Are they the same on every day? With a safety check they hang on what it is worth. Who judges one
// client day after day, the facts being the same, finds them once.
inline bool same_on_every_day(const ClientFacts& client) { return client.checks.empty(); }
// `rows` are asked_and_waived() of the same facts and settings.
ClientMonths judge_visits(const ClientFacts& client, std::vector<MonthRow> rows, Day today);

// The interval of the period that starts on `period_start`: that of the month of `today`, kept
// inside the period, by the facts and settings of today.
Requirement interval_now(const ClientFacts& client, std::span<const TermsVersion> terms,
                         Day period_start, Day today);

// The periods as they are now, ascending, one entry each: the last version.
std::vector<const PeriodVersion*> current_periods(const ClientFacts& client);

// The period that contains `day`; if none does, the next one; if there is none, the last; null if
// the client has no periods.
const PeriodVersion* period_for(const ClientFacts& client, Day day);

// The client's office and case manager as known on `day`; before anything was known, the first
// known.
const ClientVersion& version_on(const ClientFacts& client, Day day);

// A self plan (セルフプラン) without a case manager: what there is to say of it concerns the
// supervisor.
bool looks_after_itself(const ClientFacts& client, Day day);

// Was the last day of service before `day`?
bool service_over(const ClientFacts& client, Day day);

// Is the client suspended on `day`? (R10)
const Suspension* suspension_on(const ClientFacts& client, Day day);

}  // namespace omamori
