// `reload`: what was taken over of policy.toml, holidays, templates and hold, in words and as JSON.
#pragma once

#include "daemon/control/request.h"
#include "daemon/settings/policy_intake.h"

namespace omamori {

// `omamorictl reload`: what was taken over, what was not. Exit 4 where --yes is asked for.
Response answer_of(const Reloaded& done, bool json, Language language);

}  // namespace omamori
