// Asks the system about the directories that omamori writes in. What it means:
// daemon/doctor/machine_findings.h.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "daemon/doctor/machine_findings.h"

namespace omamori {

// By the user this process acts as. A disk that does not answer within `limit` (a network share
// whose server is gone) is a problem like others; whoever waits for it is left behind.
DiskFacts look_at_disk(const std::string& where, const std::filesystem::path& directory,
                       std::chrono::milliseconds limit = std::chrono::seconds{2});

// When the youngest file there was written; nothing if there is none, or it cannot be read.
std::optional<Instant> youngest_file(const std::filesystem::path& directory);

// In bytes, what has been written beside it (-wal) included; 0 if it cannot be read.
std::uint64_t size_of_database(const std::filesystem::path& database);

}  // namespace omamori
