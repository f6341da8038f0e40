// What somebody filled in on the page of a link, read as values. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/doors/acts.h"
#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/recording/form_fields.h"

namespace omamori {

// What is urgent waits no year: so far ahead a word and the end of an absence may lie.
inline constexpr std::chrono::days kFarthestWord{31};

struct ActForm {
  DoorActKind act = DoorActKind::visited;
  Day on{};                  // away: the first day; ended: the last of service; none for not_mine
  std::optional<Day> until;  // away: the last day
  std::string by;            // who visited, where the holder of the link is not the case manager
  std::string note;          // stored, never sent
  bool operator==(const ActForm&) const = default;
};

// Nothing was recorded. `field`: the one that is wrong, "on", "until", "by", "client", "note"; "" =
// none of them.
struct FormError {
  std::optional<DoorActKind> act;  // whose form is shown open again
  std::string field;
  Said what;
  FormFields typed = {};  // shown again, so that nobody has to type it twice
};

// Which page it came from: what is offered there, about whom.
struct FormPage {
  const std::vector<DoorActKind>& acts;
  const std::string& client;
  bool needs_by = false;  // of a visit: its holder is not the case manager
};

// A day, or for not_mine the client's code, that nobody typed is refused: programs that follow
// links submit what they find (P8). Days as in CSV files, and "1/5": the nearest such day, of the
// past or, for a visit that is planned, ahead.
std::variant<ActForm, FormError> read_act_form(const FormFields& fields, const FormPage& page,
                                               Day today);

}  // namespace omamori
