// One round of everything: both loops are driven until nothing is left to do at this instant. What
// `omamorid --once` does.
#pragma once

#include <string>

#include "daemon/delivery/delivery_loop.h"
#include "daemon/reminders/reminder_loop.h"

namespace omamori {

struct OnceReport {
  std::string refused;  // not empty: nothing was told but this, for this reason
  DecideReport decided;
  ComposeReport composed;
  std::vector<Delivered> delivered;
  std::vector<Stuck> stuck;
  std::vector<std::string> unreadable_messages;
  std::size_t held = 0;  // messages that are due, but [delivery] hold = true
  std::size_t still_owed = 0;
  std::optional<Instant> next;  // when something may be due again

  // Rows of all steps that were left out because they cannot be read.
  std::vector<std::string> unreadable() const;
};

// `refused` if the clock is behind the last instant acted on: a wrong clock is held, not obeyed
// (P6). `act.now` is the instant; it does not move meanwhile.
OnceReport run_once(Service& service, std::vector<InlineCouriers::Line> outlets, const Act& act);

// For the one who ran it: who was told what, what was not and why, and what comes next. Codes only.
std::string once_text(const OnceReport& report, Service& service);

}  // namespace omamori
