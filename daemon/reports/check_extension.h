// How far one safety check makes the interval of its client (R6): what it is worth to the family.
// Pure.
#pragma once

#include <span>

#include "config/policy.h"
#include "daemon/rules/obligations.h"

namespace omamori {

// Intervals in months; 0 = none (self plan, months of the certificate, no decision period).
struct CheckReach {
  int without = 0;         // without any check
  int with_it = 0;         // while this check alone is kept
  bool in_effect = false;  // it is this check that makes the interval longer today
};

// The settings known on `day`; before any were known, the first.
const Terms& terms_on(std::span<const TermsVersion> history, Day day);

// As of `day.today`, by the decision period of that day.
CheckReach reach_of(const ClientDay& day, const Check& check);

}  // namespace omamori
