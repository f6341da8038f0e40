// Writes down what came by a link, once: the same form again is answered from what was kept. Loop
// thread; writes to the store.
#pragma once

#include <string>
#include <variant>

#include "daemon/web/act_form.h"
#include "daemon/web/act_holder.h"

namespace omamori {

// What was recorded, and what it means.
struct ActDone {
  DoorAct act;
  Said means;
  std::string nonce;  // undoes it until `undo_until`; "" = it was a record already
  Instant undo_until{};
};

// Refused: nothing was written.
std::variant<ActDone, FormError> record_act(const ActHolder& holder, const ActForm& form,
                                            Service& service);

// The record is voided, by who made it, within 30 minutes and once. What it was, or nothing: no
// such nonce, too late, undone already.
std::optional<DoorAct> undo_act(const ActHolder& holder, const std::string& nonce,
                                Service& service);

}  // namespace omamori
