// What the daemon does, as lines of its log: plans, deliveries, settings taken over. Codes and
// numbers only (P7). Used from the loop's thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "daemon/delivery/delivery_loop.h"
#include "daemon/model/time_zone.h"
#include "daemon/reminders/reminder_loop.h"
#include "daemon/settings/reload.h"

namespace omamori {

class EventLog {
 public:
  explicit EventLog(const Zone& zone) : zone_(zone) {}

  // Of one step of the reminder loop. `stuck`: everybody who finds no way, each named once until
  // nobody is.
  void reminders(const ReminderReport& report, const std::vector<Stuck>& stuck);
  static void delivered(const Delivered& delivered);
  static void reloaded(const Reloaded& done);

 private:
  const Zone& zone_;
  std::set<std::string> stuck_named_;  // persons
};

}  // namespace omamori
