// Which months of one decision period are monitoring months, and by which interval: rules R1–R6 of
// RULES.md section 2. Pure arithmetic on one month at a time; who was seen when is
// daemon/rules/month_states.h.
//
// Sources: 施行規則 第6条の16; MHLW Q&A 2012-03-06 and 2017-03-31 (worked examples, tests/cases).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "config/policy.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"

namespace omamori {

// The last calendar day of the month, or the period's end if earlier (R5). A weekend is no excuse.
Day due_by(const Period& period, Month month);

// R1 and R2: is `month` reached from the period's last month in steps of `interval` backwards? For
// an interval above 1 the start month is left out (unless the terms include it, or it is the end
// month).
bool on_grid(const Period& period, Month month, int interval, const Terms& terms);

// R3: is `month` one of the first months of a new or changed decision?
bool is_initial(const Period& period, Month month, const Terms& terms);

// The override of `client` in force on `day`; null: none is. Overrides ascend by (client, from) and
// do not overlap.
const Override* override_on(const Terms& terms, std::string_view client, Day day);

// R6, first half: the interval somebody asked for, and who.
struct AskedFor {
  int months = 3;
  Basis basis = Basis::standard;
};
AskedFor requested(const Terms& terms, std::string_view client, std::string_view office,
                   const Period& period, Month month);

// A safety check of the client when the month is judged. Only a fulfilled one lengthens the
// interval; the others are listed because losing a check must never take a month away (P2): with
// two checks whose grids do not nest (9 and 6 months), the months of the lost longer one stay
// required besides the new ones. `check` lives as long as the facts.
struct Extension {
  const std::string* check = nullptr;
  std::optional<int> extends_to;
  bool fulfilled = true;
  bool lost = false;  // not fulfilled, but it was before in this decision period
};

// R6, second half: k of a month. `base` is k without any check; `check` the one that made it
// longer.
struct Interval {
  int months = 0;  // 0: no interval (explicit months, self plan)
  int base = 0;
  BasisOf basis;
  const std::string* check = nullptr;
};
Interval interval_of(PlanKind kind, AskedFor request, const Terms& terms,
                     std::span<const Extension> extensions);

// What is asked of one month.
enum class Ask { nothing, required, waived };
struct Requirement {
  Ask ask = Ask::nothing;
  Interval interval;
};
Requirement requirement(const Period& period, Month month, std::string_view client,
                        std::string_view office, const Terms& terms,
                        std::span<const Extension> extensions);

}  // namespace omamori
