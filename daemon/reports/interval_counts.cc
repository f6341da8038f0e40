#include "daemon/reports/interval_counts.h"

#include <algorithm>
#include <numeric>

#include "daemon/reports/longer_interval.h"

namespace omamori {

int IntervalCounts::people() const {
  return std::accumulate(by_interval.begin(), by_interval.end(), other + self_plan);
}

void IntervalCounts::add(const ClientDay& d) {
  if (service_over(d.facts, d.today)) return;
  const PeriodVersion* version = period_for(d.facts, d.today);
  if (!version || d.today < version->period.start || d.today > version->period.end) {
    ++no_decision;
    return;
  }
  if (version->period.plan_kind == PlanKind::self_plan) {
    ++self_plan;
    return;
  }
  if (longer_interval(d)) ++extended;
  const int months = interval_now(d.facts, d.terms, version->period.start, d.today).interval.months;
  const auto* surveyed = std::find(kSurveyedIntervals.begin(), kSurveyedIntervals.end(), months);
  if (surveyed == kSurveyedIntervals.end()) {
    ++other;
  } else {
    ++by_interval.at(static_cast<std::size_t>(surveyed - kSurveyedIntervals.begin()));
  }
}

void IntervalCounts::add(const IntervalCounts& other_counts) {
  for (std::size_t i = 0; i < by_interval.size(); ++i) {
    by_interval.at(i) += other_counts.by_interval.at(i);
  }
  other += other_counts.other;
  self_plan += other_counts.self_plan;
  no_decision += other_counts.no_decision;
  extended += other_counts.extended;
}

}  // namespace omamori
