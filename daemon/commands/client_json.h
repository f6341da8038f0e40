// One client as JSON: all that `show --json` prints, and the facts of `explain --json`.
#pragma once

#include <boost/json/fwd.hpp>

#include "daemon/commands/client_view.h"

namespace omamori {

boost::json::object client_json(const ClientView& view);

// Parts that other commands print too.
boost::json::object obligation_json(const Obligation& obligation);
boost::json::object period_json(const Period& period);

}  // namespace omamori
