#include "daemon/model/door_act_kind.h"

#include <array>

namespace omamori {
namespace {

struct Word {
  DoorActKind act;
  std::string_view word;
};

constexpr std::array<Word, 7> kWords{{{DoorActKind::visited, "visited"},
                                      {DoorActKind::will_visit, "will_visit"},
                                      {DoorActKind::contacted, "contacted"},
                                      {DoorActKind::on_it, "on_it"},
                                      {DoorActKind::away, "away"},
                                      {DoorActKind::ended, "ended"},
                                      {DoorActKind::not_mine, "not_mine"}}};

}  // namespace

std::string_view to_word(DoorActKind act) {
  for (const Word& w : kWords) {
    if (w.act == act) return w.word;
  }
  return "";
}

std::optional<DoorActKind> act_of_word(std::string_view word) {
  for (const Word& w : kWords) {
    if (w.word == word) return w.act;
  }
  return {};
}

}  // namespace omamori
