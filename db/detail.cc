#include "db/detail.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace omamori {
namespace {

struct ToJson {
  boost::json::value operator()(std::int64_t number) const { return number; }
  boost::json::value operator()(bool flag) const { return flag; }
  boost::json::value operator()(const std::string& text) const { return boost::json::string(text); }
  boost::json::value operator()(const std::vector<std::string>& list) const {
    boost::json::array array;
    for (const std::string& text : list) array.emplace_back(boost::json::string(text));
    return array;
  }
};

}  // namespace

std::string detail_json(std::initializer_list<std::pair<std::string_view, DetailValue>> fields) {
  boost::json::object object;
  for (const auto& [key, value] : fields) {
    const std::string* text = std::get_if<std::string>(&value);
    if (text && text->empty()) continue;
    object.emplace(key, std::visit(ToJson{}, value));
  }
  return boost::json::serialize(object);
}

}  // namespace omamori
