// What was owed to somebody and is not theirs any more: they have left, or somebody else has the
// client. Writes the reason down (P4).
#pragma once

#include <vector>

#include "daemon/rules/recipients.h"
#include "db/store.h"

namespace omamori {

// Leaves out of `items` what is not their person's any more, and writes down why it is not told.
// Whoever cannot be read is rather told twice.
void leave_out_what_is_not_theirs(Store& store, const Directory& directory, const Act& act,
                                  std::vector<StoredItem>& items);

}  // namespace omamori
