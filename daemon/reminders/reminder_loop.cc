#include "daemon/reminders/reminder_loop.h"

#include <algorithm>
#include <utility>

#include "daemon/model/time_math.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/receipts.h"
#include "daemon/reminders/troubles.h"
#include "daemon/reminders/weekly_owing.h"

namespace omamori {
namespace {

using std::chrono::minutes;

// After a start whatever waited is sent before anybody is told in somebody's place.
constexpr minutes kGraceAfterStart{2};
// While the clock is held, it is looked at so often.
constexpr minutes kLookAtClock{10};
// Something that should have been dealt with was not: once more, but not at once.
constexpr minutes kNotAtOnce{1};
// Receipts that everybody has read are ended so often, when something happens anyhow.
constexpr std::chrono::hours kSettleReceipts{1};
// The trusted clock is written at least so often when nothing happens.
constexpr std::chrono::hours kWriteClock{1};

bool same_reach(const std::map<std::string, PeerState>& a,
                const std::map<std::string, PeerState>& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
           return x.first == y.first && x.second.reach == y.second.reach;
         });
}

}  // namespace

ReminderLoop::ReminderLoop(Service& service, World world)
    : service_(service), store_(service.store()), world_(std::move(world)) {
  read_hold();
}

void ReminderLoop::read_hold() {
  hold_ = {};
  if (const auto kept = kept_clock_hold(store_)) {
    hold_.why = kept->why;
    hold_.behind = kept->behind;
    hold_.seen = kept_clock_seen(store_);
  }
}

void ReminderLoop::reread_clock() {
  const bool was_held = !hold_.why.empty();
  if (kept_clock_hold(store_).has_value() == was_held) return;
  read_hold();
  before_ = world_.read_clock();
}

std::optional<Instant> ReminderLoop::step() {
  report_ = {};
  const Act act = service_.act("omamorid");
  if (!std::exchange(started_, true)) {
    store_.settle_interrupted(act);
    report_.decided.restored = store_.restore_schedules(act.now);
    people_changed();  // an address may have been corrected while nobody ran
    started_at_ = act.now;
    next_fallback_ = act.now + kGraceAfterStart;
  }
  if (!clock_is_believed(act)) {
    if (wait_for_clock_) return store_.last_instant();
    next_trouble_ = owe_troubles(service_, act);
    report_.composed = compose_due(service_, act, service_.templates(), MessageKind::trouble);
    return act.now + kLookAtClock;
  }
  if (decide(act)) return act.now;
  owe_weekly_if_due(act);
  settle_receipts_if_due(act);
  report_.composed = compose_due(service_, act, service_.templates());
  note_composed(service_, report_.composed, act);
  fall_back_if_due(act);
  next_trouble_ = owe_troubles(service_, act);
  report_.composed.add(compose_due(service_, act, service_.templates()));
  const auto last = store_.last_instant();
  const bool acted = report_.decided.clients > 0 || !report_.composed.messages.empty();
  if (acted || !last || act.now - *last >= kWriteClock) store_.set_last_instant(act.now);
  return next(act);
}

bool ReminderLoop::clock_is_believed(const Act& act) {
  const ClockReading now = world_.read_clock();
  wait_for_clock_ = false;
  if (!hold_.why.empty()) {
    const auto last = store_.last_instant();
    if (clock_has_corrected_itself(hold_, {now, {}, last, world_.built})) {
      wait_for_clock_ = last && act.now < *last;  // the trusted clock does not go back
      return !wait_for_clock_ && release_clock(act);
    }
    if (!now.synchronised) hold_.synchronised_since.reset();
    if (now.synchronised && !hold_.synchronised_since) hold_.synchronised_since = now.since_boot;
    for (const StoredTrouble& trouble : store_.troubles()) {
      if (trouble.subject != "clock" || hold_.told) continue;
      const auto items = store_.items_of_obligation(trouble.obligation);
      const bool told = std::any_of(items.begin(), items.end(), [](const StoredItem& item) {
        return item.state == ItemState::told;
      });
      if (told) hold_.told = now.since_boot;
    }
    return clock_hold_is_over(hold_, now) && release_clock(act);
  }
  const auto last = store_.last_instant();
  const auto suspicion = clock_suspicion({now, before_, last, world_.built});
  if (suspicion) {
    hold_clock(*suspicion, act);
    hold_.trusted = before_;
    return false;
  }
  before_ = now;
  wait_for_clock_ = last && act.now < *last;
  return !wait_for_clock_;
}

