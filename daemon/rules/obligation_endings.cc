// Why an obligation that was live before is not any more: the second half of
// daemon/rules/obligations.h.
#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/concern_answers.h"
#include "daemon/rules/end_reports.h"
#include "daemon/rules/obligations.h"

namespace omamori {
namespace {

using std::chrono::days;

const Ending kEnded{"ended", "service ended"};

std::optional<Ending> seen_since(const ClientDay& d, Day since, bool contacts_too) {
  for (const Visit& v : d.facts.visits) {
    if (v.on >= since && v.on <= d.today) return Ending{"met", "visit on " + to_string(v.on)};
  }
  if (!contacts_too) return {};
  for (const Contact& c : d.facts.contacts) {
    if (c.on >= since && c.on <= d.today) return Ending{"met", "contact on " + to_string(c.on)};
  }
  return {};
}

const MonthRow* row_of(const ClientDay& d, Month month, std::optional<Day> period_start) {
  const auto& rows = d.months.rows;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const MonthRow& r) {
    return r.month == month && (!period_start || r.period_start == *period_start);
  });
  return row == rows.end() ? nullptr : &*row;
}

// The period start in "C-1/monitoring/2026-04-01/2026-09".
std::optional<Day> period_start_in(const std::string& key) {
  const std::size_t end = key.rfind('/');
  if (end == std::string::npos || end < 10) return {};
  return parse_day(std::string_view(key).substr(end - 10, 10));
}

// The settings changed after the decision did, which still covers `month`: it is they who do not
// ask for it any more.
bool settings_do_not_ask(const ClientDay& d, Month month) {
  const Day set = d.terms.back().known_from;
  const bool changed = d.terms.size() > 1 && set <= d.today;
  const auto periods = current_periods(d.facts);
  return changed && std::any_of(periods.begin(), periods.end(), [&](const PeriodVersion* v) {
           const Period& p = v->period;
           return v->known_from <= set && month_of(p.start) <= month && month <= month_of(p.end);
         });
}

Ending of_month(const ClientDay& d, const MonthRow* row, Month month) {
  if (!row && settings_do_not_ask(d, month)) {
    return {"superseded", "policy.toml does not ask for the month any more"};
  }
  if (!row) return {"superseded", "the month fell away when the decision changed"};
  if (row->done_on) return {"met", "visit on " + to_string(*row->done_on)};
  if (row->state == MonthState::waived) return {"waived", "safety check " + row->check};
  if (row->state == MonthState::suspended) return {"suspended", "due during a suspension"};
  return {"ended", "not due any more"};
}

// The last day of service is known ahead, and it lies before `day`.
std::optional<Ending> service_ends_before(const ClientDay& d, Day day) {
  if (!service_over(d.facts, day)) return {};
  return Ending{"ended", "service ends on " + to_string(*d.facts.ended_on)};
}

Ending of_monitoring(const Obligation& gone, const ClientDay& d) {
  if (const auto ends = service_ends_before(d, gone.window_from)) return *ends;
  const MonthRow* row = row_of(d, gone.months.front(), period_start_in(gone.key));
  if (row && is_asked(*row) && !is_met(*row) && row->due_by < d.today) {
    return {"ended", "past due: goes on as a streak"};
  }
  return of_month(d, row, gone.months.front());
}

Ending of_streak(const Obligation& gone, const ClientDay& d) {
  const MonthRow* first = row_of(d, gone.months.front(), {});
  if (!first || !is_asked(*first)) return of_month(d, first, gone.months.front());
  if (const auto seen = seen_since(d, gone.window_from, false)) return *seen;
  return of_month(d, first, gone.months.front());
}

const Check* check_of(const ClientDay& d, const std::string& code) {
  const auto found = std::find_if(d.facts.checks.begin(), d.facts.checks.end(),
                                  [&](const Check& c) { return c.code == code; });
  return found == d.facts.checks.end() ? nullptr : &*found;
}

bool is_lapsed(const Check& check, Day today) {
  return standing(current(check).terms, check.check_ins, today).state == CheckState::lapsed;
}

Ending of_lapse(const Obligation& gone, const ClientDay& d) {
  const Check* check = check_of(d, gone.check);
  if (!check) return {"withdrawn", "the check is not known any more"};
  const CheckTerms& terms = current(*check).terms;
  if (terms.until && *terms.until < d.today) {
    return {"ended", "the check ended on " + to_string(*terms.until)};
  }
  if (!terms.agreed_on) return {"withdrawn", std::string(kNotAgreedAnyMore)};
  std::vector<Lapse> all = lapses(*check, d.today);
  if (!check->voided.empty()) {  // one that came back keeps the day on which it was told first
    Check as_if_never_said = *check;
    as_if_never_said.voided.clear();
    const std::vector<Lapse> former = lapses(as_if_never_said, d.today);
    all.insert(all.end(), former.begin(), former.end());
  }
  for (const Lapse& lapse : all) {
    if (lapse.opened != gone.opened) continue;
    if (const auto seen = seen_since(d, gone.opened, true)) return *seen;
    if (lapse.closed) return {"met", "check confirmed on " + to_string(*lapse.closed)};
  }
  if (is_lapsed(*check, d.today)) {
    if (const auto seen = seen_since(d, gone.opened, true)) return *seen;
    return {"superseded", "the check lapsed on another day"};
  }
  return {"withdrawn", "a record that came later shows it never lapsed"};
}

