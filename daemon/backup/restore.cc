#include "daemon/backup/restore.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "config/replace_file.h"
#include "daemon/backup/copy_names.h"
#include "daemon/backup/copy_work.h"
#include "daemon/backup/erase_again.h"
#include "daemon/reminders/restored.h"
#include "db/sqlite/owner_lock.h"
#include "db/sqlite/sliced_copy.h"
#include "db/store.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;

constexpr const char* kParts[] = {"", "-wal", "-shm", "-journal"};

fs::path with(fs::path path, const std::string& end) { return path += end; }

bool is_there(const fs::path& path) {
  std::error_code unseen;
  return fs::exists(fs::symlink_status(path, unseen));
}

class Restoring {
 public:
  explicit Restoring(const RestoreOrder& order)
      : order_(order),
        // SQLite follows links, and its log lies beside what they lead to.
        place_(fs::weakly_canonical(order.database)),
        staged_(with(place_, ".restoring")) {}

  Restoration run() {
    if (verify() && look_at_what_is_there() && !order_.dry_run) put_in_place();
    return std::move(done_);
  }

 private:
  bool refuse(const std::string& why) {
    done_.refused = why;
    return false;
  }

  bool verify() {
    done_.copy = check_copy(order_.file, go_on_);
    if (!done_.copy.wrong.empty()) {
      return refuse(order_.file.string() + ": " + done_.copy.wrong +
                    ". Nothing was changed; omamorictl backup list names other copies");
    }
    auto erased = erased_of(done_.copy.identity, order_.database, order_.file);
    if (const auto* why = std::get_if<std::string>(&erased)) {
      return refuse(*why +
                    ": it says who was erased and must not come back. Nothing was changed; "
                    "put it right, or move it away if nobody was");
    }
    erased_ = std::move(std::get<ErasedList>(erased));
    return true;
  }

  bool look_at_what_is_there() {
    std::string in_use;
    lock_ = OwnerLock::take(order_.database, in_use);
    done_.replaced = is_there(place_);
    if (!lock_) {
      done_.since.unread =
          "it is in use; stop omamorid to see what it holds that the copy does not";
      done_.in_use = !order_.dry_run;
      return order_.dry_run || refuse("stop omamorid first: " + in_use);
    }
    if (done_.replaced) done_.since = since_copy(place_, done_.copy.head);
    return is_the_same() || order_.another ||
           refuse(
               order_.database.string() +
               " is another database than the one this is a copy of. If it is to be replaced all "
               "the same, say --another; it is kept");
  }

  // By what is there, or if that cannot be read, by what is known of it. One that holds nobody is
  // replaced without a word: a new machine has such a one.
  bool is_the_same() const {
    if (!done_.replaced && !KnownFile(order_.database).exists()) return true;
    std::string identity = done_.since.identity;
    if (!identity.empty() && done_.since.clients == 0) return true;
    const auto read = KnownFile(order_.database).read();
    const auto* known = std::get_if<KnownDatabase>(&read);
    if (identity.empty() && known) identity = known->identity;
    return identity.empty() || identity == done_.copy.identity;
  }

  void put_in_place() {
    clear_stage();
    try {
      const KnownDatabase known = stage();
      move_away();
      fs::rename(staged_, place_);
      sync_directory_of(place_);
      keep_erased();
      const std::string unwritten = KnownFile(order_.database).write(known);
      if (!unwritten.empty()) refuse(unwritten + ": remove it, then start omamorid");
    } catch (const std::exception& error) {
      refuse(std::string(error.what()) + (done_.kept.empty()
                                              ? ". Nothing was changed"
                                              : ". What was there is " + done_.kept.string() +
                                                    "; the same command again goes on"));
    }
    clear_stage();
  }

  // On another machine the list came with the copies.
  void keep_erased() {
    if (erased_.erased.empty()) return;
    const std::string unwritten = write_erased_list(erased_list_beside(order_.database), erased_);
    if (!unwritten.empty()) throw std::runtime_error(unwritten);
  }

  void clear_stage() {
    for (const char* end : {"", "-wal", "-shm", "-journal", ".known", ".lock"}) {
      std::error_code ignored;
      fs::remove(with(staged_, end), ignored);
    }
  }

  // The new database beside the place, complete and on disk.
  KnownDatabase stage() {
    copy_part("");
    if (const fs::path log = with(order_.file, "-wal"); is_there(log)) copy_part("-wal");
    make_one_file(staged_);
    const CopyFound staged = check_copy(staged_, go_on_);
    if (!staged.wrong.empty()) {
      throw std::runtime_error(staged_.string() +
                               ": what was copied is not what was read: " + staged.wrong);
    }
    const KnownDatabase known = write_down();
    make_one_file(staged_);
    return known;
  }

  void copy_part(const char* end) {
    const std::string problem = copy_bytes(with(order_.file, end), with(staged_, end), go_on_);
    if (!problem.empty()) throw std::runtime_error(problem);
  }

  KnownDatabase write_down() {
    Store store(staged_, OpenOptions{});
    const auto batch = store.batch();
    const Instant copied = done_.copy.last_instant.value_or(order_.now);
    keep_restored(store, order_.now);
    const Act act{order_.actor, order_.now, {}};
    store.journal(act, "restored", "", "",
                  R"({"copied_at":")" + stamp_of(copied) + R"(","journal":)" +
                      std::to_string(done_.copy.head.seq) + "}");
    batch->commit();
    done_.erased = erase_again(store, erased_, act);
    return {store.identity(), store.journal().head()};
  }

  // The file first: without it no program starts, so no log is lost unseen.
  void move_away() {
    const fs::path kept = name_of_kept();
    for (const char* end : kParts) {
      const fs::path from = with(place_, end);
      if (!is_there(from)) continue;
      fs::rename(from, with(kept, end));
      done_.kept = kept;
    }
    if (!done_.kept.empty()) sync_directory_of(place_);
  }

  // A kill may have left the log of one that was moved away already. What an earlier restore has
  // kept is never written over, also when that was in the same second.
  fs::path name_of_kept() const {
    const std::string begin = place_.filename().string() + ".replaced-";
    if (!done_.replaced && is_there(with(place_, "-wal"))) {
      fs::path last;
      for (const auto& file : fs::directory_iterator(place_.parent_path())) {
        const std::string name = file.path().filename();
        const bool is_part = name.ends_with("-wal") || name.ends_with("-shm");
        if (name.starts_with(begin) && !is_part && file.path() > last) last = file.path();
      }
      if (!last.empty() && !is_there(with(last, "-wal"))) return last;
    }
    const fs::path wanted = with(place_, ".replaced-" + stamp_of(order_.now));
    fs::path free = wanted;
    for (int more = 2; is_any_part_there(free); ++more) {
      free = with(wanted, "-" + std::to_string(more));
    }
    return free;
  }

  static bool is_any_part_there(const fs::path& file) {
    return std::any_of(std::begin(kParts), std::end(kParts),
                       [&](const char* end) { return is_there(with(file, end)); });
  }

  const RestoreOrder& order_;
  const fs::path place_;
  const fs::path staged_;
  const std::atomic<bool> go_on_{false};  // nobody stops it
  std::optional<OwnerLock> lock_;
  ErasedList erased_;
  Restoration done_;
};

}  // namespace

Restoration restore(const RestoreOrder& order) {
  try {
    return Restoring(order).run();
  } catch (const std::exception& error) {
    Restoration failed;
    failed.refused = error.what();
    return failed;
  }
}

}  // namespace omamori
