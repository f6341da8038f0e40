// The weekly message comes up: its obligation and what each supervisor is owed of it, in one
// transaction, so that a kill leaves all of it or nothing and nobody is told twice.
#pragma once

#include <optional>

#include "daemon/reminders/context.h"

namespace omamori {

// Owes the latest weekly message whose slot has come, if there is one that was not yet. What was
// still owed of an earlier week ends with it, and weeks that passed in a downtime are written down
// as not told. A slot before the policy first named this weekday has not come. When to call again;
// nothing: the policy says "never".
std::optional<Instant> owe_weekly(Service& service, const Act& act);

}  // namespace omamori
