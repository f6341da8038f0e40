// Reads policy.toml: what supervisors decide. Strict: a key that does not
// exist, a wrong type and an impossible value are errors, all of them at once; then there is no
// policy.
//
// Lists are put in the order that config/policy.h promises, and stages ascend by `days` (those of
// one day keep the order of the file). What is allowed but pointless is policy_warnings() in
// config/policy_change.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/parsed.h"
#include "config/policy.h"

namespace omamori {

// Pure. `file_name` is used in errors only.
Parsed<Policy> parse_policy(std::string_view text, const std::string& file_name);

// Nothing but blanks. What an editor or a full disk leaves behind half way would mean "every
// default", so it is refused where a policy is in force.
bool says_nothing(std::string_view policy_text);

struct LoadedPolicy {
  Parsed<Policy> parsed;
  std::string text;  // what was parsed, to be kept with the journal; empty if it was not readable
};

// Reads the file (blocking, disk only) and parses it. A file that is missing, unreadable, larger
// than 1 MiB or not UTF-8 is an error like any other.
LoadedPolicy load_policy(const std::filesystem::path& path);

}  // namespace omamori
