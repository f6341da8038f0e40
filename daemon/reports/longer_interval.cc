#include "daemon/reports/longer_interval.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "daemon/model/calendar.h"
#include "daemon/reports/check_extension.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

using std::chrono::days;

class Decision {
 public:
  Decision(const ClientDay& d, const Period& period) : d_(d), period_(period) {}

  Interval here(Day day) const {
    return interval_now(d_.facts, d_.terms, period_.start, day).interval;
  }
  // As if there were no override.
  int usual(Day day) const {
    const std::string& office = version_on(d_.facts, day).office;
    return requested(terms_on(d_.terms, day), "", office, period_, month_of(day)).months;
  }

  // Since when the answer of today has held.
  Day longer_since() const {
    Day since = d_.today;
    for (const Day day : days_of_change()) {
      const Interval then = here(day);
      if (then.months <= usual(day) || (then.check && !knows(*then.check, day))) break;
      since = day;
    }
    return since;
  }

 private:
  // What was known with the client counts for the time before as well (R7); what came to be known
  // later does not.
  bool knows(const std::string& code, Day day) const {
    const Day begin = d_.facts.versions.front().known_from;
    return std::any_of(d_.facts.checks.begin(), d_.facts.checks.end(), [&](const Check& check) {
      return check.code == code && check.versions.front().known_from <= std::max(day, begin);
    });
  }

  // Days of the decision until today on which the interval could have changed, latest first.
  std::vector<Day> days_of_change() const {
    std::vector<Day> found{period_.start};
    for (Month m = month_of(period_.start); m <= month_of(d_.today); m += std::chrono::months{1}) {
      found.push_back(first_day(m));
    }
    for (const TermsVersion& t : d_.terms) found.push_back(t.known_from);
    for (const ClientVersion& v : d_.facts.versions) found.push_back(v.known_from);
    for (const Check& check : d_.facts.checks) add(check, found);
    std::erase_if(found, [&](Day day) { return day < period_.start || day > d_.today; });
    std::sort(found.begin(), found.end(), std::greater<>());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }
  static void add(const Check& check, std::vector<Day>& found) {
    for (const CheckVersion& v : check.versions) {
      found.insert(found.end(), {v.known_from, v.terms.from});
      if (v.terms.until) found.push_back(*v.terms.until + days{1});
      if (v.terms.agreed_on) found.push_back(*v.terms.agreed_on);
    }
    const CheckTerms& terms = current(check).terms;
    for (const CheckIn& c : check.check_ins) {
      found.insert(found.end(), {c.on, c.on + days{terms.every_days + terms.grace_days + 1}});
    }
  }

  const ClientDay& d_;
  const Period& period_;
};

}  // namespace

std::optional<LongerInterval> longer_interval(const ClientDay& d) {
  if (service_over(d.facts, d.today)) return {};
  const PeriodVersion* version = period_for(d.facts, d.today);
  if (!version || d.today < version->period.start || d.today > version->period.end) return {};
  const Decision decision(d, version->period);
  const Interval here = decision.here(d.today);
  const int usual = decision.usual(d.today);
  if (here.months <= usual) return {};
  LongerInterval found;
  found.period = version->period;
  found.usual = usual;
  found.here = here.months;
  found.since = decision.longer_since();
  found.basis = here.basis;
  if (here.check) {
    found.check = *here.check;
    for (const Check& check : d.facts.checks) {
      if (check.code == found.check) found.agreed_on = version_on(check, d.today).terms.agreed_on;
    }
    return found;
  }
  const Day first = first_day(month_of(d.today));
  if (const Override* o = override_on(terms_on(d.terms, d.today), d.facts.code, first)) {
    found.agreed_on = o->agreed_on;
    found.reason = o->reason;
  }
  return found;
}

}  // namespace omamori
