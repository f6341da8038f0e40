// A concern or a lapse that nobody answers is told to one further person after the other (RULES.md
// section 4, "Somebody must have read it"). Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "config/policy.h"
#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/recipients.h"
#include "daemon/rules/reminder_times.h"

namespace omamori {

// Does it climb at all? What is quiet does not, and not while the plan is a self plan.
bool climbs(const Obligation& obligation, const ClientFacts& facts, Day today);

// The stage at which somebody is told that nobody has answered: the same rank for everybody, so
// that nobody is told it twice. It lies behind "opened" and before whatever comes next.
int no_answer_rank(ObligationKind kind);

// Whose turn it is to be told, and when: one person, or all coordinators together. Without a
// person: when to look again, because what was to be told before is owed and nobody has accepted
// it.
struct ClimbingTurn {
  std::vector<Recipient> to;
  Instant at{};
};

// The next turn. `chain` is who is told one after the other, the one who acts as case manager
// first; `told` is what was told of this obligation since it opened, or came back after a
// withdrawal. Nothing: everybody has been told.
std::optional<ClimbingTurn> next_turn(const Obligation& obligation, const ClientFacts& facts,
                                      std::span<const Recipient> chain,
                                      std::span<const Telling> told, const SlotRules& rules,
                                      Instant now);

// The earliest instant at which the turn after one that is told at `now` can come.
Instant earliest_turn_after(Instant now, const Obligation& obligation, const SlotRules& rules);

// The occurrence that a turn is, as a stage of its own.
Occurrence occurrence_of(const ClimbingTurn& turn, const Obligation& obligation, const Zone& zone);

}  // namespace omamori
