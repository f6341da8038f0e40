#include "config/policy_tables.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "config/policy_words.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// An item of a list and where the file says it.
template <class T>
struct Placed {
  FilePosition position;
  T value;
};

std::optional<OfficeInterval> read_office(const TomlValue& table, TomlReader& root,
                                          FileErrors& errors) {
  const std::size_t before = errors.size();
  TomlReader reader(table, "[[office]]", errors, &root);
  OfficeInterval office;
  reader.text("code", code_rule, office.office);
  reader.integer("interval_months", 1, 12, office.interval_months);
  reader.require({"code", "interval_months"});
  reader.finish();
  return errors.size() == before ? std::optional(office) : std::nullopt;
}

std::optional<Override> read_override(const TomlValue& table, TomlReader& root,
                                      FileErrors& errors) {
  const std::size_t before = errors.size();
  TomlReader reader(table, "[[override]]", errors, &root);
  Override item;
  reader.text("client", code_rule, item.client);
  reader.integer("interval_months", 1, 12, item.interval_months);
  const bool has_from = reader.date("from", item.from);
  const bool has_until = reader.date("until", item.until);
  reader.text("reason", prose_rule, item.reason);
  reader.date("agreed_on", item.agreed_on);
  reader.require({"client", "interval_months", "from"});
  if (has_from && has_until && *item.until < item.from) {
    reader.complain("until", "(" + to_string(*item.until) + ") is before `from` (" +
                                 to_string(item.from) + ")");
  }
  reader.finish();
  return errors.size() == before ? std::optional(item) : std::nullopt;
}

std::optional<std::vector<Role>> read_roles(TomlReader& reader) {
  const auto rule = [](std::string_view text) -> std::string {
    for (const auto& word : stage_role_words) {
      if (word.text == text) return "";
    }
    return "must be \"case_manager\", \"supervisor\", \"coordinator\", \"core_center\" or "
           "\"operator\"";
  };
  const auto words = reader.texts("to", rule);
  if (!words) return std::nullopt;
  if (words->empty()) {
    reader.complain("to", "must name at least one role");
    return std::nullopt;
  }
  std::vector<Role> roles;
  for (const std::string& text : *words) {
    for (const auto& word : stage_role_words) {
      if (word.text == text) roles.push_back(word.value);
    }
  }
  return roles;
}

std::optional<Stage> read_stage(const TomlValue& table, TomlReader& root, FileErrors& errors) {
  const std::size_t before = errors.size();
  TomlReader reader(table, "[[stage]]", errors, &root);
  Stage stage;
  reader.text("name", code_rule, stage.name);
  reader.integer("days", -90, 365, stage.days);
  reader.integer("repeat_days", 0, 365, stage.repeat_days);
  if (const auto roles = read_roles(reader)) stage.to = *roles;
  reader.require({"name", "days", "to"});
  if (stage.repeat_days > 0 && stage.days < 0) {
    reader.complain("repeat_days", "is possible only from due-by on (`days` 0 or more)");
  }
  reader.finish();
  return errors.size() == before ? std::optional(stage) : std::nullopt;
}

// Every item of `[[key]]` that is right in itself; nothing if the key is absent or wrong.
template <class T>
std::optional<std::vector<Placed<T>>> read_list(
    std::string_view key, TomlReader& root, FileErrors& errors,
    std::optional<T> (*read)(const TomlValue&, TomlReader&, FileErrors&)) {
  const auto tables = root.tables(key);
  if (!tables) return std::nullopt;
  std::vector<Placed<T>> items;
  for (const TomlValue* table : *tables) {
    if (auto item = read(*table, root, errors)) {
      items.push_back({table->position, std::move(*item)});
    }
  }
  return items;
}

template <class T>
std::vector<T> values_of(const std::vector<Placed<T>>& items) {
  std::vector<T> values;
  values.reserve(items.size());
  for (const auto& item : items) values.push_back(item.value);
  return values;
}

std::string line_text(FilePosition position) { return "line " + std::to_string(position.line); }

