// P2 and what must be known to be live, from the facts alone.
#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/month_states.h"
#include "tests/sim/promises.h"

namespace omamori::sim {
namespace {

using std::chrono::days;

// Is somebody looking in on day `d`, as one would say it: agreed, in force, the last word an ok,
// and not longer ago than every + grace. A concern on any check in force and nobody counts.
bool alive(const ClientFacts& facts, Day d) {
  bool one_is = false;
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = check.versions.back().terms;
    if (!terms.agreed_on || *terms.agreed_on > d || d < terms.from) continue;
    if (terms.until && *terms.until < d) continue;
    const CheckIn* last = nullptr;
    for (const CheckIn& c : check.check_ins) {
      if (c.on <= d && c.outcome != Outcome::unreachable) last = &c;
    }
    if (!last) continue;
    if (last->outcome == Outcome::concern) return false;
    one_is |= d <= last->on + days{terms.every_days + terms.grace_days};
  }
  return one_is;
}

// The months of a plain standby decision, every three, counted back from its end (R1, R2).
std::vector<Month> plain_months(const Period& period) {
  std::vector<Month> found;
  for (Month m = month_of(period.end); m > month_of(period.start); m -= std::chrono::months{3}) {
    found.push_back(m);
  }
  return found;
}

bool is_plain(const Period& p) {
  return p.plan_kind == PlanKind::standby_short_stay && p.monitoring_months.empty() &&
         p.decision_kind == DecisionKind::renewal &&
         (!p.interval_months || *p.interval_months >= 3);
}

// An override of the policy that was ever in force.
bool has_own_interval(const Moment& moment, const std::string& client) {
  for (const TermsVersion& version : moment.planning.terms) {
    for (const Override& one : version.terms.overrides) {
      if (one.client == client) return true;
    }
  }
  return false;
}

bool answered_since(const ClientFacts& facts, Day today, Day day, bool by_contact) {
  const auto since = [&](const auto& record) { return record.on >= day && record.on <= today; };
  return std::any_of(facts.visits.begin(), facts.visits.end(), since) ||
         (by_contact && std::any_of(facts.contacts.begin(), facts.contacts.end(), since));
}

bool is_live(const Page& page, const std::string& beginning) {
  return std::any_of(page.known.begin(), page.known.end(), [&](const KnownObligation& k) {
    return k.obligation.key.starts_with(beginning);
  });
}

}  // namespace

void check_known(const Moment& moment, const Page& page, const ClientMonths& months,
                 Broken& broken) {
  const ClientFacts& facts = page.facts;
  const Day today = moment.today;
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = check.versions.back().terms;
    if (!terms.agreed_on || terms.from > today || terms.until.value_or(today) < today) continue;
    Day confirmed = terms.from;
    for (const CheckIn& c : check.check_ins) {
      if (c.on <= today && c.outcome == Outcome::ok) confirmed = std::max(confirmed, c.on);
    }
    const Day opened = confirmed + days{terms.every_days + terms.grace_days + 1};
    if (opened > today || answered_since(facts, today, opened, true)) continue;
    // By what nobody has voided it opened then; it came to light when the last of that was voided.
    const bool on_that_day = check.voided.empty();
    const std::string key =
        facts.code + "/lapse/" + check.code + "/" + (on_that_day ? to_string(opened) : "");
    if (!is_live(page, key)) broken.add("P1b", key + " is not known");
  }
  for (const MonthRow& row : months.rows) {
    if (row.before_watch || !is_asked(row) || is_met(row) || row.due_by >= today) continue;
    if (answered_since(facts, today, row.window_from, false)) continue;
    if (!is_live(page, facts.code + "/streak/")) {
      broken.add("P1b",
                 facts.code + ": nobody came in " + to_string(row.month) + ", and no streak");
    }
  }
}

void check_intervals(const Moment& moment, const Page& page, const ClientMonths& months,
                     Broken& broken) {
  const ClientFacts& facts = page.facts;
  for (const MonthRow& row : months.rows) {
    const Day judged = std::min(moment.today, row.due_by);
    if (row.state == MonthState::waived && judged >= facts.watched_from && !alive(facts, judged)) {
      broken.add("P2", facts.code + ": " + to_string(row.month) + " is waived, and on " +
                           to_string(judged) + " nobody looks in");
    }
  }
  for (const PeriodVersion* version : current_periods(facts)) {
    if (!is_plain(version->period) || has_own_interval(moment, facts.code)) continue;
    for (const Month month : plain_months(version->period)) {
      // Whoever leaves before it is over need not be seen in it.
      const Day due = std::min(last_day(month), version->period.end);
      if (facts.ended_on && *facts.ended_on < due) continue;
      const auto row = std::find_if(months.rows.begin(), months.rows.end(), [&](const MonthRow& r) {
        return r.month == month && r.period_start == version->period.start;
      });
      if (row == months.rows.end()) {
        broken.add("P2", facts.code + ": " + to_string(month) + " is neither required nor waived");
      }
    }
  }
}

}  // namespace omamori::sim
