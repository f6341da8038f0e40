#include "daemon/rules/obligations.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/concern_answers.h"
#include "daemon/rules/end_reports.h"
#include "daemon/rules/known_requirements.h"

namespace omamori {
namespace {

using std::chrono::days;

bool visited_since(const ClientDay& d, Day since) {
  return std::any_of(d.facts.visits.begin(), d.facts.visits.end(),
                     [&](const Visit& v) { return v.on >= since && v.on <= d.today; });
}

bool contacted_since(const ClientDay& d, Day since) {
  return visited_since(d, since) ||
         std::any_of(d.facts.contacts.begin(), d.facts.contacts.end(),
                     [&](const Contact& c) { return c.on >= since && c.on <= d.today; });
}

// Nobody is told of it by itself: it goes on with one that is open.
bool goes_on_with_open(const ClientFacts& facts, const Check& check, const CheckIn& c, Day today) {
  if (c.joins == 0) return false;
  const auto joined = std::find_if(check.check_ins.begin(), check.check_ins.end(),
                                   [&](const CheckIn& other) { return other.id == c.joins; });
  return joined != check.check_ins.end() && joined->on >= check.watched_from &&
         !concern_answered_on(facts, *joined, today);
}

std::string key(const ClientDay& d, ObligationKind kind, const std::string& rest) {
  return d.facts.code + "/" + std::string(to_word(kind)) + "/" + rest;
}

Obligation make(const ClientDay& d, ObligationKind kind, const std::string& rest, Day opened) {
  Obligation o;
  o.kind = kind;
  o.client = d.facts.code;
  o.key = key(d, kind, rest);
  o.opened = opened;
  o.window_from = opened;
  o.count_from = opened;
  return o;
}

void set_due(Obligation& o, Day due_by) {
  o.due_by = due_by;
  o.count_from = due_by;
}

void explain_interval(Obligation& o, const MonthRow& row) {
  o.interval_months = row.interval_months;
  o.basis = row.basis;
  o.waiving_check = row.check;
}

// ---- monitoring and streak ----------------------------------------------------------------------

void add_monitoring(const ClientDay& d, std::vector<Obligation>& out) {
  const days horizon = monitoring_horizon(d.policy);
  for (const MonthRow& row : d.months.rows) {
    if (row.before_watch || !is_asked(row) || is_met(row) || row.due_by < d.today) continue;
    if (row.window_from > d.today && row.due_by - horizon > d.today) continue;
    Obligation o = make(d, ObligationKind::monitoring,
                        to_string(row.period_start) + "/" + to_string(row.month), row.window_from);
    set_due(o, row.due_by);
    o.months = {row.month};
    explain_interval(o, row);
    out.push_back(std::move(o));
  }
}

// The rows of the run of unmet months that reaches until today, earliest first. It is over as soon
// as somebody was seen on or after the first day of its latest due month.
std::vector<const MonthRow*> streak_rows(const ClientDay& d) {
  std::vector<const MonthRow*> run;
  const auto& rows = d.months.rows;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (!is_asked(*row) || row->due_by >= d.today) continue;
    if (row->before_watch || is_met(*row) || visited_since(d, row->window_from)) break;
    run.push_back(&*row);
  }
  std::reverse(run.begin(), run.end());
  return run;
}

// The first day since which the month has been required without a break, if that came later than
// its period was first known; else nothing. A lapse or a changed setting may ask for a month late.
class Arising {
 public:
  Arising(const ClientDay& d, const MonthRow& row) : d_(d), row_(row) {}

  std::optional<Day> day() const {
    const auto histories = PeriodHistory::all_of(d_.facts);
    const auto history =
        std::find_if(histories.begin(), histories.end(),
                     [&](const PeriodHistory& h) { return h.start() == row_.period_start; });
    if (history == histories.end()) return {};
    const Day known = history->first_known();
    const Day client_known = d_.facts.versions.front().known_from;
    for (const Day day : changes(std::min(row_.due_by, d_.today))) {
      if (day <= known) break;
      if (!required_as_seen_on(*history, day - days{1})) return day;
    }
    if (known > client_known) return known;
    return {};
  }

