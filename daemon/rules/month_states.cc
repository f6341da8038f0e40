#include "daemon/rules/month_states.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/known_requirements.h"

namespace omamori {
namespace {

using Rows = std::vector<MonthRow>;

MonthRow row_of(const PeriodVersion& version, Month month, const Requirement& r,
                const ClientFacts& client) {
  MonthRow row;
  row.period_start = version.period.start;
  row.month = month;
  row.window_from = std::max(first_day(month), version.period.start);
  row.due_by = due_by(version.period, month);
  row.state = r.ask == Ask::waived ? MonthState::waived : MonthState::planned;
  row.interval_months = r.interval.months;
  row.basis = r.interval.basis;
  if (r.interval.check) row.check = *r.interval.check;
  row.before_watch = row.due_by < client.watched_from;
  if (row.state != MonthState::waived && suspension_on(client, row.due_by)) {
    row.state = MonthState::suspended;
  }
  // Who leaves within the month is to be seen before.
  if (client.ended_on && row.window_from <= *client.ended_on) {
    row.due_by = std::min(row.due_by, *client.ended_on);
  }
  return row;
}

// R4: an explicit list may leave a gap that is longer than standard although nothing confirms the
// person in between.
void mark_gaps(Rows& rows, std::size_t from, const Period& period, const Terms& terms,
               MonthJudge& judge, const PeriodHistory& history) {
  if (period.plan_kind != PlanKind::standby_short_stay || period.monitoring_months.empty()) return;
  Month before = month_of(period.start);
  for (std::size_t i = from; i < rows.size(); ++i) {
    if (months_between(before, rows[i].month) > terms.standard_interval_months) {
      rows[i].gap_without_check = !judge.any_fulfilled(history, history.current(), rows[i].month);
    }
    before = rows[i].month;
  }
}

// The row of the visit's own month, if that month is asked for (R8). Two periods may share a month;
// then the one whose window holds the day, else the earlier one, late.
MonthRow* row_in_month(Rows& rows, Day on) {
  const Month month = month_of(on);
  MonthRow* passed = nullptr;
  for (MonthRow& row : rows) {
    if (row.month != month || row.state == MonthState::waived) continue;
    if (on < row.window_from) continue;
    if (on <= row.due_by) return &row;
    passed = &row;
  }
  return passed;
}

MonthRow* latest_before(Rows& rows, Day on) {
  MonthRow* latest = nullptr;
  for (MonthRow& row : rows) {
    if (row.due_by < on && is_asked(row)) latest = &row;
  }
  return latest;
}

MonthRow* row_named(Rows& rows, Month month, Day on) {
  MonthRow* named = nullptr;
  for (MonthRow& row : rows) {
    if (row.month != month || row.state == MonthState::waived) continue;
    if (!named || (is_met(*named) && !is_met(row)) || row.window_from <= on) named = &row;
  }
  return named;
}

VisitVerdict close(MonthRow& row, const Visit& visit) {
  VisitVerdict verdict{visit.id, visit.on, VisitVerdict::Kind::extra, VisitVerdict::Why::none,
                       row.month};
  if (is_met(row)) {
    verdict.why = VisitVerdict::Why::already_done;
    return verdict;
  }
  row.done_on = visit.on;
  row.visit = visit.id;
  const bool late = visit.on > row.due_by;
  row.state = late ? MonthState::done_late : MonthState::done;
  verdict.kind = late ? VisitVerdict::Kind::closes_late : VisitVerdict::Kind::closes;
  return verdict;
}

VisitVerdict judge_visit(Rows& rows, const Visit& visit) {
  using Why = VisitVerdict::Why;
  const auto extra = [&](Why why) {
    return VisitVerdict{visit.id, visit.on, VisitVerdict::Kind::extra, why, visit.for_month};
  };
  if (visit.for_month) {
    MonthRow* named = row_named(rows, *visit.for_month, visit.on);
    return named ? close(*named, visit) : extra(Why::not_required);
  }
  if (MonthRow* own = row_in_month(rows, visit.on)) return close(*own, visit);
  if (MonthRow* before = latest_before(rows, visit.on)) return close(*before, visit);
  return extra(rows.empty() ? Why::before_all : Why::nothing_before);
}

// R9 for the rows no visit has closed.
void set_states(Rows& rows, Day today) {
  bool later_has_begun = false;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const bool begun = row->window_from <= today;
    if (is_asked(*row) && !is_met(*row)) {
      if (today > row->due_by) {
        row->state = later_has_begun ? MonthState::missed : MonthState::overdue;
      } else {
        row->state = begun ? MonthState::open : MonthState::planned;
      }
    }
    later_has_begun = later_has_begun || (begun && is_asked(*row));
  }
}

// After the states: that an earlier month was missed when this one had begun stays true.
void leave_out_cut_short(Rows& rows, const ClientFacts& client, Day today) {
  if (!service_over(client, today)) return;
  const auto periods = current_periods(client);
  const auto cut_short = [&](const MonthRow& row) {
    const auto period = std::find_if(periods.begin(), periods.end(), [&](const PeriodVersion* v) {
      return v->period.start == row.period_start;
    });
    return period != periods.end() && service_over(client, due_by((*period)->period, row.month));
  };
  std::erase_if(rows, [&](const MonthRow& row) { return !is_met(row) && cut_short(row); });
}

}  // namespace

