// What will be told about one client until a day, if nobody records anything: plan() from wake to
// wake, fed with what it decides. Pure; nothing is written anywhere.
#pragma once

#include <memory>
#include <vector>

#include "config/policy.h"
#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/plan.h"

namespace omamori {

// What is assumed of the time until then. Visits, contacts and new settings there are none in
// either.
enum class Meanwhile {
  confirmed,  // checks that are fulfilled now go on being so: each on the evening of the day it is
              // expected, after its provider was reminded
  silent,     // no check-ins either: checks lapse on their day
};

struct Foretold {
  Instant at{};  // when it will be told: its slot, or `now` if that has passed already
  Reminder reminder;
  // Shared by all that is told of an obligation while it stays the same: a large city has millions.
  std::shared_ptr<const Obligation> about;
};

// Everything that becomes owed from `now` to `until`, both inclusive, in the order it will be told.
// What `snapshot.told` holds is told or owed already and not repeated here.
std::vector<Foretold> forecast(const Snapshot& snapshot, const Policy& policy, Instant now,
                               Instant until, Meanwhile meanwhile);

}  // namespace omamori
