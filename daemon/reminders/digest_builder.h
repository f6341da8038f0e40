// From owed items to what a person is to be told: looks up the obligations, folds what belongs on
// one line, and adds what the reader needs to see beside it. Reads the store; writes nothing.
#pragma once

#include <vector>

#include "daemon/model/digest.h"
#include "daemon/reminders/context.h"
#include "daemon/rules/recipients.h"

namespace omamori {

// `items` are of one person and belong into one message. Lines come most urgent first: one for each
// obligation (its latest stage), and a streak's line carries the month that is open now, so that
// one client is one line. `directory` says in whose place the reader hears it.
Digest build_digest(Service& service, const Directory& directory,
                    const std::vector<StoredItem>& items, MessageKind kind, const Staff& to);

}  // namespace omamori
