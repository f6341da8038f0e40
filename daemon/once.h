// One round of everything, in the order the loops will drive it: decide → compose → send → record.
// What `omamorid --once` does.
#pragma once

#include <string>

#include "daemon/compose.h"
#include "daemon/decide.h"
#include "daemon/deliver.h"
#include "daemon/service.h"

namespace omamori {

struct OnceReport {
  std::string refused;  // not empty: nothing was done, for this reason
  DecideReport decided;
  ComposeReport composed;
  DeliverReport delivered;
  std::size_t still_owed = 0;
  std::optional<Instant> next;  // when something may be due again

  // Rows of all steps that were left out because they cannot be read.
  std::vector<std::string> unreadable() const;
};

// `refused` if the clock is behind the last instant acted on: a wrong clock is held, not obeyed
// (P6).
OnceReport run_once(Service& service, const Outlets& outlets, const Act& act);

// For the one who ran it: who was told what, what was not and why, and what comes next. Codes only.
std::string once_text(const OnceReport& report, Service& service);

}  // namespace omamori
