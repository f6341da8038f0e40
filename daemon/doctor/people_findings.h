// People whom nothing reaches, roles that nobody holds, and what hangs on people who have left.
// Pure.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "daemon/delivery/circuit_breaker.h"
#include "daemon/doctor/finding.h"
#include "db/store_values.h"

namespace omamori {

struct PeopleFacts {
  StoredDirectory stored;
  // The ways to a person that refused lately, and none of them has accepted since.
  std::map<std::string, std::vector<std::pair<Channel, std::string>>> spent;
  // Endpoints that asked never to be called again.
  std::vector<std::string> disabled_endpoints;
  // Active clients by the case manager's code; "" = nobody.
  std::map<std::string, std::vector<std::string>> clients;
};

// "staff:CM-1", "office:OF-1", "operator", "absence:CM-1", "clients", and "people" if all is well.
Findings people_findings(const PeopleFacts& facts, const Config& config, Day today,
                         const Tongue& tongue);

}  // namespace omamori
