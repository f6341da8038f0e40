#include "daemon/reports/telling_effect.h"

#include <algorithm>

#include "daemon/reports/visit_timeliness.h"

namespace omamori {

std::optional<double> TellingEffect::share() const {
  if (judged() == 0) return {};
  return static_cast<double>(seen) / judged();
}

std::optional<double> TellingEffect::median_days() const { return median_of(days_until); }

void TellingEffect::add(const ToldMonth& one, const std::vector<Visit>& visits, Day today) {
  ++told;
  std::optional<Day> first;  // on or after the day it was told
  bool before = false;
  for (const Visit& visit : visits) {
    if (visit.on > today) continue;
    if (visit.on >= one.told_on) {
      first = std::min(first.value_or(visit.on), visit.on);
    } else if (visit.on >= one.visit_from) {
      before = true;
    }
  }
  if (before) {
    ++seen_before;
  } else if (first && *first <= one.told_on + kSeenWithin) {
    ++seen;
    days_until.push_back(static_cast<int>((*first - one.told_on).count()));
  } else if (today <= one.told_on + kSeenWithin) {
    ++pending;
  }
}

void TellingEffect::add(const TellingEffect& other) {
  told += other.told;
  seen += other.seen;
  pending += other.pending;
  seen_before += other.seen_before;
  days_until.insert(days_until.end(), other.days_until.begin(), other.days_until.end());
}

void EffectByStage::add(const ToldMonth& one, const std::vector<Visit>& visits, Day today) {
  const auto [place, is_new] = stages_.try_emplace(one.stage);
  Row& row = place->second;
  row.stage = one.stage;
  row.days = is_new ? one.days : std::min(row.days, one.days);
  row.effect.add(one, visits, today);
}

std::vector<EffectByStage::Row> EffectByStage::rows() const {
  std::vector<Row> found;
  for (const auto& [stage, row] : stages_) found.push_back(row);
  std::stable_sort(found.begin(), found.end(),
                   [](const Row& a, const Row& b) { return a.days < b.days; });
  return found;
}

}  // namespace omamori
