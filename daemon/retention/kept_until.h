// What is kept until when: [retention] of omamori.toml, applied to a day. Pure.
#pragma once

#include "config/config.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct KeptUntil {
  Instant bodies_ended;  // texts of messages that ended before are not kept
  Day service_ended;     // nor is anything of clients whose last day of service was before
  Instant rows_written;  // nor rows about nobody that were written before
};

// As of `today`. keep_years from a 29 February end with a 28 February.
KeptUntil kept_until(const RetentionConfig& config, Day today, const Zone& zone);

}  // namespace omamori
