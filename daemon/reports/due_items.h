// What comes up for one client and what has gone wrong: the rows of `list due` and `list overdue`.
// Pure; the same facts and rules as the obligations (daemon/rules/obligations.h), but what is to
// come is seen further ahead than anybody is told of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/obligations.h"

namespace omamori {

// A month that is open or begins soon, or a safety check whose record is due.
struct DueItem {
  enum class What { month, check };
  What what = What::month;
  Day from{};  // month: the window begins; check: the day its record was expected
  Day by{};    // month: due-by; check: the last day before it lapses
  // month
  std::optional<Month> month;
  MonthState state = MonthState::planned;
  std::string obligation;  // key, as `ack` wants it
  std::optional<AnnouncedVisit> announced;
  // check
  CheckState check_state = CheckState::due;
  std::string check;
  std::string provider;
};
// Unmet months whose window begins on or before `until` and whose due-by has not passed, and the
// checks that are due on the day; by their last day. Nothing of a client whose service has ended.
std::vector<DueItem> due_items(const ClientDay& day, Day until);

// What is live and has gone wrong: concern, lapse, streak, return, baseline, expired.
std::vector<Obligation> overdue_obligations(const ClientDay& day);
// Since due-by; 0 while it has not passed.
int days_late(const Obligation& obligation, Day today);

}  // namespace omamori
