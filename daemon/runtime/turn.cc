#include "daemon/runtime/turn.h"

#include "daemon/model/time_math.h"

namespace omamori {

using Begin = DeliveryLoop::Begin;

Turn take_turn(ReminderLoop& reminders, DeliveryLoop& delivery,
               const std::function<void()>& decided) {
  const auto to_decide = reminders.step();
  if (decided) decided();
  delivery.abandon(reminders.report().fallen_back.too_long);
  const bool held = !reminders.clock_held().empty();
  const auto to_send = delivery.step(held ? Begin::trouble_only : Begin::everything);
  return {earlier(to_decide, to_send), !delivery.unreadable().empty()};
}

Turn take_last_turn(DeliveryLoop& delivery) {
  const auto to_send = delivery.step(Begin::nothing);
  return {to_send, !delivery.unreadable().empty()};
}

}  // namespace omamori
