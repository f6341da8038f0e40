// Secrets come from files only: a systemd credential of that name if there is one, else the file.
// They are never logged, and never part of an error. A file that others on this machine may read
// or change (config/file_modes.h) is refused.
#pragma once

#include <filesystem>
#include <string>

#include "config/parsed.h"

namespace omamori {

// Where a secret is read from: the systemd credential if there is one, else the file itself.
std::filesystem::path secret_place(const std::filesystem::path& path);

// The first line of the file. `path` as in Config: where the file is if no credential of its last
// component exists in $CREDENTIALS_DIRECTORY. An error says which file and why, not what is in it.
Parsed<std::string> read_secret(const std::filesystem::path& path);

// The whole file, for secrets of which there can be more than one (webhooks: two while one is
// changed). Otherwise like read_secret().
Parsed<std::string> read_secrets(const std::filesystem::path& path);

// Likewise, and not refused for being open to others: certificates are no secret.
Parsed<std::string> read_certificates(const std::filesystem::path& path);

}  // namespace omamori
