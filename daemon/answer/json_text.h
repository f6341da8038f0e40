// Boost.JSON for the commands: included by .cc files only, it is heavy.
#pragma once

#include <string>

#include <boost/json.hpp>

namespace omamori {

namespace json = boost::json;

// One document on one line.
inline std::string json_line(const json::value& value) { return json::serialize(value) + "\n"; }

}  // namespace omamori
