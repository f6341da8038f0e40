// Reads a settings file whole, with a limit. Blocks for the disk only: a pipe or a device is
// refused before it is opened.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "config/parsed.h"

namespace omamori {

// No settings file of ours comes near this; larger is a mistake (a database, a log).
inline constexpr std::size_t max_settings_bytes = std::size_t{1} << 20;

// The bytes of `path`, or one error without a line: missing, not a plain file, unreadable, larger
// than max_settings_bytes.
Parsed<std::string> read_settings_file(const std::filesystem::path& path);

}  // namespace omamori