 private:
  // Days on which the answer could have changed, latest first.
  std::vector<Day> changes(Day until) const {
    std::vector<Day> found;
    const auto add = [&](Day day) {
      if (day <= until) found.push_back(day);
    };
    for (const TermsVersion& t : d_.terms) add(t.known_from);
    for (const ClientVersion& v : d_.facts.versions) add(v.known_from);
    // A decision that is cut or corrected may ask for a month that has passed by then.
    for (const PeriodVersion& v : d_.facts.periods) {
      if (v.known_from <= d_.today) found.push_back(v.known_from);
    }
    for (const Check& check : d_.facts.checks) {
      for (const CheckVersion& v : check.versions) add(v.known_from);
      const CheckTerms& terms = current(check).terms;
      if (terms.until) add(*terms.until + days{1});
      for (const CheckIn& c : check.check_ins) {
        add(c.on);
        add(c.on + days{terms.every_days + terms.grace_days + 1});
      }
    }
    std::sort(found.rbegin(), found.rend());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  bool required_as_seen_on(const PeriodHistory& history, Day day) const {
    const PeriodVersion* version = history.known_on(day);
    if (!version || row_.month > month_of(version->period.end)) return false;
    const Day as_of = std::min(day, due_by(version->period, row_.month));
    MonthJudge judge(d_.facts, d_.terms, as_of);
    return judge.judge_known_on(*version, row_.month, as_of).ask == Ask::required;
  }

  const ClientDay& d_;
  const MonthRow& row_;
};

void add_streak(const ClientDay& d, std::vector<Obligation>& out) {
  const auto rows = streak_rows(d);
  if (rows.empty()) return;
  const MonthRow& first = *rows.front();
  const MonthRow& latest = *rows.back();
  Obligation o = make(d, ObligationKind::streak, to_string(first.month), first.due_by + days{1});
  set_due(o, first.due_by);
  if (const auto arose = Arising(d, first).day()) {
    o.count_from = std::max(first.due_by, *arose + days{d.policy.lapse_response_days});
  }
  o.window_from = latest.window_from;
  for (const MonthRow* row : rows) o.months.push_back(row->month);
  explain_interval(o, latest);
  out.push_back(std::move(o));
}

// R12: when was this person last seen? Asked once, if the last month before we watched has no
// record.
void add_baseline(const ClientDay& d, std::vector<Obligation>& out) {
  const MonthRow* latest = nullptr;
  for (const MonthRow& row : d.months.rows) {
    if (row.before_watch && is_asked(row)) latest = &row;
  }
  if (!latest || is_met(*latest) || d.facts.watched_from > d.today) return;
  if (visited_since(d, latest->window_from)) return;
  Obligation o =
      make(d, ObligationKind::baseline, to_string(d.facts.watched_from), d.facts.watched_from);
  set_due(o, d.facts.watched_from + days{d.policy.baseline_days});
  o.window_from = latest->window_from;
  o.months = {latest->month};
  out.push_back(std::move(o));
}

// ---- safety checks
// --------------------------------------------------------------------------------

// Who is away cannot be looked in on, and nobody is told meanwhile: the answer to what lapsed in a
// suspension is due as long after its end.
Day answerable_from(const ClientDay& d, Day opened) {
  Day from = opened;
  for (const Suspension& s : d.facts.suspensions) {
    const bool opened_in_it = s.until && s.from <= from && from <= *s.until;
    if (opened_in_it && *s.until < d.today) from = *s.until;
  }
  return from;
}

void add_lapse(const ClientDay& d, const Check& check, std::vector<Obligation>& out) {
  if (auto o = lapse_of(check, d)) out.push_back(std::move(*o));
}

void add_concerns(const ClientDay& d, const Check& check, std::vector<Obligation>& out) {
  const CheckIn* word = nullptr;  // the latest that says anything
  for (const CheckIn& c : check.check_ins) {
    if (c.on <= d.today && c.outcome != Outcome::unreachable) word = &c;
  }
  for (const CheckIn& c : check.check_ins) {
    if (c.on > d.today || c.outcome != Outcome::concern) continue;
    if (concern_answered_on(d.facts, c, d.today)) continue;
    const bool before_watch = c.on < check.watched_from;
    if (before_watch && &c != word) continue;
    if (goes_on_with_open(d.facts, check, c, d.today)) continue;
    Obligation o = make(d, ObligationKind::concern, check.code + "/" + to_string(c.at), c.on);
    set_due(
        o, before_watch ? check.watched_from + days{d.policy.lapse_response_days} : c.on + days{3});
    o.key = concern_key(d.facts.code, check.code, c.at);
    o.check = check.code;
    o.quiet = before_watch;
    out.push_back(std::move(o));
  }
}

void add_check_in(const ClientDay& d, const Check& check, std::vector<Obligation>& out) {
  const CheckTerms& terms = current(check).terms;
  if (!d.directory.active(terms.provider, d.today)) return;
  const CheckStanding s = standing(terms, check.check_ins, d.today);
  if (s.expected < check.watched_from || !awaits_check_in(check.check_ins, s, d.today)) return;
  Obligation o =
      make(d, ObligationKind::check_in, check.code + "/" + to_string(s.expected), s.expected);
  o.window_from = s.expected - days{1};
  o.check = check.code;
  o.provider = terms.provider;
  out.push_back(std::move(o));
}

// ---- decisions and people
// -------------------------------------------------------------------------

void add_renewal_or_expired(const ClientDay& d, std::vector<Obligation>& out) {
  const PeriodVersion* begun = nullptr;
  const PeriodVersion* next = nullptr;
  for (const PeriodVersion* v : current_periods(d.facts)) {
    if (v->period.start <= d.today) begun = v;
    if (v->period.start > d.today && !next) next = v;
  }
  if (!begun) return;
  const Day end = begun->period.end;
  if (end < d.today) {
    Obligation o = make(d, ObligationKind::expired, to_string(end), end + days{1});
    set_due(o, end);
    out.push_back(std::move(o));
    return;
  }
  const auto& notices = d.policy.renewal_notice_days;
  const bool leaves_by_then = d.facts.ended_on && *d.facts.ended_on <= end;
  if (next || notices.empty() || leaves_by_then) return;
  const Day opened = end - days{*std::max_element(notices.begin(), notices.end())};
  if (opened - kMovedEarlier > d.today) return;
  Obligation o = make(d, ObligationKind::renewal, to_string(end), opened);
  set_due(o, end);
  out.push_back(std::move(o));
}

// The day since which nobody is responsible: the first of the run of versions that ends today.
Day unassigned_since(const ClientDay& d) {
  const auto& versions = d.facts.versions;
  const ClientVersion& now = version_on(d.facts, d.today);
  if (unassigned(d.directory, now.case_manager, d.today) == Unassigned::has_left) {
    return std::max(*d.directory.staff(now.case_manager)->until + days{1}, now.known_from);
  }
  std::size_t i = static_cast<std::size_t>(&now - versions.data());
  while (i > 0 && unassigned(d.directory, versions[i - 1].case_manager, versions[i].known_from)) {
    --i;
  }
  return versions[i].known_from;
}

void add_unassigned(const ClientDay& d, std::vector<Obligation>& out) {
  if (!lacks_case_manager(d.facts, d.directory, d.today)) return;
  const Day since = unassigned_since(d);
  Obligation o = make(d, ObligationKind::unassigned, to_string(since), since);
  set_due(o, since + days{7});
  out.push_back(std::move(o));
}

// Did `s` keep a month from being asked for, or a check from being answered?
bool lost_something(const ClientDay& d, const Suspension& s) {
  const bool month =
      std::any_of(d.months.rows.begin(), d.months.rows.end(), [&](const MonthRow& row) {
        return row.state == MonthState::suspended && row.due_by >= s.from && row.due_by <= *s.until;
      });
  return month ||
         std::any_of(d.facts.checks.begin(), d.facts.checks.end(), [&](const Check& check) {
           const auto all = lapses(check, *s.until);
           return !all.empty() && !all.back().closed;
         });
}

// The latest suspension that has ended, if it, or one before it after which nobody went either,
// lost something: whoever is away again before the visit must still be visited.
const Suspension* to_return_from(const ClientDay& d) {
  const Suspension* last = nullptr;
  bool lost = false;
  for (const Suspension& s : d.facts.suspensions) {
    if (!s.until || *s.until >= d.today) continue;
    if (!last || *s.until > *last->until) last = &s;
    lost = lost || (!visited_since(d, *s.until) && lost_something(d, s));
  }
  return lost && !visited_since(d, *last->until) ? last : nullptr;
}

void add_suspension(const ClientDay& d, std::vector<Obligation>& out) {
  if (const Suspension* standing_now = suspension_on(d.facts, d.today)) {
    Obligation o = make(d, ObligationKind::suspension_standing, to_string(standing_now->from),
                        standing_now->from);
    out.push_back(std::move(o));
    return;
  }
  const Suspension* last = to_return_from(d);
  if (!last) return;
  Obligation o = make(d, ObligationKind::return_, to_string(last->from), *last->until + days{1});
  set_due(o, *last->until + days{14});
  o.window_from = *last->until;
  out.push_back(std::move(o));
}

// ---- end of service, as reported ----------------------------------------------------------------

void add_end_report(const ClientDay& d, std::vector<Obligation>& out) {
  const EndReport* report = standing_end_report(d.facts, d.today);
  if (!report) return;
  Obligation o = make(d, ObligationKind::end_report, std::to_string(report->id), report->made_on);
  set_due(o, report->made_on + kEndReportWaits);
  o.window_from = report->on;
  out.push_back(std::move(o));
}

}  // namespace

days monitoring_horizon(const Policy& policy) {
  int earliest = 0;
  for (const Stage& stage : policy.stages) earliest = std::min(earliest, stage.days);
  return kMovedEarlier - days{earliest};
}

std::optional<Unassigned> lacks_case_manager(const ClientFacts& facts, const Directory& directory,
                                             Day today) {
  if (looks_after_itself(facts, today)) return {};
  return unassigned(directory, version_on(facts, today).case_manager, today);
}

std::optional<Obligation> lapse_of(const Check& check, const ClientDay& d) {
  const CheckTerms& terms = current(check).terms;
  if (terms.until && *terms.until < d.today) return {};
  const auto all = lapses(check, d.today);
  if (all.empty() || all.back().closed) return {};
  const Lapse& lapse = all.back();
  if (contacted_since(d, lapse.opened)) return {};
  Obligation o =
      make(d, ObligationKind::lapse, check.code + "/" + to_string(lapse.opened), lapse.opened);
  o.quiet = lapse.opened <= check.watched_from;
  const Day asked = o.quiet ? check.watched_from : lapse.opened;
  set_due(o, answerable_from(d, asked) + days{d.policy.lapse_response_days});
  o.check = check.code;
  o.last_ok = lapse.last_ok;
  return o;
}

const CheckIn* open_concern(const ClientFacts& facts, const Check& check, Day today) {
  const auto is_open = [&](const CheckIn& c) {
    return c.outcome == Outcome::concern && c.on >= check.watched_from && c.on <= today &&
           !concern_answered_on(facts, c, today) && !goes_on_with_open(facts, check, c, today);
  };
  const auto found = std::find_if(check.check_ins.rbegin(), check.check_ins.rend(), is_open);
  return found == check.check_ins.rend() ? nullptr : &*found;
}

std::vector<Obligation> live_obligations(const ClientDay& d) {
  std::vector<Obligation> out;
  if (service_over(d.facts, d.today)) return out;
  out.reserve(8);
  for (const Check& check : d.facts.checks) add_concerns(d, check, out);
  for (const Check& check : d.facts.checks) add_lapse(d, check, out);
  add_suspension(d, out);
  add_end_report(d, out);
  add_streak(d, out);
  add_monitoring(d, out);
  add_baseline(d, out);
  add_renewal_or_expired(d, out);
  add_unassigned(d, out);
  for (const Check& check : d.facts.checks) add_check_in(d, check, out);
  return out;
}

}  // namespace omamori
