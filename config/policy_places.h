// Where policy.toml says what: for whoever asks why an interval is what it is and wants to go and
// look at the line. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

// Lines count from 1; 0 = it is not in the file, so the default holds.
struct PolicyPlaces {
  std::map<std::string, int, std::less<>> settings;  // "standard_interval_months" → line
  std::map<std::string, int, std::less<>> offices;   // office code → line of its [[office]]
  struct OverridePlace {
    std::string client;
    Day from{};
    int line = 0;
  };
  std::vector<OverridePlace> overrides;
  std::vector<int> stages;  // of each [[stage]]; empty = the default stages

  int setting(std::string_view key) const;
  int office(std::string_view code) const;
  int override_of(std::string_view client, Day from) const;
};

// Of a text that was accepted once. A text that is none any more has no places.
PolicyPlaces policy_places(std::string_view text);

}  // namespace omamori
