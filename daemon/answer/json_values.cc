#include "daemon/answer/json_values.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "daemon/model/calendar.h"

namespace omamori {

namespace json = boost::json;

json::value json_of(Day day) { return json::value(to_string(day)); }
json::value json_of(Month month) { return json::value(to_string(month)); }
json::value json_of(Instant instant) { return json::value(to_string(instant)); }
json::value json_of(const std::optional<Day>& day) { return day ? json_of(*day) : json::value(); }
json::value json_of(const std::optional<Month>& month) {
  return month ? json_of(*month) : json::value();
}
json::value json_of(const std::optional<Instant>& instant) {
  return instant ? json_of(*instant) : json::value();
}
json::value json_of(const std::optional<int>& number) {
  return number ? json::value(*number) : json::value();
}

json::value json_of(const std::vector<Month>& months) {
  json::array array;
  for (const Month month : months) array.push_back(json_of(month));
  return array;
}

boost::json::value json_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(json::string(text));
  return array;
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value() : json::value(text);
}

void JsonArray::add(const json::value& value) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += json::serialize(value);
}

}  // namespace omamori
