#include "daemon/rules/concern_answers.h"

#include <algorithm>

#include "daemon/model/check_in_order.h"

namespace omamori {

std::optional<Day> concern_answered_on(const ClientFacts& facts, const CheckIn& concern,
                                       Day today) {
  std::optional<Day> first;
  const auto look_at = [&](const auto& record) {
    const bool later = record.on > concern.on;
    const bool same_day = record.on == concern.on && record.recorded_at >= concern.at;
    if ((!later && !same_day) || record.on > today) return;
    if (!first || record.on < *first) first = record.on;
  };
  for (const Visit& visit : facts.visits) look_at(visit);
  for (const Contact& contact : facts.contacts) look_at(contact);
  return first;
}

bool is_settled(const ClientFacts& facts, const Check& check, const CheckIn& concern, Day today) {
  const bool ok_since =
      std::any_of(check.check_ins.begin(), check.check_ins.end(), [&](const CheckIn& c) {
        return c.outcome == Outcome::ok && c.on == concern.on && said_before(concern, c);
      });
  return ok_since || concern_answered_on(facts, concern, today);
}

}  // namespace omamori
