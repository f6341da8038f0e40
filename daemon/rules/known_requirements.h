// Which months were asked for, by the settings and facts of their own time (R7). Pure; used by
// daemon/rules/month_states.h.
//
// A month whose due-by has passed is judged by what was known on that day; what was known later can
// change it only through facts that carry a date of their own. Months that passed before a period
// was known are judged by the first settings known.
#pragma once

#include <span>
#include <vector>

#include "config/policy.h"
#include "daemon/model/facts.h"
#include "daemon/rules/month_grid.h"

namespace omamori {

// All versions of one decision period, ascending by known_from. A view: the facts must outlive it.
class PeriodHistory {
 public:
  explicit PeriodHistory(std::span<const PeriodVersion> versions);
  static std::vector<PeriodHistory> all_of(const ClientFacts& client);

  Day start() const { return versions_.front().period.start; }
  Day first_known() const { return versions_.front().known_from; }
  const PeriodVersion& current() const { return versions_.back(); }
  // The last month any version reaches.
  Month last_month() const;
  // The version that decides about `month`: the first under which it had passed before the next was
  // known, else the current one. Null if the month fell away ("superseded") or never was.
  const PeriodVersion* governing(Month month) const;
  // The version known on `day`; null if the period was not known yet.
  const PeriodVersion* known_on(Day day) const;

 private:
  std::span<const PeriodVersion> versions_;
};

// Judges the months of one client on one day. Keeps a scratch list, so one object serves many
// months.
class MonthJudge {
 public:
  MonthJudge(const ClientFacts& client, std::span<const TermsVersion> terms, Day today);
  // Where nothing is asked, the interval is not looked for: it is the one without any check.
  Requirement judge(const PeriodHistory& history, const PeriodVersion& version, Month month);
  // The interval of `month` by the facts and settings of today, also where the month has passed:
  // what is shown as "the interval now", of a period that is over too.
  Requirement judge_as_of_today(const PeriodHistory& history, Month month);
  // What was asked of `month` as one saw it on `day`, knowing only the settings of that day. The
  // interval as in judge().
  Requirement judge_known_on(const PeriodVersion& version, Month month, Day day);
  // Is any check fulfilled for that month?
  bool any_fulfilled(const PeriodHistory& history, const PeriodVersion& version, Month month);

 private:
  Requirement judge_at(const PeriodVersion& version, Month month, Day due, Day as_of,
                       bool before_known, bool interval_too);
  void collect_extensions(const Period& period, Day due, Day as_of, bool before_known);

  const ClientFacts& client_;
  std::span<const TermsVersion> terms_;
  Day today_;
  std::vector<Extension> extensions_;
};

}  // namespace omamori
