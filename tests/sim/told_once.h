// P3 over everything that was ever accepted: told once for each obligation, stage, repetition and
// person.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/sim/told.h"

namespace omamori::sim {

class ToldOnce {
 public:
  // In the order in which the peers took them. Empty = nothing is wrong.
  std::vector<std::string> hear(const ToldMessage& message);

 private:
  struct First {
    std::string message;  // id
    bool answered = true;
  };
  std::map<std::string, First> told_;
};

}  // namespace omamori::sim
