// Reads tests/cases/plan-cases.json: worked cases, the ministry's own examples first.
#pragma once

#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model.h"

namespace omamori {

struct WorkedCase {
  std::string id;
  std::string source;
  Day today{};
  Terms terms;
  ClientFacts client;
  // Expected, as one text: "6 safety_check | 2026-06 2026-06-30 waived | …".
  std::string expected;
};

std::vector<WorkedCase> read_worked_cases(const std::string& path);

}  // namespace omamori
