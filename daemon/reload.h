// Takes over what people have edited while the daemon runs: policy.toml, holidays, templates, and
// the hold of omamori.toml. A bad file changes nothing and is told to the operator and the
// supervisors, with its errors; a good one is journalled with its difference.
#pragma once

#include <string>
#include <vector>

#include "daemon/service.h"

namespace omamori {

struct Reloaded {
  bool policy_taken = false;        // it differs from the one before and is in force
  std::vector<std::string> errors;  // what was not taken and why; the former stays in force
  std::vector<std::string> notes;   // what changed, warnings
};

// Throws SqliteError if the store cannot write.
Reloaded reload_files(Service& service, const std::filesystem::path& config_file, const Act& act);

}  // namespace omamori
