// What somebody filled in on the page of a link, read as values. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "daemon/doors/acts.h"
#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/web/target.h"

namespace omamori {

struct ActForm {
  DoorActKind act = DoorActKind::visited;
  Day on{};
  std::string by;    // who visited, where the holder of the link is not the case manager
  std::string note;  // stored, never sent
  bool operator==(const ActForm&) const = default;
};

// Nothing was recorded. `field`: the one that is wrong, "on", "by", "note"; "" = none of them.
struct FormError {
  std::optional<DoorActKind> act;  // whose form is shown open again
  std::string field;
  Said what;
  FormFields typed = {};  // shown again, so that nobody has to type it twice
};

// A day that nobody typed is refused: programs that follow links submit what they find (P8).
// Days as in CSV files, and "1/5": the nearest such day, of the past or, for a visit that is
// planned, ahead.
std::variant<ActForm, FormError> read_act_form(const FormFields& fields, ObligationKind about,
                                               bool needs_by, Day today);

}  // namespace omamori
