#include "config/policy_places.h"

#include <algorithm>

#include "config/toml_value.h"

namespace omamori {
namespace {

const TomlValue* child(const TomlValue& table, std::string_view key) {
  const auto found = std::find_if(table.children.begin(), table.children.end(),
                                  [&](const TomlValue& value) { return value.key == key; });
  return found == table.children.end() ? nullptr : &*found;
}

std::string text_of(const TomlValue& table, std::string_view key) {
  const TomlValue* value = child(table, key);
  return value ? value->text : std::string();
}

int line_in(const std::map<std::string, int, std::less<>>& lines, std::string_view key) {
  const auto found = lines.find(key);
  return found == lines.end() ? 0 : found->second;
}

}  // namespace

int PolicyPlaces::setting(std::string_view key) const { return line_in(settings, key); }

int PolicyPlaces::office(std::string_view code) const { return line_in(offices, code); }

int PolicyPlaces::override_of(std::string_view client, Day from) const {
  const auto found = std::find_if(
      overrides.begin(), overrides.end(),
      [&](const OverridePlace& place) { return place.client == client && place.from == from; });
  return found == overrides.end() ? 0 : found->line;
}

PolicyPlaces policy_places(std::string_view text) {
  PolicyPlaces places;
  const auto parsed = parse_toml(text, "policy.toml");
  if (!parsed.value) return places;
  for (const TomlValue& value : parsed.value->children) {
    if (value.type != TomlValue::Type::array) {
      places.settings[value.key] = value.key_position.line;
      continue;
    }
    for (const TomlValue& item : value.children) {
      const int line = item.position.line;
      if (value.key == "office") places.offices[text_of(item, "code")] = line;
      if (value.key == "stage") places.stages.push_back(line);
      if (value.key != "override") continue;
      const TomlValue* from = child(item, "from");
      places.overrides.push_back({text_of(item, "client"), from ? from->date : Day{}, line});
    }
  }
  return places;
}

}  // namespace omamori
