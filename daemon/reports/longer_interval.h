// Whose interval is longer here than on the certificate (受給者証): the city has to write it there,
// or somebody who reads the certificate expects more visits than are made. Pure.
#pragma once

#include <optional>
#include <string>

#include "daemon/rules/obligations.h"

namespace omamori {

struct LongerInterval {
  Period period;      // the decision of today
  int usual = 0;      // months by the certificate, else by the office or the standard
  int here = 0;       // months
  Day since{};        // without a break; not before the decision
  BasisOf basis;      // why: a safety check, or an override of policy.toml
  std::string check;  // "" for an override
  std::optional<Day> agreed_on;
  std::string reason;  // of the override, as it stands in policy.toml; free text, never sent
};

// As of `day.today`. Nothing: it is not longer, there is no interval (self plan, months on the
// certificate), or no decision is in force.
std::optional<LongerInterval> longer_interval(const ClientDay& day);

}  // namespace omamori
