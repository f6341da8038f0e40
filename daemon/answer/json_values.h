// Small values as JSON, the same in every answer: a day "2026-04-01", a month "2026-04", an instant
// in UTC, null where there is nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "daemon/model/facts.h"

namespace omamori {

boost::json::value json_of(Day day);
boost::json::value json_of(Month month);
boost::json::value json_of(Instant instant);
boost::json::value json_of(const std::optional<Day>& day);
boost::json::value json_of(const std::optional<Month>& month);
boost::json::value json_of(const std::optional<Instant>& instant);
boost::json::value json_of(const std::optional<int>& number);
boost::json::value json_of(const std::vector<Month>& months);
boost::json::value json_of(const std::vector<std::string>& texts);
// null for an empty text.
boost::json::value text_or_null(std::string_view text);

// A JSON array written one element at a time, for lists too long to hold twice. finish() once.
class JsonArray {
 public:
  explicit JsonArray(std::string& out) : out_(out) { out_ += '['; }
  void add(const boost::json::value& value);
  void finish() { out_ += ']'; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace omamori
