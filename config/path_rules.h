// Paths in omamori.toml: what they may be, and where they lead. No file is looked at. Functions
// named …_rule as in config/address_rules.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace omamori {

std::string path_rule(std::string_view text);
std::string needed_path_rule(std::string_view text);

// A relative path leads on from `directory`, that of omamori.toml; an empty one stays empty.
std::filesystem::path resolved(const std::filesystem::path& directory,
                               const std::filesystem::path& path);

}  // namespace omamori
