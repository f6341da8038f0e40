#include "config/toml_reader.h"

#include <algorithm>
#include <tuple>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using Type = TomlValue::Type;

// Beyond this a date is a slip of the finger.
constexpr Day earliest{std::chrono::year{2000} / 1 / 1};
constexpr Day latest{std::chrono::year{2199} / 12 / 31};

std::string ticked(std::string_view key) { return "`" + std::string(key) + "`"; }

bool is_plain_key(std::string_view key) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), plain);
}

// C0, DEL and, in UTF-8, C1. They have no place in a header, a log line or a terminal.
bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      return true;
    }
  }
  return false;
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += "\"" + std::string(words[i]) + "\"";
  }
  return text;
}

// How to write it rightly, where the mistake is a common one.
std::string type_hint(const TomlValue& value, Type wanted) {
  if (wanted == Type::string && value.type == Type::table) return "";
  if (wanted == Type::string && value.type != Type::array) return "; put it in quotes";
  if (value.type != Type::string) return "";
  if (wanted == Type::date) return "; write 2026-10-01 without quotes";
  if (wanted == Type::integer) return "; write the number without quotes";
  if (wanted == Type::boolean) return "; write true or false without quotes";
  if (wanted == Type::array) return "; put it in [ ]";
  return "";
}

template <class T>
bool has_twice(std::vector<T> items) {
  std::sort(items.begin(), items.end());
  return std::adjacent_find(items.begin(), items.end()) != items.end();
}

}  // namespace

void FileErrors::add(FilePosition where, std::string message, FileErrorKind kind) {
  errors_.push_back({file_, where.line, where.column, std::move(message), kind});
}

std::vector<FileError> FileErrors::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const FileError& a, const FileError& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return std::move(errors_);
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
  if (word.size() > 64) return std::nullopt;  // no key of ours, and the distance costs its length
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best ? std::optional(*best) : std::nullopt;
}

std::string any_text(std::string_view) { return ""; }

TomlReader::TomlReader(const TomlValue& table, std::string title, FileErrors& errors,
                       const TomlReader* outer)
    : table_(table), title_(std::move(title)), errors_(errors), outer_(outer) {}

const TomlValue* TomlReader::find(std::string_view key) const {
  const auto found = std::find_if(table_.children.begin(), table_.children.end(),
                                  [key](const TomlValue& child) { return child.key == key; });
  return found == table_.children.end() ? nullptr : &*found;
}

FilePosition TomlReader::position_of(std::string_view key) const {
  const TomlValue* value = find(key);
  return value ? value->position : table_.position;
}

void TomlReader::complain(std::string_view key, const std::string& complaint) {
  errors_.add(position_of(key), ticked(key) + " " + complaint);
}

bool TomlReader::right_type(std::string_view name, const TomlValue& value, Type wanted) {
  if (value.type == wanted) return true;
  errors_.add(value.position, std::string(name) + " must be " + std::string(type_name(wanted)) +
                                  ", found " + std::string(type_name(value.type)) +
                                  type_hint(value, wanted));
  return false;
}

bool TomlReader::right_text(std::string_view name, const TomlValue& value, TextRule rule) {
  if (!right_type(name, value, Type::string)) return false;
  const std::string complaint = has_control_character(value.text)
                                    ? "must not contain line breaks, tabs or control characters"
                                    : rule(value.text);
  if (complaint.empty()) return true;
  errors_.add(value.position, std::string(name) + " " + complaint);
  return false;
}

bool TomlReader::in_range(std::string_view name, const TomlValue& value, int least, int most) {
  if (!right_type(name, value, Type::integer)) return false;
  if (value.integer >= least && value.integer <= most) return true;
  errors_.add(value.position, std::string(name) + " must be between " + std::to_string(least) +
                                  " and " + std::to_string(most) + ", found " +
                                  std::to_string(value.integer));
  return false;
}

bool TomlReader::plausible(std::string_view name, const TomlValue& value) {
  if (!right_type(name, value, Type::date)) return false;
  if (value.date >= earliest && value.date <= latest) return true;
  errors_.add(value.position, std::string(name) + " must be between " + to_string(earliest) +
                                  " and " + to_string(latest));
  return false;
}

const TomlValue* TomlReader::known(std::string_view key, Type wanted) {
  known_keys_.emplace(key);
  const TomlValue* value = find(key);
  return value && right_type(ticked(key), *value, wanted) ? value : nullptr;
}

const std::string* TomlReader::text_of(std::string_view key) {
  known_keys_.emplace(key);
  const TomlValue* value = find(key);
  return value && right_text(ticked(key), *value, any_text) ? &value->text : nullptr;
}

bool TomlReader::boolean(std::string_view key, bool& target) {
  const TomlValue* value = known(key, Type::boolean);
  if (value) target = value->boolean;
  return value;
}

