#include "daemon/rules/month_grid.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

const OfficeInterval* office_interval(const Terms& terms, std::string_view office) {
  const auto at = std::lower_bound(
      terms.offices.begin(), terms.offices.end(), office,
      [](const OfficeInterval& o, std::string_view code) { return o.office < code; });
  return at != terms.offices.end() && at->office == office ? &*at : nullptr;
}

// How far one fulfilled check lets the interval grow, as a multiple of base; base if not at all.
int target_of(const Extension& extension, AskedFor request, const Terms& terms, int base) {
  int target = terms.extended_interval_months;
  if (extension.extends_to) {
    target = *extension.extends_to;
  } else if (request.months > terms.standard_interval_months) {
    target = request.months;
  }
  target = std::min(target, terms.max_interval_months);
  return std::max(base, target - target % base);
}

Interval standby_interval(AskedFor request, const Terms& terms,
                          std::span<const Extension> extensions) {
  const int standard = terms.standard_interval_months;
  if (request.months < standard) {
    return {request.months, request.months, {request.basis, false}, nullptr};
  }
  Interval k{standard, standard, {request.basis, request.months > standard}, nullptr};
  for (const Extension& extension : extensions) {
    if (!extension.fulfilled) continue;
    const int target = target_of(extension, request, terms, k.base);
    const bool earlier_code = k.check && target == k.months && *extension.check < *k.check;
    if (target <= k.months && !earlier_code) continue;
    if (target == k.base) continue;
    k.months = target;
    k.check = extension.check;
    k.basis = {Basis::safety_check, false};
  }
  return k;
}

// Is `month` on the grid of a check that would reach further than k, were it fulfilled?
bool on_lost_grid(const Period& period, Month month, const Interval& k, AskedFor request,
                  const Terms& terms, std::span<const Extension> extensions) {
  return std::any_of(extensions.begin(), extensions.end(), [&](const Extension& extension) {
    if (!extension.lost) return false;
    const int target = target_of(extension, request, terms, k.base);
    return target > k.months && on_grid(period, month, target, terms);
  });
}

}  // namespace

Day due_by(const Period& period, Month month) { return std::min(last_day(month), period.end); }

bool on_grid(const Period& period, Month month, int interval, const Terms& terms) {
  const Month start = month_of(period.start);
  const Month end = month_of(period.end);
  if (month < start || month > end) return false;
  if (month == end) return true;
  if (months_between(month, end) % interval != 0) return false;
  return month != start || interval == 1 || terms.include_start_month;
}

bool is_initial(const Period& period, Month month, const Terms& terms) {
  if (period.decision_kind == DecisionKind::renewal) return false;
  const int since = months_between(month_of(period.start), month);
  const int first = terms.initial_from_next_month ? 1 : 0;
  return since >= first && since < first + terms.initial_months && month <= month_of(period.end);
}

const Override* override_on(const Terms& terms, std::string_view client, Day day) {
  const auto after = std::upper_bound(terms.overrides.begin(), terms.overrides.end(), day,
                                      [&](Day d, const Override& o) {
                                        const int order = client.compare(o.client);
                                        return order != 0 ? order < 0 : d < o.from;
                                      });
  if (after == terms.overrides.begin()) return nullptr;
  const Override& o = *std::prev(after);
  const bool in_force = o.client == client && o.from <= day && (!o.until || day <= *o.until);
  return in_force ? &o : nullptr;
}

AskedFor requested(const Terms& terms, std::string_view client, std::string_view office,
                   const Period& period, Month month) {
  if (!terms.overrides.empty()) {
    if (const Override* o = override_on(terms, client, first_day(month))) {
      return {o->interval_months, Basis::override_};
    }
  }
  if (period.interval_months) return {*period.interval_months, Basis::certificate};
  if (!terms.offices.empty()) {
    if (const OfficeInterval* o = office_interval(terms, office)) {
      return {o->interval_months, Basis::office};
    }
  }
  return {terms.standard_interval_months, Basis::standard};
}

Interval interval_of(PlanKind kind, AskedFor request, const Terms& terms,
                     std::span<const Extension> extensions) {
  switch (kind) {
    case PlanKind::self_plan:
      return {0, 0, {Basis::self_plan, false}, nullptr};
    case PlanKind::regular:
      return {request.months, request.months, {request.basis, false}, nullptr};
    case PlanKind::standby_short_stay:
      return standby_interval(request, terms, extensions);
  }
  return {};
}

Requirement requirement(const Period& period, Month month, std::string_view client,
                        std::string_view office, const Terms& terms,
                        std::span<const Extension> extensions) {
  if (period.plan_kind == PlanKind::self_plan) {
    return {Ask::nothing, {0, 0, {Basis::self_plan, false}, nullptr}};
  }
  if (!period.monitoring_months.empty()) {
    const auto& listed = period.monitoring_months;
    const bool named = std::find(listed.begin(), listed.end(), month) != listed.end();
    return {named ? Ask::required : Ask::nothing, {0, 0, {Basis::explicit_months, false}, nullptr}};
  }
  if (is_initial(period, month, terms)) {
    return {Ask::required, {1, 1, {Basis::initial, false}, nullptr}};
  }
  const AskedFor request = requested(terms, client, office, period, month);
  const Interval k = interval_of(period.plan_kind, request, terms, extensions);
  if (on_grid(period, month, k.months, terms)) return {Ask::required, k};
  if (k.months == k.base || !on_grid(period, month, k.base, terms)) return {Ask::nothing, k};
  const bool lost = on_lost_grid(period, month, k, request, terms, extensions);
  return {lost ? Ask::required : Ask::waived, k};
}

}  // namespace omamori
