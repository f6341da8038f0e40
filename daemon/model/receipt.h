// What was recorded by a link, as whoever it is attributed to reads it (RULES.md section 3, P8): a
// link can be forwarded, and nobody is to speak for somebody else unnoticed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/door_act_kind.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"

namespace omamori {

// Of a page of attendance: how many people it was about, by outcome.
struct ReceiptOfCheckIns {
  std::string check;  // of one; "" = of several
  int ok = 0, concern = 0, unreachable = 0;
  bool operator==(const ReceiptOfCheckIns&) const = default;
};

struct Receipt {
  std::string client;  // "" = several
  std::string staff;   // for whom the link was made
  std::string at;      // when it came, local: "2026-06-01 08:59"
  DoorActKind act = DoorActKind::visited;
  std::optional<Day> on;
  std::optional<Day> until;                    // of an absence
  bool awaits_confirmation = false;            // of the end of service: a supervisor is asked
  std::string record;                          // as `void` names it: "contact 12"
  std::vector<ObligationKind> ended;           // what it ended: concern, lapse
  std::optional<ReceiptOfCheckIns> check_ins;  // instead of `act`
  bool operator==(const Receipt&) const = default;
};

}  // namespace omamori
