#include "daemon/backup/backups.h"

#include <utility>

#include "daemon/backup/copy_names.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/kept_instant.h"

namespace omamori {
namespace {

// Damage can have many words; the first say enough to know what to do.
constexpr std::size_t kMostWords = 400;
constexpr const char* kTrouble = "backup";

// Beside the database, wherever a link leads: what can be written there is known.
std::filesystem::path scratch_of(const Store& store) {
  return std::filesystem::canonical(store.path()).concat(".copy");
}

// The copy is made where the database itself must go on writing: a disk that it filled up would
// take no record while it lasts. Throws when there is no room for both.
void require_room(const Store& store) {
  constexpr std::uintmax_t kLeft = 16U << 20U;  // for the log, and what is sent meanwhile
  const auto size = std::filesystem::file_size(store.path());
  const auto room =
      std::filesystem::space(store.path().parent_path().empty() ? "." : store.path().parent_path())
          .available;
  if (room >= size + kLeft) return;
  throw std::runtime_error(
      "the disk of the database has no room for a copy: " + std::to_string(room >> 20U) +
      " MiB are free, " + std::to_string((size + kLeft) >> 20U) + " are needed");
}

CopyOrder order_of(Service& service, const std::filesystem::path& to, Instant now) {
  CopyOrder order;
  order.scratch = scratch_of(service.store());
  order.to = to;
  order.identity = service.store().identity();
  order.zone = service.config().zone;
  order.now = now;
  const auto erased = read_erased_list(erased_list_beside(service.store().path()));
  if (const auto* list = std::get_if<ErasedList>(&erased)) order.erased = *list;
  return order;
}

}  // namespace

Backups::Backups(Service& service, Aside aside, std::function<void()> turn_soon,
                 std::function<Steady::time_point()> steady)
    : service_(service),
      aside_(std::move(aside)),
      turn_soon_(std::move(turn_soon)),
      steady_(std::move(steady)) {
  if (!aside_) return;
  service_.backups.made_here = true;
  service_.backups.since = service_.now();
}

Backups::~Backups() = default;

bool Backups::into_directory() const { return !service_.config().backup.directory.empty(); }

std::optional<Instant> Backups::next(Instant now) {
  if (checking_ && complained_) return {};
  if (checking_)
    return now + std::chrono::ceil<std::chrono::seconds>(begun_at_ + kCopyAgain - steady_());
  if (!aside_ || copy_) return {};
  if (service_.backups.wish) return now;
  Store& store = service_.store();
  if (!into_directory() && store.demo()) return {};  // nobody would miss it
  const TimeOfDay at = service_.config().backup.at;
  made_.succeeded = kept_instant(store, into_directory() ? kCopyMade : kCopyLookedAt);
  return into_directory() ? next_daily_copy(made_, at, service_.zone(), now)
                          : next_scratch_copy(made_, store.created_at(), at, service_.zone(), now);
}

// By a clock that is not believed nothing is named, and nothing is thinned out.
bool Backups::due(Instant now) {
  const auto at = next(now);
  if (!at || *at > now) return false;
  return service_.backups.wish.has_value() || !kept_clock_hold(service_.store());
}

bool Backups::step(const Act& act) {
  if (!aside_) return false;
  if (std::exchange(checked_, false)) {
    checking_ = false;
    conclude(act);
    return true;
  }
  if (checking_) return complain_of_waiting(act);
  try {
    if (!copy_) return due(act.now) && begin(act);
    if (copy_->step(kPagesAtOnce)) {
      hand_over();
    } else if (waits_for_long()) {
      throw std::runtime_error("it was not through in an hour: too much else was to be done");
    }
    return !checking_;
  } catch (const std::exception& error) {
    copy_.reset();
    outcome_ = std::make_shared<CopyOutcome>();
    outcome_->failed = error.what();
    conclude(act);
  }
  return true;
}

bool Backups::begin(const Act& act) {
  const auto wish = std::exchange(service_.backups.wish, std::nullopt);
  wish_ = wish ? wish->number : 0;
  const std::filesystem::path& directory = service_.config().backup.directory;
  const bool elsewhere = wish && !wish->to.empty();
  kind_ = elsewhere ? Kind::wish : into_directory() ? Kind::daily : Kind::scratch;
  std::filesystem::path to;
  if (elsewhere) to = wish->to;
  if (kind_ == Kind::daily) to = directory / copy_name(act.now);
  order_ = order_of(service_, to, act.now);
  if (kind_ == Kind::daily) order_.keep = service_.config().backup;
  begun_at_ = steady_();
  require_room(service_.store());
  copy_ = service_.store().begin_copy(order_.scratch);
  return true;
}

// Nothing can call a thread back out of a system call that hangs.
bool Backups::complain_of_waiting(const Act& act) {
  if (complained_ || !waits_for_long()) return false;
  const std::string why =
      "it has not ended in an hour: " + (order_.to.empty() ? order_.scratch : order_.to).string() +
      " may be on a disk or share that does not answer";
  if (wish_ != 0) service_.backups.ended = {wish_, order_.to, why, 0, {}};
  if (kind_ != Kind::wish) service_.store().raise_trouble(kTrouble, why, false, act);
  complained_ = true;
  return false;
}

void Backups::hand_over() {
  copy_.reset();
  checking_ = true;
  complained_ = false;
  outcome_ = std::make_shared<CopyOutcome>();
  aside_([order = order_, outcome = outcome_](
             const std::atomic<bool>& stop) { *outcome = place_copy(order, stop); },
         [this] {
           checked_ = true;
           turn_soon_();
         });
}

void Backups::conclude(const Act& act) {
  const CopyOutcome outcome = std::move(*std::exchange(outcome_, nullptr));
  // First: on a full disk nothing can be written down, and whoever asked waits for an answer.
  if (wish_ != 0) {
    service_.backups.ended = {wish_, order_.to,
                              outcome.failed.empty() ? outcome.wrong : outcome.failed,
                              outcome.bytes, outcome.head};
  }
  if (kind_ != Kind::wish && !outcome.good()) made_.failed = act.now;
  write_down(outcome, act);
}

void Backups::write_down(const CopyOutcome& outcome, const Act& act) {
  Store& store = service_.store();
  const auto batch = store.batch();
  if (!outcome.wrong.empty()) {
    store.raise_trouble(
        "database", "a copy of it is damaged: " + outcome.wrong.substr(0, kMostWords), false, act);
  }
  if (kind_ != Kind::wish) {
    if (outcome.good()) {
      made_.failed.reset();
      keep_instant(store, kind_ == Kind::daily ? kCopyMade : kCopyLookedAt, order_.now);
      store.settle_trouble(kTrouble, "a copy was made and is sound", act);
    } else {
      const std::string why =
          outcome.failed.empty() ? "the copy is damaged: " + outcome.wrong : outcome.failed;
      store.raise_trouble(kTrouble, why.substr(0, kMostWords), false, act);
    }
  }
  batch->commit();
}

CopyOutcome copy_at_once(Service& service, std::filesystem::path& to, const Act& act) {
  const BackupConfig& config = service.config().backup;
  const bool into_directory = to.empty();
  if (into_directory) to = config.directory / copy_name(act.now);
  CopyOrder order = order_of(service, to, act.now);
  if (into_directory) order.keep = config;
  require_room(service.store());
  service.store().begin_copy(order.scratch)->step(kAllPages);
  const std::atomic<bool> stop{false};
  CopyOutcome outcome = place_copy(order, stop);
  if (outcome.good() && into_directory) {
    const auto batch = service.store().batch();
    keep_instant(service.store(), kCopyMade, act.now);
    service.store().settle_trouble(kTrouble, "a copy was made and is sound", act);
    batch->commit();
  }
  return outcome;
}

}  // namespace omamori
