// How far one safety check makes the interval of its client (R6): what it is worth to the family.
// Pure.
#pragma once

#include "daemon/rules/obligations.h"

namespace omamori {

// Intervals in months; 0 = none (self plan, months of the certificate, no decision period).
struct CheckReach {
  int without = 0;         // without any check
  int with_it = 0;         // while this check alone is kept
  bool in_effect = false;  // it is this check that makes the interval longer today
};

// As of `day.today`, by the decision period of that day.
CheckReach reach_of(const ClientDay& day, const Check& check);

}  // namespace omamori
