// One turn of both loops in their order: what there is to tell is decided and composed, then sent
// and recorded. The daemon, a single round and the tests drive the loops by this; what differs is
// who calls it again, and when. Used from the loops' thread.
#pragma once

#include <functional>
#include <optional>

#include "daemon/delivery/delivery_loop.h"
#include "daemon/reminders/reminder_loop.h"

namespace omamori {

struct Turn {
  std::optional<Instant> next;  // when to take the next one; nothing: only an event brings more
  // A message that could not be read was set aside: what it carried is free and can be composed
  // again at once.
  bool freed = false;

  // Is there more to do at this instant?
  bool more(Instant now) const { return freed || (next && *next <= now); }
};

// While the clock is held nothing leaves but what tells the operator so. `decided` is called
// between the loops: before anything leaves, with the report of the reminder loop complete.
Turn take_turn(ReminderLoop& reminders, DeliveryLoop& delivery,
               const std::function<void()>& decided = {});

// The service is stopping: nothing is decided and nothing new leaves; what comes back is recorded.
Turn take_last_turn(DeliveryLoop& delivery);

}  // namespace omamori