bool TomlReader::integer(std::string_view key, int least, int most, int& target) {
  const TomlValue* value = known(key, Type::integer);
  if (!value || !in_range(ticked(key), *value, least, most)) return false;
  target = static_cast<int>(value->integer);
  return true;
}

bool TomlReader::date(std::string_view key, Day& target) {
  const TomlValue* value = known(key, Type::date);
  if (!value || !plausible(ticked(key), *value)) return false;
  target = value->date;
  return true;
}

bool TomlReader::date(std::string_view key, std::optional<Day>& target) {
  Day day;
  if (!date(key, day)) return false;
  target = day;
  return true;
}

bool TomlReader::text(std::string_view key, TextRule rule, std::string& target) {
  known_keys_.emplace(key);
  const TomlValue* value = find(key);
  if (!value || !right_text(ticked(key), *value, rule)) return false;
  target = value->text;
  return true;
}

std::optional<std::vector<int>> TomlReader::integers(std::string_view key, int least, int most) {
  const TomlValue* array = known(key, Type::array);
  if (!array) return std::nullopt;
  bool right = true;
  std::vector<int> items;
  for (const TomlValue& item : array->children) {
    right = in_range("an item of " + ticked(key), item, least, most) && right;
    if (right) items.push_back(static_cast<int>(item.integer));
  }
  if (right && has_twice(items)) {
    complain(key, "names the same number twice");
    return std::nullopt;
  }
  return right ? std::optional(std::move(items)) : std::nullopt;
}

std::optional<std::vector<Day>> TomlReader::dates(std::string_view key) {
  const TomlValue* array = known(key, Type::array);
  if (!array) return std::nullopt;
  bool right = true;
  std::vector<Day> items;
  for (const TomlValue& item : array->children) {
    right = plausible("an item of " + ticked(key), item) && right;
    items.push_back(item.date);
  }
  if (right && has_twice(items)) {
    complain(key, "names the same day twice");
    return std::nullopt;
  }
  return right ? std::optional(std::move(items)) : std::nullopt;
}

std::optional<std::vector<std::string>> TomlReader::texts(std::string_view key, TextRule rule) {
  const TomlValue* array = known(key, Type::array);
  if (!array) return std::nullopt;
  bool right = true;
  std::vector<std::string> items;
  for (const TomlValue& item : array->children) {
    right = right_text("an item of " + ticked(key), item, rule) && right;
    items.push_back(item.text);
  }
  if (right && has_twice(items)) {
    complain(key, "names the same item twice");
    return std::nullopt;
  }
  return right ? std::optional(std::move(items)) : std::nullopt;
}

const TomlValue* TomlReader::table(std::string_view key) { return known(key, Type::table); }

std::optional<std::vector<const TomlValue*>> TomlReader::tables(std::string_view key) {
  known_keys_.emplace(key);
  const TomlValue* array = find(key);
  if (!array) return std::nullopt;
  const auto is_table = [](const TomlValue& item) { return item.type == Type::table; };
  if (array->type != Type::array ||
      !std::all_of(array->children.begin(), array->children.end(), is_table)) {
    complain(key, "must be a list of tables; write each as [[" + std::string(key) + "]]");
    return std::nullopt;
  }
  std::vector<const TomlValue*> items;
  for (const TomlValue& item : array->children) items.push_back(&item);
  return items;
}

void TomlReader::require(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (!find(key)) errors_.add(table_.position, title_ + " needs " + ticked(key));
  }
}

std::string TomlReader::suggestion(const std::string& key) const {
  const std::vector<std::string> keys(known_keys_.begin(), known_keys_.end());
  if (outer_ && outer_->known_keys_.contains(key)) {
    return "; it belongs at the top of the file, before the first table";
  }
  if (const auto near = nearest(key, keys)) return "; did you mean " + ticked(*near) + "?";
  std::string all;
  for (const std::string& name : keys) all += (all.empty() ? "" : ", ") + name;
  return "; possible here: " + all;
}

void TomlReader::finish() {
  for (const TomlValue& child : table_.children) {
    if (known_keys_.contains(child.key)) continue;
    const bool list_of_tables = child.type == Type::array && !child.children.empty() &&
                                child.children.front().type == Type::table;
    std::string message =
        child.type == Type::table || list_of_tables ? "unknown table" : "unknown key";
    // A key in quotes may be anything, a name included: only what looks like a key is repeated.
    if (is_plain_key(child.key)) message += " " + ticked(child.key);
    if (!title_.empty()) message += " in " + title_;
    errors_.add(child.key_position, message + suggestion(child.key), FileErrorKind::unknown_key);
  }
}

void TomlReader::not_a_word(std::string_view key, std::span<const std::string_view> words) {
  complain(key, "must be " + joined(words));
}

void TomlReader::not_parsed(std::string_view key, std::string_view expected) {
  complain(key, "must be " + std::string(expected));
}

}  // namespace omamori
