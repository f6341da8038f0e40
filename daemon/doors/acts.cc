#include "daemon/doors/acts.h"

namespace omamori {

bool is_answered_by_link(ObligationKind kind) { return !acts_for(kind).empty(); }

std::vector<DoorActKind> acts_for(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::monitoring:
    case ObligationKind::streak:
    case ObligationKind::baseline:
    case ObligationKind::return_:
      return {DoorActKind::visited, DoorActKind::will_visit, DoorActKind::contacted,
              DoorActKind::away,    DoorActKind::ended,      DoorActKind::not_mine};
    case ObligationKind::lapse:
    case ObligationKind::concern:
      return {DoorActKind::contacted, DoorActKind::on_it, DoorActKind::visited,
              DoorActKind::away,      DoorActKind::ended, DoorActKind::not_mine};
    case ObligationKind::renewal:
    case ObligationKind::expired:
      return {DoorActKind::ended, DoorActKind::not_mine};
    case ObligationKind::end_report:
      return {DoorActKind::ended, DoorActKind::contacted, DoorActKind::visited};
    case ObligationKind::unassigned:
    case ObligationKind::suspension_standing:
      return {DoorActKind::ended};
    case ObligationKind::check_in:  // of a provider, who has a page for all their people
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      break;
  }
  return {};
}

}  // namespace omamori
