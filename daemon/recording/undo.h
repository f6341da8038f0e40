// How long what came by a link can be taken back, and by what. Pure.
#pragma once

#include <chrono>
#include <string>

#include "daemon/doors/token.h"
#include "daemon/model/time_zone.h"
#include "db/door_records.h"

namespace omamori {

inline constexpr std::chrono::minutes kUndo{30};

// Worked out anew for each answer, so that the same form gets the same page; without the key nobody
// can. All that one form recorded has the same one.
std::string undo_nonce(const TokenKey& key, const DoorAct& act);

// "08:30".
std::string clock_text(Instant at, const Zone& zone);

}  // namespace omamori
