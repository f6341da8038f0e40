// What can be answered by a link (P8): which kinds of obligation have one, and what fits each.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "daemon/model/obligation.h"

namespace omamori {

enum class DoorActKind {
  visited,     // モニタリング実施日: the day of a visit that took place
  will_visit,  // 訪問する予定: the day of one that is planned
  contacted,   // 連絡がとれた: the day on which the person was reached
  on_it,       // 対応します, of what is urgent: a word that somebody acts, and by which day
};

// "visited": the word of the form and of the store.
std::string_view to_word(DoorActKind act);
std::optional<DoorActKind> act_of_word(std::string_view word);

bool is_answered_by_link(ObligationKind kind);
// The likeliest first.
std::vector<DoorActKind> acts_for(ObligationKind kind);

}  // namespace omamori
