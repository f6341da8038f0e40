// The places that may break a rule, each with the reason. The list only shrinks: a place that
// breaks its rule less often than is written here is a complaint too.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace omamori::tidy {

struct Exception {
  std::string rule;  // the function of rules.h
  std::string path;
  int places = 1;  // how many complaints of that rule about that file are known
  std::string reason;
};

const std::vector<Exception>& exceptions();

// What is left of the complaints of `rule`, and the exceptions from it that are too wide.
Complaints not_excepted(const std::string& rule, const Complaints& complaints,
                        const std::vector<Exception>& exceptions);

}  // namespace omamori::tidy
