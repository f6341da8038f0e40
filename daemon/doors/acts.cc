#include "daemon/doors/acts.h"

#include <array>

namespace omamori {
namespace {

struct Word {
  DoorActKind act;
  std::string_view word;
};

constexpr std::array<Word, 4> kWords{{{DoorActKind::visited, "visited"},
                                      {DoorActKind::will_visit, "will_visit"},
                                      {DoorActKind::contacted, "contacted"},
                                      {DoorActKind::on_it, "on_it"}}};

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

bool is_answered_by_link(ObligationKind kind) { return !acts_for(kind).empty(); }

std::vector<DoorActKind> acts_for(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::monitoring:
    case ObligationKind::streak:
    case ObligationKind::baseline:
    case ObligationKind::return_:
      return {DoorActKind::visited, DoorActKind::will_visit, DoorActKind::contacted};
    case ObligationKind::lapse:
    case ObligationKind::concern:
      return {DoorActKind::contacted, DoorActKind::on_it, DoorActKind::visited};
    case ObligationKind::renewal:
    case ObligationKind::expired:
    case ObligationKind::unassigned:
    case ObligationKind::check_in:
    case ObligationKind::suspension_standing:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
      break;
  }
  return {};
}

}  // namespace omamori
