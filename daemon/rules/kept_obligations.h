// Obligations that keep the key under which they were told although a record came later that would
// give them another. Pure.
#pragma once

#include <span>
#include <vector>

#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/obligations.h"

namespace omamori {

const KnownObligation* find_known(std::span<const KnownObligation> known, const std::string& key);

// Lapses that were told keep their day: one of the same check that seems to have begun earlier is
// the same one. One that began later, by a record in between, takes the place of the former.
// `known` was live before, `live` is what the facts of `day` say.
void keep_lapses(std::span<const KnownObligation> known, const ClientDay& day,
                 std::vector<KnownObligation>& live);

// A lapse that was taken back and comes back because the record was void is the same one: it is
// told in a further round, and not as one of the day of the voiding. `told` is the client's.
void keep_withdrawn_lapses(std::span<const KnownObligation> known, std::span<const Telling> told,
                           const ClientDay& day, std::vector<KnownObligation>& live);

// The end of a decision whose day was corrected is the same end: who was told of it is not told
// again, unless it moved by more than there was to the next stage. `told` is the client's.
void keep_decision_ends(std::span<const KnownObligation> known, std::span<const Telling> told,
                        const ClientDay& day, std::vector<KnownObligation>& live);

}  // namespace omamori
