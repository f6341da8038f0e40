// Asks the system about the directories that omamori writes in. What it means:
// daemon/doctor/machine_findings.h.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "daemon/doctor/machine_findings.h"

namespace omamori {

// `where` and `directory` are known; asks the system for the rest, on a thread of its own.
using DiskLook = std::function<DiskFacts(DiskFacts)>;
DiskFacts look_by_this_user(DiskFacts facts);

// By the user this process acts as. A disk that does not answer within `limit` (a network share
// whose server is gone) is a problem like others; the thread that asks it is left behind.
DiskFacts look_at_disk(const std::string& where, const std::filesystem::path& directory,
                       std::chrono::milliseconds limit = std::chrono::seconds{2},
                       const DiskLook& look = look_by_this_user);

// The directory of backups, tried by making a file there. Like look_at_disk: what does not answer
// in time is a problem like others.
BackupFacts look_at_backups(const std::filesystem::path& directory,
                            const std::filesystem::path& database,
                            std::chrono::milliseconds limit = std::chrono::seconds{2});

// In bytes, what has been written beside it (-wal) included; 0 if it cannot be read.
std::uint64_t size_of_database(const std::filesystem::path& database);

}  // namespace omamori
