// The ways to a person: their channels in their order, as far as omamori.toml has them configured
// and the staff file has an address. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "daemon/model/facts.h"

namespace omamori {

struct Way {
  Channel channel = Channel::email;
  std::string address;  // email address, endpoint name, or staff code (file)
  bool operator==(const Way&) const = default;
};

// In the person's order. Empty: `why` says what to do about it.
std::vector<Way> ways_of(const Staff& staff, const Config& config, std::string& why);

// The first of them; nothing and the reason in `why` if there is none.
std::optional<Way> way_to(const Staff& staff, const Config& config, std::string& why);

// The first that is not among `spent`.
std::optional<Way> first_open(const std::vector<Way>& ways, const std::vector<Way>& spent);

}  // namespace omamori
