// The copies of the database that the daemon makes: daily into [backup] directory, or where there
// is none, weekly one beside the database that is only looked at, so that damage is found; and when
// a command asks. Copied in slices between other work, beside the database, so that another disk
// that hangs keeps nobody waiting; then brought to its place and checked in a thread of its own.
// One at a time.
//
// A copy that is not through after an hour (a share that hangs; work that never rests) is given up
// where it can be, and said to the operator.
//
// A copy that cannot be made is a trouble ("backup"), one that is damaged another ("database"):
// what it was made of may be damaged, too. Used from the loop's thread.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/backup/backup_times.h"
#include "daemon/backup/copy_work.h"
#include "daemon/reminders/context.h"
#include "db/sqlite/sliced_copy.h"

namespace omamori {

// A slice, 800 KiB: some milliseconds, also where the pages must be fetched from the disk. Measured
// by tests/bench/copy_bench.cc.
inline constexpr int kPagesAtOnce = 200;

class Backups {
 public:
  // Runs `work` in another thread, and `done` later on the loop's; `work` heeds its argument.
  using Aside = std::function<void(std::function<void(const std::atomic<bool>& stop)> work,
                                   std::function<void()> done)>;
  // Without `aside` no copies are made. `turn_soon`: step() is to be called again.
  // `steady`: an hour is one of this machine's, however the service's clock is set or jumps.
  using Steady = std::chrono::steady_clock;
  Backups(Service& service, Aside aside, std::function<void()> turn_soon,
          std::function<Steady::time_point()> steady = Steady::now);
  ~Backups();

  // When there is nothing else to do at this instant: a slice of a copy, or what became of one.
  // True: there is more to do at once. Throws SqliteError only if that cannot be written down.
  bool step(const Act& act);
  // When the next copy is to begin; nothing: its end brings a turn.
  std::optional<Instant> next(Instant now);

 private:
  enum class Kind { daily, scratch, wish };
  bool begin(const Act& act);
  bool due(Instant now);
  void hand_over();
  bool waits_for_long() const { return steady_() - begun_at_ >= kCopyAgain; }
  bool complain_of_waiting(const Act& act);
  void conclude(const Act& act);
  void write_down(const CopyOutcome& outcome, const Act& act);
  bool into_directory() const;

  Service& service_;
  Aside aside_;
  std::function<void()> turn_soon_;
  std::function<Steady::time_point()> steady_;
  CopiesMade made_;
  Kind kind_ = Kind::daily;  // of the one that is being made
  int wish_ = 0;             // its number
  CopyOrder order_;
  std::unique_ptr<SlicedCopy> copy_;
  // Written by the other thread before `done` is called.
  std::shared_ptr<CopyOutcome> outcome_;
  Steady::time_point begun_at_{};
  bool checking_ = false;
  bool complained_ = false;  // that the other thread does not come to an end
  bool checked_ = false;
};

// Where nobody serves: all of it at once, in this thread. The store's own directory must have room.
// `to` empty: into the directory of backups, where older ones are thinned out.
CopyOutcome copy_at_once(Service& service, std::filesystem::path& to, const Act& act);

}  // namespace omamori
