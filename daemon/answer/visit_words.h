// What a visit did and why it closes nothing, in the words of JSON. Part of what programs read of
// `show`, `explain` and `list visits`: they do not change.
#pragma once

#include <string_view>

#include "daemon/rules/month_states.h"

namespace omamori {

// "closes", "closes_late", "extra".
std::string_view json_word(VisitVerdict::Kind kind);
// "already_done", "not_required", …; "" where it closes a month.
std::string_view json_word(VisitVerdict::Why why);

}  // namespace omamori
