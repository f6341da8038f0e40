// A TOML document as a tree of plain values that remember where they stand.
//
// The parser (toml++) is known to toml_value.cc only; what reads settings (toml_reader.h) works on
// this. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/parsed.h"
#include "daemon/model/facts.h"

namespace omamori {

struct FilePosition {
  int line = 0;
  int column = 0;
  auto operator<=>(const FilePosition&) const = default;
};

struct TomlValue {
  enum class Type { boolean, integer, real, string, date, time, date_time, array, table };
  Type type = Type::table;
  FilePosition position;
  // One of these holds the value, by `type`. Reals, times and date-times carry none: no setting
  // of ours is one, they only have to be named in an error.
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;
  Day date{};
  std::vector<TomlValue> children;  // of an array or table

  // In a table, the name under which this child stands and where that is written.
  std::string key;
  FilePosition key_position;
};

// The root table, or the first syntax error (the parser stops there). Text that is larger than
// max_settings_bytes, not UTF-8, or nested out of all proportion is refused with its position.
Parsed<TomlValue> parse_toml(std::string_view text, const std::string& file_name);

// "a string", "an integer", …
std::string_view type_name(TomlValue::Type type);

}  // namespace omamori
