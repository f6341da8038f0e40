// Reads tests/cases/plan-cases.json: worked cases, the ministry's own examples first.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/facts.h"

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

// How a test names it.
inline void PrintTo(const WorkedCase& c, std::ostream* out) { *out << c.id; }

std::vector<WorkedCase> read_worked_cases(const std::string& path);

}  // namespace omamori
