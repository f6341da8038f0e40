#include "config/toml_value.h"

#include <algorithm>
#include <array>
#include <optional>

#include <toml++/toml.h>

#include "config/text_file.h"
#include "daemon/model/utf8.h"

namespace omamori {
namespace {

// A settings file nests four deep (webhook.endpoint.NAME.url).
constexpr int max_depth = 16;
// toml++ frees a tree by recursion, and a dotted key makes one level of every dot: a megabyte of
// `a.a.a…` overflows the stack. It limits brackets itself (256), so this bounds the rest.
constexpr std::ptrdiff_t max_dots_in_line = 256;

FilePosition position_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Parsed<TomlValue> refused(const std::string& file, FilePosition where, std::string message) {
  return {std::nullopt,
          {{file, where.line, where.column, std::move(message), FileErrorKind::syntax}}};
}

// The line with too many dots outside a comment, if there is one.
std::optional<int> line_of_too_many_dots(std::string_view text) {
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    const std::string_view content = text.substr(0, length);
    const std::size_t first = content.find_first_not_of(" \t");
    const bool comment = first != std::string_view::npos && content[first] == '#';
    if (!comment && std::count(content.begin(), content.end(), '.') > max_dots_in_line) {
      return line;
    }
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return std::nullopt;
}

Day day_of(const toml::date& date) {
  return Day{std::chrono::year_month_day{
      std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}}};
}

TomlValue::Type type_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::boolean:
      return TomlValue::Type::boolean;
    case toml::node_type::integer:
      return TomlValue::Type::integer;
    case toml::node_type::floating_point:
      return TomlValue::Type::real;
    case toml::node_type::string:
      return TomlValue::Type::string;
    case toml::node_type::date:
      return TomlValue::Type::date;
    case toml::node_type::time:
      return TomlValue::Type::time;
    case toml::node_type::date_time:
      return TomlValue::Type::date_time;
    case toml::node_type::array:
      return TomlValue::Type::array;
    default:
      return TomlValue::Type::table;
  }
}

// Nothing if the tree is deeper than max_depth.
std::optional<TomlValue> copy(const toml::node& node, int depth) {
  if (depth > max_depth) return std::nullopt;
  TomlValue value;
  value.type = type_of(node);
  value.position = position_of(node.source());
  if (const auto* boolean = node.as_boolean()) value.boolean = boolean->get();
  if (const auto* integer = node.as_integer()) value.integer = integer->get();
  if (const auto* text = node.as_string()) value.text = text->get();
  if (const auto* date = node.as_date()) value.date = day_of(date->get());
  if (const auto* array = node.as_array()) {
    for (const toml::node& item : *array) {
      auto child = copy(item, depth + 1);
      if (!child) return std::nullopt;
      value.children.push_back(std::move(*child));
    }
  }
  if (const auto* table = node.as_table()) {
    for (const auto& [key, item] : *table) {
      auto child = copy(item, depth + 1);
      if (!child) return std::nullopt;
      child->key = key.str();
      child->key_position = position_of(key.source());
      value.children.push_back(std::move(*child));
    }
  }
  return value;
}

// Where the first byte is that is no UTF-8: the parser reads ahead, and then knows no better than
// the beginning of what it has read. Columns count characters.
FilePosition position_of_end(std::string_view text) {
  const auto line = std::count(text.begin(), text.end(), '\n') + 1;
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  const auto column =
      std::count_if(last.begin(), last.end(),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) +
      1;
  return {static_cast<int>(line), static_cast<int>(column)};
}

std::string explain(const toml::parse_error& error) {
  std::string description(error.description());
  // What the parser quotes is the file's own: a name, if that is what somebody wrote there (P7).
  const std::size_t quote = description.find('\'');
  if (quote == description.npos) return description;
  const std::size_t last = description.rfind('\'');
  const std::size_t behind = last == quote ? description.size() : last + 1;
  return description.substr(0, quote) + "…" + description.substr(behind);
}

}  // namespace

Parsed<TomlValue> parse_toml(std::string_view text, const std::string& file_name) {
  if (text.size() > max_settings_bytes) {
    return refused(file_name, {}, "is larger than 1 MiB; this cannot be a settings file");
  }
  if (const auto line = line_of_too_many_dots(text)) {
    return refused(file_name, {*line, 1}, "too many dots in one line; break it into several");
  }
  // The usual cause: a Japanese editor that saved the file as Shift_JIS.
  if (const std::size_t end = utf8_prefix(text); end < text.size()) {
    return refused(file_name, position_of_end(text.substr(0, end)),
                   "this is not UTF-8; save the file in the encoding UTF-8");
  }
  try {
    const toml::table table = toml::parse(text);
    if (auto root = copy(table, 0)) return {std::move(root), {}};
    return refused(file_name, {1, 1}, "tables are nested too deeply");
  } catch (const toml::parse_error& error) {
    return refused(file_name, position_of(error.source()), explain(error));
  }
}

std::string_view type_name(TomlValue::Type type) {
  constexpr std::array<std::string_view, 9> names = {
      "true or false",   "an integer", "a number with a fraction",
      "a string",        "a date",     "a time",
      "a date and time", "an array",   "a table"};
  return names.at(static_cast<std::size_t>(type));
}

}  // namespace omamori