Ending of_concern(const Obligation& gone, const ClientDay& d) {
  const Check* check = check_of(d, gone.check);
  if (!check) return {"withdrawn", std::string(kCheckInVoided)};
  const auto& all = check->check_ins;
  const auto concern = std::find_if(all.begin(), all.end(), [&](const CheckIn& c) {
    return c.outcome == Outcome::concern && concern_key(gone.client, gone.check, c.at) == gone.key;
  });
  if (concern == all.end()) return {"withdrawn", std::string(kCheckInVoided)};
  if (const auto on = concern_answered_on(d.facts, *concern, d.today)) {
    const auto visited = [&](const Visit& visit) { return visit.on == *on; };
    const auto& visits = d.facts.visits;
    const bool visit = std::any_of(visits.begin(), visits.end(), visited);
    return {"met", (visit ? "visit on " : "contact on ") + to_string(*on)};
  }
  return {"withdrawn", "a later word on the same check"};
}

// The end of a decision is not what is told any more.
Ending of_decision_end(const Obligation& gone, const ClientDay& d) {
  const auto corrected = [&](const PeriodVersion* now) {
    return now->period.end != *gone.due_by &&
           std::any_of(d.facts.periods.begin(), d.facts.periods.end(), [&](const auto& before) {
             return before.period.start == now->period.start && before.period.end == *gone.due_by;
           });
  };
  const auto periods = current_periods(d.facts);
  const auto now = std::find_if(periods.begin(), periods.end(), corrected);
  if (now != periods.end() && !(*now)->cut) {
    return {"superseded", "the decision's end is now " + to_string((*now)->period.end)};
  }
  if (gone.kind == ObligationKind::expired) return {"met", "a later period has begun"};
  if (*gone.due_by < d.today) return {"ended", "the period has ended"};
  if (const auto ends = service_ends_before(d, *gone.due_by + days{1})) return *ends;
  return {"met", "a later period is known"};
}

Ending of_check_in(const Obligation& gone, const ClientDay& d) {
  const Check* check = check_of(d, gone.check);
  if (check) {
    for (const CheckIn& c : check->check_ins) {
      if (c.on >= gone.window_from && c.on <= d.today) {
        return {"met", "check-in on " + to_string(c.on)};
      }
    }
  }
  return {"ended", "the check is not asked for any more"};
}

Ending of_end_report(const Obligation& gone, const ClientDay& d) {
  if (d.facts.ended_on) return {"met", "the end of service is recorded"};
  const auto id = door_act_of(gone.key);
  const auto& reports = d.facts.end_reports;
  const auto report =
      std::find_if(reports.begin(), reports.end(), [&](const EndReport& r) { return r.id == id; });
  if (report == reports.end()) return {"ended", "the report was undone"};
  if (const auto seen = seen_after(d.facts, *report, d.today)) {
    return {"ended", "seen after the reported end, on " + to_string(*seen)};
  }
  return {"ended", "nobody confirmed that service has ended"};
}

}  // namespace

bool lapse_stands(const Obligation& lapse, const ClientDay& d) {
  const Check* check = check_of(d, lapse.check);
  return check && !service_over(d.facts, d.today) && is_lapsed(*check, d.today) &&
         !seen_since(d, lapse.opened, true);
}

Ending ending_of(const Obligation& gone, const ClientDay& d) {
  if (gone.kind == ObligationKind::end_report) return of_end_report(gone, d);
  if (service_over(d.facts, d.today)) return kEnded;
  switch (gone.kind) {
    case ObligationKind::monitoring:
      return of_monitoring(gone, d);
    case ObligationKind::streak:
      return of_streak(gone, d);
    case ObligationKind::baseline:
      if (const auto seen = seen_since(d, gone.window_from, false)) return *seen;
      return {"withdrawn", "a record from before came to light"};
    case ObligationKind::lapse:
      return of_lapse(gone, d);
    case ObligationKind::concern:
      return of_concern(gone, d);
    case ObligationKind::renewal:
    case ObligationKind::expired:
      return of_decision_end(gone, d);
    case ObligationKind::unassigned:
      return {"met", "a case manager is assigned"};
    case ObligationKind::suspension_standing:
      return {"met", "the suspension has ended"};
    case ObligationKind::return_:
      if (suspension_on(d.facts, d.today)) return {"ended", "suspended again"};
      if (const auto seen = seen_since(d, gone.window_from, false)) return *seen;
      return {"withdrawn", "nothing was missed during the suspension"};
    case ObligationKind::check_in:
      return of_check_in(gone, d);
    case ObligationKind::trouble:
      return {"met", "works again"};
    case ObligationKind::weekly:
      return {"ended", "the next week has come"};
    case ObligationKind::end_report:  // above: the end of service answers it
      break;
    case ObligationKind::receipt:
      return {"met", "everybody concerned was told"};
  }
  return kEnded;
}

}  // namespace omamori
