// Writes down what came by a link, once: the same form again is answered from what was kept. Loop
// thread; writes to the store.
#pragma once

#include <string>
#include <variant>

#include "daemon/recording/act_form.h"
#include "daemon/recording/act_holder.h"

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

}  // namespace omamori
