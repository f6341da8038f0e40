#include "config/policy.h"

namespace omamori {

std::vector<Stage> default_stages() {
  return {
      {"upcoming", -30, {Role::case_manager}, 0},
      {"due_soon", -7, {Role::case_manager}, 0},
      {"overdue", 1, {Role::case_manager, Role::supervisor}, 0},
      {"escalated", 14, {Role::case_manager, Role::supervisor, Role::core_center}, 7},
  };
}

}  // namespace omamori
