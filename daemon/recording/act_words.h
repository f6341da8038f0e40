// The words of the choices on the page of a link. Pure.
#pragma once

#include <string>

#include "daemon/model/door_act_kind.h"
#include "daemon/model/obligation.h"

namespace omamori {

struct ActWords {
  std::string label;   // what it is
  std::string hint;    // what it means
  std::string day;     // whose day is asked for; "" = none is
  std::string button;  // what the button does
};

// `supervises`: a word that service has ended ends it.
ActWords act_words(DoorActKind act, ObligationKind about, bool supervises, Language language);

}  // namespace omamori