// Overrides of one client that share a day. `items` ascend by (client, from): one that begins
// before the furthest end so far overlaps the one that reaches there.
void refuse_overlaps(const std::vector<Placed<Override>>& items, FileErrors& errors) {
  const Placed<Override>* furthest = nullptr;
  for (const auto& item : items) {
    if (!furthest || furthest->value.client != item.value.client) {
      furthest = &item;
      continue;
    }
    const auto& until = furthest->value.until;
    if (!until || item.value.from <= *until) {
      const auto [first, second] = std::minmax(furthest->position, item.position);
      errors.add(second, "the overrides of client " + item.value.client + " on " +
                             line_text(first) + " and " + line_text(second) +
                             " overlap; end the earlier one with `until`");
    }
    const bool further = until && (!item.value.until || *item.value.until > *until);
    if (further) furthest = &item;
  }
}

// A coordinator does not count: there may be none, and nobody is told in their place.
bool is_told_beyond_case_manager(const Stage& stage) {
  return stage.days >= 0 && std::any_of(stage.to.begin(), stage.to.end(), [](Role role) {
           return role != Role::case_manager && role != Role::coordinator;
         });
}

void refuse_same_name(const std::vector<Placed<Stage>>& stages, FileErrors& errors) {
  std::map<std::string, FilePosition> seen;
  for (const auto& stage : stages) {
    const auto [entry, fresh] = seen.emplace(stage.value.name, stage.position);
    if (fresh) continue;
    errors.add(stage.position, "the stages on " + line_text(entry->second) + " and " +
                                   line_text(stage.position) + " have the same name \"" +
                                   stage.value.name + "\"");
  }
}

}  // namespace

std::string prose_rule(std::string_view text) {
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  };
  const auto length = std::count_if(text.begin(), text.end(), starts_character);
  return length <= 500 ? "" : "must not be longer than 500 characters";
}

void read_offices(TomlReader& root, FileErrors& errors, Policy& policy) {
  const auto offices = read_list<OfficeInterval>("office", root, errors, read_office);
  if (!offices) return;
  std::map<std::string, FilePosition> seen;
  for (const auto& office : *offices) {
    const auto [entry, fresh] = seen.emplace(office.value.office, office.position);
    if (fresh) continue;
    errors.add(office.position, "the tables on " + line_text(entry->second) + " and " +
                                    line_text(office.position) + " are both for office " +
                                    office.value.office);
  }
  policy.terms.offices = values_of(*offices);
  std::sort(policy.terms.offices.begin(), policy.terms.offices.end(),
            [](const auto& a, const auto& b) { return a.office < b.office; });
}

void read_overrides(TomlReader& root, FileErrors& errors, Policy& policy) {
  auto overrides = read_list<Override>("override", root, errors, read_override);
  if (!overrides) return;
  std::stable_sort(overrides->begin(), overrides->end(), [](const auto& a, const auto& b) {
    return std::tie(a.value.client, a.value.from) < std::tie(b.value.client, b.value.from);
  });
  refuse_overlaps(*overrides, errors);
  policy.terms.overrides = values_of(*overrides);
}

void read_stages(TomlReader& root, FileErrors& errors, Policy& policy) {
  const std::size_t before = errors.size();
  const auto stages = read_list<Stage>("stage", root, errors, read_stage);
  if (!stages) return;
  refuse_same_name(*stages, errors);
  // A stage with a mistake in it may be the one that reaches the supervisor: do not say two things.
  if (errors.size() != before) return;
  policy.stages = values_of(*stages);
  std::stable_sort(policy.stages.begin(), policy.stages.end(),
                   [](const Stage& a, const Stage& b) { return a.days < b.days; });
  if (policy.stages.empty()) {
    root.complain("stage", "is an empty list; nobody would be told. Leave it out for the default");
  } else if (std::none_of(policy.stages.begin(), policy.stages.end(),
                          is_told_beyond_case_manager)) {
    errors.add(stages->front().position,
               "no stage at or after due-by (`days` 0 or more) reaches anybody but the case "
               "manager; add \"supervisor\", \"core_center\" or \"operator\" to one");
  }
}

}  // namespace omamori
