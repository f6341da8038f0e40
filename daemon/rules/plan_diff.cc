#include "daemon/rules/plan_diff.h"

#include <algorithm>

namespace omamori {
namespace {

// Rows ascend by (period_start, month), so this is one pass over both.
std::vector<MonthRow> asked_only_in(const std::vector<MonthRow>& rows,
                                    const std::vector<MonthRow>& others) {
  const auto before = [](const MonthRow& a, const MonthRow& b) {
    return a.period_start != b.period_start ? a.period_start < b.period_start : a.month < b.month;
  };
  std::vector<MonthRow> only;
  auto other = others.begin();
  for (const MonthRow& row : rows) {
    while (other != others.end() && before(*other, row)) ++other;
    const bool in_both = other != others.end() && !before(row, *other);
    // A suspended month is asked for by both or by none.
    const bool asked = row.state != MonthState::waived;
    const bool asked_there = in_both && other->state != MonthState::waived;
    if (asked && !asked_there) only.push_back(row);
  }
  return only;
}

const Obligation* find_key(const std::vector<Obligation>& all, const std::string& key) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Obligation& o) { return o.key == key; });
  return found == all.end() ? nullptr : &*found;
}

bool of_month_in(const Obligation& o, const std::vector<MonthRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const MonthRow& row) {
    return o.due_by == row.due_by && o.months.front() == row.month;
  });
}

std::vector<Obligation> live_only_in(const std::vector<Obligation>& live,
                                     const std::vector<Obligation>& others,
                                     const std::vector<MonthRow>& changed_months) {
  std::vector<Obligation> only;
  for (const Obligation& o : live) {
    if (find_key(others, o.key)) continue;
    if (o.kind == ObligationKind::monitoring && !of_month_in(o, changed_months)) continue;
    only.push_back(o);
  }
  return only;
}

}  // namespace

ClientPlan plan_of(const ClientFacts& client, const Settings& settings, Day today) {
  ClientPlan plan;
  ClientMonths months = judge_months(client, settings.terms, today);
  plan.live = live_obligations(
      {client, months, settings.terms, settings.directory, settings.policy, today});
  plan.months = std::move(months.rows);
  if (const PeriodVersion* period = period_for(client, today)) {
    const Interval k = interval_now(client, settings.terms, period->period.start, today).interval;
    plan.interval = {k.months, k.basis, k.check ? *k.check : std::string(), !client.checks.empty()};
  }
  return plan;
}

bool PlanChange::alters() const {
  return interval_before.months != interval_after.months || !months_added.empty() ||
         !months_removed.empty() || !opened.empty() || !ended.empty() || !moved.empty();
}

PlanChange compare_plans(const ClientPlan& before, const ClientPlan& after) {
  PlanChange change;
  change.interval_before = before.interval;
  change.interval_after = after.interval;
  change.months_added = asked_only_in(after.months, before.months);
  change.months_removed = asked_only_in(before.months, after.months);
  change.opened = live_only_in(after.live, before.live, change.months_added);
  change.ended = live_only_in(before.live, after.live, change.months_removed);
  for (const Obligation& o : before.live) {
    const Obligation* same = find_key(after.live, o.key);
    if (same && same->due_by != o.due_by) change.moved.push_back({o, *same});
  }
  return change;
}

Terms terms_about(const Terms& all, const ClientFacts& client) {
  Terms terms{all.standard_interval_months,
              all.extended_interval_months,
              all.max_interval_months,
              all.initial_months,
              all.include_start_month,
              all.initial_from_next_month,
              {},
              {}};
  for (const OfficeInterval& item : all.offices) {
    const bool own = std::any_of(client.versions.begin(), client.versions.end(),
                                 [&](const ClientVersion& v) { return v.office == item.office; });
    if (own) terms.offices.push_back(item);
  }
  const auto [first, last] = std::equal_range(
      all.overrides.begin(), all.overrides.end(), Override{client.code, 0, {}, {}, "", {}},
      [](const Override& a, const Override& b) { return a.client < b.client; });
  terms.overrides.assign(first, last);
  return terms;
}

bool may_alter_plans(const Policy& before, const Policy& after) {
  return before.terms != after.terms || before.lapse_response_days != after.lapse_response_days ||
         before.baseline_days != after.baseline_days ||
         before.renewal_notice_days != after.renewal_notice_days;
}

}  // namespace omamori
