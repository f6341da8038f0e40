// The detail of a journal row as a JSON object.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace omamori {

using DetailValue = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;

// {"key": value, …} in the order given; keys whose text is empty are left out.
std::string detail_json(std::initializer_list<std::pair<std::string_view, DetailValue>> fields);

}  // namespace omamori
