// Version 7: a provider's page of attendance: which checks are theirs, and what they call whom.
#pragma once

namespace omamori {

inline constexpr const char* kSchema7 = R"sql(
-- the provider's own name for the person, shown to that provider only; '' = none
ALTER TABLE safety_check ADD COLUMN provider_ref TEXT NOT NULL DEFAULT '';

-- whose page shows which checks, without looking at everybody's
CREATE INDEX check_version_provider ON check_version (provider, check_code);
)sql";

}  // namespace omamori
