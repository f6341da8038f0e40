// What a recorded act means, in a sentence for whoever recorded it. Pure.
#pragma once

#include "daemon/model/bilingual.h"
#include "db/door_records.h"

namespace omamori {

// It follows from what was kept alone, so that the same form is answered alike for ever.
Said meaning_of(const DoorAct& act);

}  // namespace omamori
