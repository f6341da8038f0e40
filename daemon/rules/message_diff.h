// Which messages come, stay out, or come on another day when a client is told by another policy:
// two forecasts side by side. Pure.
#pragma once

#include <optional>
#include <vector>

#include "daemon/model/time_zone.h"
#include "daemon/rules/forecast.h"

namespace omamori {

struct MessageChange {
  // One of them is missing where the message is additional, or comes no longer.
  std::optional<Foretold> before, after;
};

// What of `before` and `after` differs, by the day on which it is told; ascending. The same message
// is one about the same obligation to the same person: of the same rank (days from due-by, as
// "told" is compared), else of a stage of the same name. Another hour of the same day is no
// difference.
std::vector<MessageChange> compare_messages(const std::vector<Foretold>& before,
                                            const std::vector<Foretold>& after, const Zone& zone);

}  // namespace omamori
