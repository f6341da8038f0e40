#include "daemon/rules/climbing.h"

#include <algorithm>

#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// The instant at which so much time within urgent_hours has gone by since `from`.
Instant after_urgent_time(Instant from, seconds time, const SlotRules& rules) {
  for (;;) {
    from = slot_from(from, rules, Urgency::urgent);
    const Instant end = rules.zone.at(rules.zone.day_of(from), rules.policy.urgent_hours.until);
    if (end - from > time) return from + time;
    time -= std::max(seconds{0}, end - from);
    from = std::max(from, end);
  }
}

Urgency urgency_of(const Obligation& o) {
  return o.kind == ObligationKind::concern ? Urgency::urgent : Urgency::digest;
}

// How telling one person stands.
struct Heard {
  bool owed = false;
  bool any = false;
  std::optional<Instant> at;  // told
};

void add(Heard& heard, const Telling& t) {
  heard.any = true;
  heard.owed = heard.owed || t.owed;
  if (t.told_at && (!heard.at || *t.told_at < *heard.at)) heard.at = t.told_at;
}

// Coordinators stand side by side in the chain and have one turn.
std::size_t size_of_turn(std::span<const Recipient> chain) {
  if (chain.front().as != Role::coordinator) return 1;
  const auto end = std::find_if(chain.begin(), chain.end(),
                                [](const Recipient& r) { return r.as != Role::coordinator; });
  return static_cast<std::size_t>(end - chain.begin());
}

bool is_among(std::span<const Recipient> people, const std::string& staff) {
  return std::any_of(people.begin(), people.end(),
                     [&](const Recipient& r) { return r.staff == staff; });
}

}  // namespace

bool climbs(const Obligation& o, const ClientFacts& facts, Day today) {
  if (!needs_a_word(o) || o.quiet) return false;
  const PeriodVersion* period = period_for(facts, today);
  return !period || period->period.plan_kind != PlanKind::self_plan;
}

int no_answer_rank(ObligationKind kind) { return opened_rank(kind) + 2; }

// A concern after urgent_answer_after, a lapse on the next open day.
Instant earliest_turn_after(Instant told, const Obligation& o, const SlotRules& rules) {
  if (o.kind == ObligationKind::concern) {
    return after_urgent_time(told, rules.policy.urgent_answer_after, rules);
  }
  return slot_from(rules.zone.start_of(rules.zone.day_of(told) + days{1}), rules);
}

std::optional<ClimbingTurn> next_turn(const Obligation& o, const ClientFacts& facts,
                                      std::span<const Recipient> chain,
                                      std::span<const Telling> told, const SlotRules& rules,
                                      Instant now) {
  if (chain.empty()) return {};
  const ClimbingTurn later{{}, earliest_turn_after(now, o, rules)};
  // It begins with whoever acts as case manager, or was told in their place; where that was dropped
  // by hand, with whoever has heard of it.
  Heard first, anybody;
  for (const Telling& t : told) {
    add(anybody, t);
    if (t.staff == chain.front().staff || t.in_place) add(first, t);
  }
  if (first.any && !first.owed && !first.at) first = anybody;
  if (!first.at) return later;
  Instant last = *first.at;
  for (auto rest = chain.subspan(1); !rest.empty();) {
    const auto turn = rest.first(size_of_turn(rest));
    rest = rest.subspan(turn.size());
    Heard heard;
    for (const Telling& t : told) {
      const bool counts = t.days >= no_answer_rank(o.kind) || t.in_place;
      if (counts && is_among(turn, t.staff)) add(heard, t);
    }
    if (heard.at) {
      last = std::max(last, *heard.at);
    } else if (heard.owed) {
      return later;
    } else if (!heard.any) {
      Instant at = earliest_turn_after(last, o, rules);
      const Day today = rules.zone.day_of(now);
      if (const auto held = last_answered_day(facts, o, rules.policy, rules.workdays, today)) {
        const Instant over = rules.zone.start_of(*held + days{1});
        at = std::max(at, slot_from(over, rules, urgency_of(o)));
      }
      return ClimbingTurn{{turn.begin(), turn.end()}, at};
    }
  }
  return {};
}

Occurrence occurrence_of(const ClimbingTurn& turn, const Obligation& o, const Zone& zone) {
  Occurrence c;
  c.stage = kNoAnswerStage;
  c.days = no_answer_rank(o.kind);
  c.slot = turn.at;
  c.slot_day = zone.day_of(turn.at);
  c.urgency = urgency_of(o);
  return c;
}

}  // namespace omamori
