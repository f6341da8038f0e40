#include "db/erased_list.h"

#include <fstream>
#include <optional>
#include <sstream>

#include <boost/json.hpp>

#include "config/replace_file.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

namespace json = boost::json;

ErasedList list_of(const json::value& document) {
  ErasedList list;
  list.identity = json::value_to<std::string>(document.at("identity"));
  for (const json::value& one : document.at("erased").as_array()) {
    list.erased.push_back({json::value_to<std::string>(one.at("client")),
                           Instant{std::chrono::seconds{one.at("at").to_number<std::int64_t>()}}});
  }
  return list;
}

}  // namespace

std::filesystem::path erased_list_beside(const std::filesystem::path& database) {
  std::filesystem::path file = database;
  return file += ".erased";
}

std::filesystem::path erased_list_in(const std::filesystem::path& directory_of_copies) {
  return directory_of_copies / "omamori.erased";
}

std::variant<ErasedList, std::string> read_erased_list(const std::filesystem::path& file) {
  std::error_code unseen;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, unseen))) return ErasedList{};
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return file.string() + " cannot be read";
  try {
    return list_of(json::parse(text.str()));
  } catch (const std::exception& error) {  // of Boost.JSON: whatever the file is instead
    return file.string() + " is damaged: " + error.what();
  }
}

std::string write_erased_list(const std::filesystem::path& file, const ErasedList& list) {
  json::array erased;
  for (const ErasedClient& one : list.erased) {
    erased.push_back(
        json::object{{"client", one.client}, {"at", one.at.time_since_epoch().count()}});
  }
  const json::object document{{"identity", list.identity}, {"erased", std::move(erased)}};
  const auto problem = replace_file(file, json::serialize(document) + "\n");
  return problem ? file.string() + " cannot be written: " + *problem : std::string();
}

}  // namespace omamori
