// The three lists of policy.toml: [[office]], [[override]], [[stage]]. Part of policy_file.cc, in a
// file of its own for its length. Each reads one list from the root of the file into the policy,
// checks its items against each other, and leaves the policy alone where anything is wrong.
#pragma once

#include "config/policy.h"
#include "config/toml_reader.h"

namespace omamori {

void read_offices(TomlReader& root, FileErrors& errors, Policy& policy);
void read_overrides(TomlReader& root, FileErrors& errors, Policy& policy);
void read_stages(TomlReader& root, FileErrors& errors, Policy& policy);

// Of a text that people write for people. Long enough for a paragraph; the limit is so that a
// slip (a missing quote) is seen.
std::string prose_rule(std::string_view text);

}  // namespace omamori
