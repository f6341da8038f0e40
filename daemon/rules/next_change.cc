#include "daemon/rules/next_change.h"

#include <algorithm>

#include "daemon/rules/check_state.h"
#include "daemon/rules/end_reports.h"

namespace omamori {
namespace {

using std::chrono::days;

class Earliest {
 public:
  explicit Earliest(Day today) : today_(today) {}
  void add(Day day) {
    if (day > today_ && (!day_ || day < *day_)) day_ = day;
  }
  std::optional<Day> day() const { return day_; }

 private:
  Day today_;
  std::optional<Day> day_;
};

void add_months(const ClientDay& d, Earliest& next) {
  const days horizon = monitoring_horizon(d.policy);
  for (const MonthRow& row : d.months.rows) {
    if (row.due_by < d.today) continue;
    next.add(row.window_from);
    next.add(row.due_by - horizon);
    next.add(row.due_by + days{1});
  }
}

void add_check(const ClientDay& d, const Check& check, Earliest& next) {
  const CheckTerms& terms = current(check).terms;
  const CheckStanding s = standing(terms, check.check_ins, d.today);
  next.add(terms.from);
  next.add(s.expected);
  next.add(s.deadline + days{1});
  if (terms.agreed_on) next.add(*terms.agreed_on);
  if (terms.until) next.add(*terms.until + days{1});
}

void add_periods(const ClientDay& d, Earliest& next) {
  for (const PeriodVersion* version : current_periods(d.facts)) {
    next.add(version->period.start);
    next.add(version->period.end + days{1});
    for (const int notice : d.policy.renewal_notice_days) {
      next.add(version->period.end - days{notice} - kMovedEarlier);
    }
  }
}

// Who comes in somebody's place is told what is live.
void add_people(const ClientDay& d, const ClientVersion& client, Earliest& next) {
  const auto add = [&](std::string_view code) {
    if (const auto change = d.directory.next_change(code, d.today)) next.add(*change);
  };
  add(client.case_manager);
  if (const auto change = d.directory.next_change_of_city(d.today)) next.add(*change);
  const auto add_coordinators = [&](std::string_view office) {
    for (const Staff* one : d.directory.coordinators(office)) add(one->code);
  };
  add_coordinators("");
  const Office* office = d.directory.office(client.office);
  if (!office) return;
  add(office->supervisor);
  add(office->core_center);
  if (!office->code.empty()) add_coordinators(office->code);
  const Staff* center = d.directory.staff(office->core_center);
  if (center && !center->office.empty()) add_coordinators(center->office);
}

}  // namespace

std::optional<Day> next_change(const ClientDay& d) {
  Earliest next(d.today);
  add_months(d, next);
  for (const Check& check : d.facts.checks) add_check(d, check, next);
  add_periods(d, next);
  for (const Suspension& s : d.facts.suspensions) {
    next.add(s.from);
    if (s.until) next.add(*s.until + days{1});
  }
  for (const EndReport& report : d.facts.end_reports) {
    next.add(report.made_on + kEndReportWaits + days{1});
  }
  const ClientVersion& now = version_on(d.facts, d.today);
  add_people(d, now, next);
  for (const ClientVersion& version : d.facts.versions) next.add(version.known_from);
  for (const Override& o : d.policy.terms.overrides) {
    if (o.client == d.facts.code) next.add(o.from);
  }
  next.add(d.facts.watched_from);
  if (d.facts.ended_on) next.add(*d.facts.ended_on + days{1});
  return next.day();
}

}  // namespace omamori
