// When an obligation is told, and to which roles: its stages as days, moved to open days, as slots.
// RULES.md section 4, "told" of the table, "Stages" and "Slots". Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/obligation.h"
#include "daemon/model/open_days.h"
#include "daemon/model/reminder.h"
#include "daemon/model/time_zone.h"

namespace omamori {

// One time one stage comes up.
struct Occurrence {
  std::string stage;
  int days = 0;  // from due-by (or from `opened` where there is none), repetitions included: the
                 // rank that "told" is compared by
  int repeat = 0;
  Day slot_day{};
  Instant slot{};
  std::span<const Role> to;       // of the policy, or of a list that stays
  bool coordinators_too = false;  // a lapse that comes to the core centre is theirs as well
  Urgency urgency = Urgency::digest;
  bool before_known = false;  // its own slot had passed when the obligation became known
};

// What the slots of one office's policy hang on.
struct SlotRules {
  const Policy& policy;
  const Workdays& workdays;
  const Zone& zone;
};

// Every occurrence of `obligation` whose slot is at or before `now`, at most the latest `limit` of
// each repeated stage, and the first one after `now` of each stage. Ascending by slot, then days.
// A slot before `known_since` (the obligation was not known then) moves to the first slot after it.
std::vector<Occurrence> occurrences(const Obligation& obligation, const SlotRules& rules,
                                    Instant known_since, Instant now, int limit = 8);

// The rank at which the kinds that need a word are told first.
int opened_rank(ObligationKind kind);

// Only a supervisor can end it (name a case manager, take somebody back): it is told to the
// supervisor also where they stand in for the case manager.
bool is_for_the_supervisor(ObligationKind kind);

// The first slot at or after `instant`: send_at on an open day (`any_day`: on any day).
Instant slot_from(Instant instant, const SlotRules& rules, bool any_day = false);
// The same for a message of that urgency: what is urgent goes within urgent_hours, and a message of
// its own on any day.
Instant slot_from(Instant instant, const SlotRules& rules, Urgency urgency);

}  // namespace omamori
