// Reads omamori.toml: what the operator decides. Strict, like policy.toml:
// every mistake is an error, all of them at once; then there is no configuration.
//
// `password_file`, `secret_file`, `key_file` and `token_key` become paths beside omamori.toml like
// every other relative path. Whoever reads the secret looks first for a systemd credential with the
// last component as its name, so that `password_file = "smtp-password"` serves both.
//
// Errors never repeat a URL or a host: a heartbeat URL is a secret.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/config.h"
#include "config/parsed.h"

namespace omamori {

// Relative paths are resolved against `directory`, the defaults too. Pure, but for the time zone
// database, which is asked whether it knows the zone.
Parsed<Config> parse_config(std::string_view text, const std::string& file_name,
                            const std::filesystem::path& directory);

// Reads the file (blocking, disk only) and parses it with its own directory.
Parsed<Config> load_config(const std::filesystem::path& path);

}  // namespace omamori
