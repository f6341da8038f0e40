// What disk, clock and database file say, as findings. Pure: the facts are gathered by whoever owns
// the database (daemon/commands/doctor.cc) or runs on the machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "daemon/doctor/finding.h"
#include "daemon/reminders/clock_suspicion.h"

namespace omamori {

inline constexpr std::uint64_t kMiB = 1024U * 1024U;
// Less than this is an error: the next large import or re-plan may not fit.
inline constexpr std::uint64_t kDiskTooLittle = 100 * kMiB;
// Less than this, or than three times what is written there as a whole, is a warning.
inline constexpr std::uint64_t kDiskLittle = 1024 * kMiB;

// A directory that omamorid writes in, seen by the user it runs as.
struct DiskFacts {
  std::string where;  // "disk:database"
  std::filesystem::path directory;
  std::string problem;        // it cannot be looked at, in the system's words; then nothing below
  bool writable = false;      // files can be made there
  std::uint64_t free = 0;     // bytes this user may still write
  std::uint64_t largest = 0;  // bytes of what is written there as a whole: the database
};
Finding disk_finding(const DiskFacts& facts, const Tongue& tongue);

struct BackupFacts {
  std::filesystem::path directory;  // empty: none configured
  std::optional<Instant> newest;    // the youngest copy there
  std::string untried{};            // why no file can be made there; "" = one was, and removed
  bool same_disk = false;           // as the database
};
// None configured is a warning, and so are a newest copy of more than two days (one is made daily)
// and the disk of the database. A directory that takes no file is an error.
Finding backup_finding(const BackupFacts& facts, Instant now, const Tongue& tongue);

// What the owner of the database knows of time.
struct TimeFacts {
  std::string zone;
  std::string hold;                     // why the clock is not trusted; empty = it is
  std::optional<Instant> last_instant;  // the last one acted on
  bool made_up = false;                 // a demonstration's --clock: nothing to compare it with
};
// Of the machine's clock, read when the look began and when it ended.
Findings clock_findings(const TimeFacts& time, const ClockReading& began, const ClockReading& ended,
                        const Tongue& tongue);

}  // namespace omamori
