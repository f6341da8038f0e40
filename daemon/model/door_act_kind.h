// What somebody can say by a door (P8).
#pragma once

#include <optional>
#include <string_view>

namespace omamori {

enum class DoorActKind {
  visited,     // モニタリング実施日: the day of a visit that took place
  will_visit,  // 訪問する予定: the day of one that is planned
  contacted,   // 連絡がとれた: the day on which the person was reached
  on_it,       // 対応します, of what is urgent: a word that somebody acts, and by which day
  away,        // 入院・長期不在: from a day until another
  ended,       // 利用終了・死亡・転出: the last day of service
  not_mine,    // 担当ではない: somebody else has this client
};

// "visited": the word of the form and of the store.
std::string_view to_word(DoorActKind act);
std::optional<DoorActKind> act_of_word(std::string_view word);

}  // namespace omamori