void ReminderLoop::hold_clock(const ClockSuspicion& suspicion, const Act& act) {
  hold_ = {};
  hold_.why = suspicion.why;
  hold_.behind = suspicion.behind;
  hold_.seen = act.now;
  keep_clock_hold(store_, suspicion, act);
}

bool ReminderLoop::release_clock(const Act& act) {
  accept_clock(store_, "clock.released", act);
  hold_ = {};
  before_ = world_.read_clock();
  return true;
}

// A message to an address that is not this person's any more would go to a stranger.
void ReminderLoop::people_changed() {
  const Act act = service_.act("omamorid");
  const auto planning = service_.planning();
  const Directory& directory = planning->directory;
  const auto batch = store_.batch();
  std::vector<std::string> unreadable;  // those do not leave either
  for (const StoredMessage& message : store_.all_pending(unreadable)) {
    const Staff* staff = directory.staff(message.content.staff);
    if (!staff || message.frozen || message.in_flight) continue;
    std::string why;
    const auto ways = ways_of(*staff, service_.config(), why);
    const Way way{message.content.channel, message.content.address};
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) {
      store_.give_up_message(message.content.id, "the address has changed", act);
    }
  }
  batch->commit();
}

// True if there is more to decide at once.
bool ReminderLoop::decide(const Act& act) {
  if (!run_) {
    const auto due = store_.next_client_instant(act.now);
    if (!due || *due > act.now) return false;
    run_ = std::make_unique<DecideRun>(service_, act.now);
  }
  std::vector<std::string> restored = std::move(report_.decided.restored);
  report_.decided = run_->pass(act);
  report_.decided.restored = std::move(restored);
  note_decided(service_, report_.decided, act);
  if (!run_->finished()) return true;
  run_.reset();
  return false;
}

// After deciding: its figures are those of the morning it is sent on.
void ReminderLoop::owe_weekly_if_due(const Act& act) {
  const bool same_settings =
      std::exchange(weekly_settings_, service_.settings()) == service_.settings();
  if (same_settings && (!next_weekly_ || *next_weekly_ > act.now)) return;
  next_weekly_ = owe_weekly(service_, act);
}

void ReminderLoop::settle_receipts_if_due(const Act& act) {
  if (next_receipts_ && *next_receipts_ > act.now) return;
  const bool more = settle_receipts(service_, act);
  next_receipts_ = more ? act.now : act.now + kSettleReceipts;
}

void ReminderLoop::fall_back_if_due(const Act& act) {
  // Nothing fails while nothing is tried: what was to be looked at waits for the end of the hold.
  if (service_.held()) {
    next_fallback_.reset();
    next_peer_.reset();
    held_back_ = true;
    return;
  }
  if (std::exchange(held_back_, false)) next_fallback_ = act.now + kGraceAfterStart;
  const auto peers = world_.peers();
  const bool peers_differ = !same_reach(peers, peers_seen_);
  if (peers_differ || (next_peer_ && *next_peer_ <= act.now)) {
    next_peer_ = note_peers(service_, peers, act);
  }
  peers_seen_ = peers;
  if (!report_.composed.messages.empty()) {
    no_later(next_fallback_, act.now + service_.policy().urgent_fallback_after);
  }
  const bool nobody_there =
      !report_.composed.unreachable.empty() || !report_.composed.spent.empty();
  const bool due = next_fallback_ && *next_fallback_ <= act.now;
  if (!due && !peers_differ && !nobody_there) return;
  if (act.now < started_at_ + kGraceAfterStart && !nobody_there) {
    next_fallback_ = started_at_ + kGraceAfterStart;
    return;
  }
  report_.fallen_back = fall_back(service_, peers, act);
  stuck_ = report_.fallen_back.stuck;
  next_fallback_ = report_.fallen_back.next;
}

std::optional<Instant> ReminderLoop::next(const Act& act) {
  std::optional<Instant> at = store_.next_client_instant(act.now);
  if (at && *at <= act.now && report_.decided.clients == 0) at = act.now + kNotAtOnce;
  auto item = store_.next_item_instant();
  const bool composed_now = !report_.composed.messages.empty() ||
                            report_.fallen_back.substituted > 0 ||
                            !report_.fallen_back.given_up.empty();
  if (item && *item <= act.now && !composed_now) item = act.now + kNotAtOnce;
  no_later(at, item);
  no_later(at, next_trouble_);
  no_later(at, next_weekly_);
  if (!service_.held()) {  // else neither is looked at, however long it is due
    no_later(at, next_fallback_);
    no_later(at, next_peer_);
  }
  if (at && *at < act.now) at = act.now;
  return at;
}

}  // namespace omamori
