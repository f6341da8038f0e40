// The first half of daemon/rules/month_states.h: which months were asked for, by the settings of
// their own time.
#include "daemon/rules/known_requirements.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

template <typename Version>
const Version& last_known(std::span<const Version> versions, Day day) {
  const auto after = std::upper_bound(versions.begin(), versions.end(), day,
                                      [](Day d, const Version& v) { return d < v.known_from; });
  return after == versions.begin() ? *after : *std::prev(after);
}

bool in_months(const Period& period, Month month) {
  return month_of(period.start) <= month && month <= month_of(period.end);
}

}  // namespace

PeriodHistory::PeriodHistory(std::span<const PeriodVersion> versions) : versions_(versions) {}

std::vector<PeriodHistory> PeriodHistory::all_of(const ClientFacts& client) {
  std::vector<PeriodHistory> found;
  const std::span<const PeriodVersion> versions(client.periods);
  for (std::size_t begin = 0; begin < versions.size();) {
    std::size_t end = begin + 1;
    while (end < versions.size() && versions[end].period.start == versions[begin].period.start) {
      ++end;
    }
    found.emplace_back(versions.subspan(begin, end - begin));
    begin = end;
  }
  return found;
}

Month PeriodHistory::last_month() const {
  Day end = versions_.front().period.end;
  for (const PeriodVersion& v : versions_) end = std::max(end, v.period.end);
  return month_of(end);
}

const PeriodVersion* PeriodHistory::governing(Month month) const {
  // What lies behind a cut belongs to the decision that cut it, also where it has passed (R11).
  if (current().cut && month > month_of(current().period.end)) return nullptr;
  for (std::size_t i = 0; i + 1 < versions_.size(); ++i) {
    const Period& period = versions_[i].period;
    if (in_months(period, month) && due_by(period, month) < versions_[i + 1].known_from) {
      return &versions_[i];
    }
  }
  return in_months(current().period, month) ? &current() : nullptr;
}

const PeriodVersion* PeriodHistory::known_on(Day day) const {
  const PeriodVersion* known = nullptr;
  for (const PeriodVersion& v : versions_) {
    if (v.known_from <= day) known = &v;
  }
  return known;
}

MonthJudge::MonthJudge(const ClientFacts& client, std::span<const TermsVersion> terms, Day today)
    : client_(client), terms_(terms), today_(today) {}

Requirement MonthJudge::judge(const PeriodHistory& history, const PeriodVersion& version,
                              Month month) {
  const Day due = due_by(version.period, month);
  return judge_at(version, month, due, std::max(due, history.first_known()),
                  due < history.first_known(), false);
}

Requirement MonthJudge::judge_as_of_today(const PeriodHistory& history, Month month) {
  const Day day = std::max(due_by(history.current().period, month), today_);
  return judge_at(history.current(), month, day, std::max(day, history.first_known()), false, true);
}

Requirement MonthJudge::judge_known_on(const PeriodVersion& version, Month month, Day day) {
  return judge_at(version, month, due_by(version.period, month), day, false, false);
}

Requirement MonthJudge::judge_at(const PeriodVersion& version, Month month, Day due, Day as_of,
                                 bool before_known, bool interval_too) {
  // What passed before is judged by the settings of the day before: not by those of an edit of the
  // day on which the client came (R7).
  const Day settings_of = before_known ? as_of - std::chrono::days{1} : as_of;
  const Terms& terms = last_known(terms_, settings_of).terms;
  const std::string& office =
      last_known(std::span<const ClientVersion>(client_.versions), as_of).office;
  const Requirement alone = requirement(version.period, month, client_.code, office, terms, {});
  // A check only ever takes months away: a longer grid lies inside the base grid (R6).
  if (client_.checks.empty() || (alone.ask == Ask::nothing && !interval_too)) return alone;
  collect_extensions(version.period, due, as_of, before_known);
  return requirement(version.period, month, client_.code, office, terms, extensions_);
}

bool MonthJudge::any_fulfilled(const PeriodHistory& history, const PeriodVersion& version,
                               Month month) {
  const Day due = due_by(version.period, month);
  collect_extensions(version.period, due, std::max(due, history.first_known()),
                     due < history.first_known());
  return std::any_of(extensions_.begin(), extensions_.end(),
                     [](const Extension& e) { return e.fulfilled; });
}

// A concern on any agreed check in force stops them all (section 3).
void MonthJudge::collect_extensions(const Period& period, Day due, Day as_of, bool before_known) {
  extensions_.clear();
  if (period.plan_kind != PlanKind::standby_short_stay) return;
  const Day judged_on = std::min(due, today_);
  bool stopped = false;
  for (const Check& check : client_.checks) {
    if (check.versions.front().known_from > as_of && !before_known) continue;
    const CheckTerms& terms = version_on(check, as_of).terms;
    const CheckStanding s = standing(terms, check.check_ins, judged_on);
    stopped = stopped || s.concern;
    const bool over = terms.until && *terms.until < due;
    const bool fulfilled = s.fulfilled && terms.from <= due && !over;
    extensions_.push_back({&check.code, terms.extends_to, fulfilled, false});
    if (!fulfilled && client_.checks.size() > 1) {
      extensions_.back().lost = was_fulfilled(check, period.start, judged_on);
    }
  }
  if (stopped) {
    for (Extension& extension : extensions_) extension.fulfilled = false;
  }
}

}  // namespace omamori
