// Whom the reader of an urgent message can call.
#pragma once

#include <string>
#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/records.h"
#include "daemon/rules/recipients.h"

namespace omamori {

// The case manager of `client`, whoever acts for them, the coordinators, the core centre: in this
// order, without `reader`, nobody twice. Who is away is named, too. Empty where nobody's number is
// known. Pure.
std::vector<ToCall> whom_to_call(const Directory& directory, const ClientRecord& client,
                                 const std::string& reader, Day today);

}  // namespace omamori
