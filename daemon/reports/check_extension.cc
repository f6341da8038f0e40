#include "daemon/reports/check_extension.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"

namespace omamori {

const Terms& terms_on(std::span<const TermsVersion> history, Day day) {
  const Terms* found = &history.front().terms;
  for (const TermsVersion& version : history) {
    if (version.known_from <= day) found = &version.terms;
  }
  return *found;
}

CheckReach reach_of(const ClientDay& d, const Check& check) {
  const PeriodVersion* version = period_for(d.facts, d.today);
  if (!version) return {};
  const Period& period = version->period;
  const Terms& terms = terms_on(d.terms, d.today);
  const Month month = month_of(std::clamp(d.today, period.start, period.end));
  const AskedFor asked =
      requested(terms, d.facts.code, version_on(d.facts, d.today).office, period, month);
  const Extension alone{&check.code, version_on(check, d.today).terms.extends_to, true, false};
  const Interval kept = interval_of(period.plan_kind, asked, terms, std::span(&alone, 1));
  // The months of a certificate are the city's; no check changes them (R4).
  if (!period.monitoring_months.empty()) return {};
  const Interval now = interval_now(d.facts, d.terms, period.start, d.today).interval;
  return {kept.base, kept.months, now.check && *now.check == check.code};
}

}  // namespace omamori
