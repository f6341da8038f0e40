// Takes over what people have edited while the daemon runs: policy.toml
// (daemon/settings/policy_intake.h), holidays, templates, and the hold of omamori.toml. A bad file
// changes nothing and is told to the operator and the supervisors, with its errors; a good one is
// journalled with its difference.
#pragma once

#include <filesystem>
#include <string>

#include "daemon/reminders/context.h"
#include "daemon/settings/policy_intake.h"

namespace omamori {

// All at once. Throws SqliteError if the store cannot write.
Reloaded reload_files(Service& service, const std::filesystem::path& config_file,
                      const std::string& actor, Consent consent);

// All but policy.toml, which may take long: for who does that in slices, with a PolicyIntake.
Reloaded reload_but_policy(Service& service, const std::filesystem::path& config_file,
                           const std::string& actor);

// What came of policy.toml, beside the rest.
void add(Reloaded& done, const Reloaded& policy);

}  // namespace omamori
