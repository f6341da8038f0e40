// What the calls of sensors look like to people, in a few words. Pure.
#pragma once

#include <optional>
#include <string>

#include <boost/json/fwd.hpp>

#include "daemon/answer/labels.h"
#include "daemon/model/records.h"
#include "daemon/model/time_zone.h"
#include "db/ping_records.h"

namespace omamori {

// "09:00-17:10, 34 times"; "" where the record has none.
std::string ping_times(const CheckInRecord& record, const Zone& zone, const Tongue& say);

// What of a check's pings is not as usual: "a failure is a concern; GET counts; GET refused on
// 2026-06-05".
std::string ping_settings(const CheckRecord& check, const std::optional<RefusedPing>& refused,
                          const Tongue& say);

// {"first", "last", "times"}, {"method", "on"}; null.
boost::json::value json_of(const std::optional<PingTimes>& pings);
boost::json::value json_of(const std::optional<RefusedPing>& refused);

}  // namespace omamori
