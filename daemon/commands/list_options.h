// Which options each list can make something of: one that would be passed over in silence leaves
// somebody with an answer to another question. --json and --language every command takes.
#pragma once

#include <string>

#include "daemon/control/request.h"

namespace omamori {

// Why `list KIND` cannot do as asked, with the options it knows; "" if it can.
std::string unfit_list_option(const Request& request);

}  // namespace omamori
