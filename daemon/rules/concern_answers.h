// Has somebody been seen or reached since a concern? (RULES.md section 4, `concern`). Pure.
#pragma once

#include <optional>

#include "daemon/model/facts.h"

namespace omamori {

// The day of the first visit or contact that answers it: one of a later day, or one of its own day
// that was recorded when the concern had come. Days have no hours: what was written down before it
// cannot be about it. Nothing: nobody has.
std::optional<Day> concern_answered_on(const ClientFacts& facts, const CheckIn& concern, Day today);

// Is it over, so that another of that day is a new one? Answered, or an ok of its day came after
// it.
bool is_settled(const ClientFacts& facts, const Check& check, const CheckIn& concern, Day today);

}  // namespace omamori
