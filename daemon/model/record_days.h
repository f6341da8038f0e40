// Which days a record may be of. Pure.
#pragma once

#include <string>

#include "daemon/model/facts.h"

namespace omamori {

// "" or why nothing is recorded of that day: it is more than two years before `first_period`, the
// day on which the client's first decision period begins (RULES.md, R12).
std::string why_before_records(Day first_period, Day on);

}  // namespace omamori