std::string_view to_word(MonthState state) {
  switch (state) {
    case MonthState::planned:
      return "planned";
    case MonthState::open:
      return "open";
    case MonthState::done:
      return "done";
    case MonthState::done_late:
      return "done_late";
    case MonthState::overdue:
      return "overdue";
    case MonthState::missed:
      return "missed";
    case MonthState::waived:
      return "waived";
    case MonthState::suspended:
      return "suspended";
  }
  return "";
}

std::vector<MonthRow> asked_and_waived(const ClientFacts& client,
                                       std::span<const TermsVersion> terms, Day today) {
  Rows rows;
  MonthJudge judge(client, terms, today);
  for (const PeriodHistory& history : PeriodHistory::all_of(client)) {
    const std::size_t from = rows.size();
    const Month last = history.last_month();
    for (Month month = month_of(history.start()); month <= last; month += std::chrono::months{1}) {
      const PeriodVersion* version = history.governing(month);
      if (!version) continue;
      const Requirement r = judge.judge(history, *version, month);
      if (r.ask == Ask::nothing) continue;
      MonthRow row = row_of(*version, month, r, client);
      if (!service_over(client, row.window_from)) rows.push_back(std::move(row));
    }
    mark_gaps(rows, from, history.current().period, terms.back().terms, judge, history);
  }
  return rows;
}

ClientMonths judge_visits(const ClientFacts& client, std::vector<MonthRow> rows, Day today) {
  ClientMonths months{std::move(rows), {}};
  for (const Visit& visit : client.visits) {
    if (visit.on > today) break;
    months.visits.push_back(judge_visit(months.rows, visit));
  }
  set_states(months.rows, today);
  leave_out_cut_short(months.rows, client, today);
  return months;
}

ClientMonths judge_months(const ClientFacts& client, std::span<const TermsVersion> terms,
                          Day today) {
  return judge_visits(client, asked_and_waived(client, terms, today), today);
}

Requirement interval_now(const ClientFacts& client, std::span<const TermsVersion> terms,
                         Day period_start, Day today) {
  for (const PeriodHistory& history : PeriodHistory::all_of(client)) {
    if (history.start() != period_start) continue;
    const Period& period = history.current().period;
    const Month month = month_of(std::clamp(today, period.start, period.end));
    return MonthJudge(client, terms, today).judge_as_of_today(history, month);
  }
  return {};
}

std::vector<const PeriodVersion*> current_periods(const ClientFacts& client) {
  std::vector<const PeriodVersion*> found;
  for (const PeriodVersion& version : client.periods) {
    if (!found.empty() && found.back()->period.start == version.period.start) {
      found.back() = &version;
    } else {
      found.push_back(&version);
    }
  }
  return found;
}

const PeriodVersion* period_for(const ClientFacts& client, Day day) {
  const auto periods = current_periods(client);
  if (periods.empty()) return nullptr;
  const auto not_over = std::find_if(periods.begin(), periods.end(),
                                     [&](const PeriodVersion* v) { return day <= v->period.end; });
  return not_over == periods.end() ? periods.back() : *not_over;
}

const ClientVersion& version_on(const ClientFacts& client, Day day) {
  const auto after =
      std::upper_bound(client.versions.begin(), client.versions.end(), day,
                       [](Day d, const ClientVersion& v) { return d < v.known_from; });
  return after == client.versions.begin() ? *after : *std::prev(after);
}

bool looks_after_itself(const ClientFacts& client, Day day) {
  const PeriodVersion* period = period_for(client, day);
  const bool self_plan = period && period->period.plan_kind == PlanKind::self_plan;
  return self_plan && version_on(client, day).case_manager.empty();
}

bool service_over(const ClientFacts& client, Day day) {
  return client.ended_on && *client.ended_on < day;
}

const Suspension* suspension_on(const ClientFacts& client, Day day) {
  const auto found = std::find_if(
      client.suspensions.begin(), client.suspensions.end(),
      [&](const Suspension& s) { return s.from <= day && (!s.until || day <= *s.until); });
  return found == client.suspensions.end() ? nullptr : &*found;
}

}  // namespace omamori
