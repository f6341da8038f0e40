// What the rows of commands are written with, and the rows that stand in files of their own.
// Internal to daemon/commands/registry.cc.
#pragma once

#include <string_view>
#include <vector>

#include "daemon/commands/registry.h"

namespace omamori {

constexpr CommandOption positional(std::string_view name, std::string_view help) {
  return {CommandOption::Kind::positional, name, help};
}
constexpr CommandOption value(std::string_view name, std::string_view help) {
  return {CommandOption::Kind::value, name, help};
}
constexpr CommandOption flag(std::string_view name, std::string_view help) {
  return {CommandOption::Kind::flag, name, help};
}

inline constexpr CommandOption kClient = positional("client", "client code");
inline constexpr CommandOption kNote = value("note", "free text, never sent");
inline constexpr CommandOption kReason = value("reason", "why (required)");

// Of what happened to people: recording_rows.cc.
std::vector<CommandRow> record_rows();
// Of what is not kept: registry_retention.cc.
std::vector<CommandRow> retention_rows();

}  // namespace omamori
