// The next day on which something about a client may change by itself, with nobody recording
// anything: promise P1(a). Pure.
#pragma once

#include <optional>

#include "daemon/rules/obligations.h"

namespace omamori {

// The first such day after `day.today`; nothing if none is known.
std::optional<Day> next_change(const ClientDay& day);

}  // namespace omamori
