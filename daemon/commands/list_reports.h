// The kinds of `list` that judge: what is due, what is late, how the checks stand, how much work
// lies ahead, who was visited. A file each. All take client, office, staff, at, csv, language.
#pragma once

#include <map>
#include <string>

#include "daemon/commands/command.h"

namespace omamori {

Response list_due(const Request& request, Service& service);  // until
Response list_overdue(const Request& request, Service& service);
Response list_check_standings(const Request& request, Service& service);
Response list_workload(const Request& request, Service& service);  // months
Response list_visits(const Request& request, Service& service);    // from, until

// By the word after `list`.
const std::map<std::string, Command>& list_reports();

}  // namespace omamori
