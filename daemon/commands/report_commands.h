// `report`: how it went over a time, for the city: the months that were due, and whether what
// stands in for a visit works. A file each. Take from, until, at, office, staff, client, csv,
// language; the time is the year until today unless it is given.
#pragma once

#include "daemon/commands/command.h"

namespace omamori {

Response report_visits_command(const Request& request, Service& service);
Response report_checks_command(const Request& request, Service& service);

}  // namespace omamori
