// What a policy does to an office, in words: what has changed since the last one, in Japanese or
// English for people and in English for the journal; and what in it is probably not meant, in
// English. Pure. Never repeats `reason` or `contact`, which are free text (promise P7).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/policy.h"

namespace omamori {

// One line per difference, in the order of the file; none if there is no difference:
//   standard_interval_months: 3 -> 2
//   override C-0012 from 2026-10-01: added (1 month until 2027-03-31)
// In Japanese, with the key as it stands in the file:
//   標準の間隔（standard_interval_months）: 3か月 → 2か月
//   個別の定め C-0012（2026-10-01 から）: 追加（1か月、2027-03-31 まで）
// Overrides are the same if client and `from` are; offices by code, stages by name.
std::vector<std::string> describe_change(const Policy& before, const Policy& after,
                                         Language language = Language::en);

// What is allowed but has no effect, or names an office or client the database does not know (in
// any order). A supervisor may write an override before the import that brings the client, so this
// is no error.
std::vector<std::string> policy_warnings(const Policy& policy,
                                         std::span<const std::string> known_offices,
                                         std::span<const std::string> known_clients);

}  // namespace omamori
