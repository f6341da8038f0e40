// Reads and makes the key of all links ([http] token_key of omamori.toml).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "daemon/doors/token.h"

namespace omamori {

// The key, or why it cannot be used: which file, and what to do.
std::variant<TokenKey, std::string> read_token_key(const std::filesystem::path& path);

// A new key where there is none; one that is there stays. What could not be done, or nothing.
std::optional<std::string> make_token_key(const std::filesystem::path& path);

}  // namespace omamori
