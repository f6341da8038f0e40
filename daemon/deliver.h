// The last two committed steps of telling: send and record. An attempt is written down before its
// first byte leaves, so a kill in between is known to be of unknown outcome.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/reminders/context.h"
#include "daemon/text/templates.h"
#include "notifiers/notifier.h"

namespace omamori {

// The ways out that are configured. Null = not configured.
struct Outlets {
  Notifier* email = nullptr;
  Notifier* file = nullptr;
  Notifier* at(Channel channel) const;
};

struct Delivered {
  std::string message;
  std::string staff;
  Channel channel = Channel::email;
  std::vector<std::string> lines;  // "C-1/streak/2026-06 overdue"
  AttemptOutcome outcome = AttemptOutcome::sent;
  std::string reply;
};

struct DeliverReport {
  std::vector<Delivered> attempts;
  std::size_t held = 0;                 // due, but [delivery] hold = true
  std::vector<std::string> unreadable;  // messages that stay because a row cannot be read
};

// Sends every message that is due at `act.now`, one after the other, and records each outcome
// before the next begins.
DeliverReport deliver_due(Service& service, const Outlets& outlets, const Act& act,
                          const Templates& templates);

}  // namespace omamori
