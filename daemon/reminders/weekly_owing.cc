#include "daemon/reminders/weekly_owing.h"

#include <algorithm>
#include <utility>

#include "config/policy_words.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/weekly_times.h"

namespace omamori {
namespace {

const std::string kSince = "weekly_since";
const std::string kNextWeek = "the next week has come";
// Of a longer downtime only so many weeks are written down.
constexpr std::size_t kMissedAtMost = 8;

// Since when the policy has named this weekday: "monday 2026-06-01T00:30:00Z".
Instant known_since(Store& store, const std::string& weekday, Instant now) {
  const std::string kept = store.meta(kSince);
  if (kept.starts_with(weekday + " ")) {
    if (const auto at = parse_instant(kept.substr(weekday.size() + 1))) return *at;
  }
  store.set_meta(kSince, weekday + " " + to_string(now));
  return now;
}

// The newest week that was ever owed; nothing: none was.
std::optional<Obligation> latest_known(Store& store) {
  std::optional<Obligation> latest;
  for (const Obligation& o : store.live_obligations("")) {
    if (is_weekly(o) && (!latest || o.window_from > latest->window_from)) latest = o;
  }
  return latest;
}

void end_earlier(Store& store, const Act& act) {
  for (const Obligation& o : store.live_obligations("")) {
    if (is_weekly(o)) store.end_obligation(o.key, ObligationState::ended, kNextWeek, act);
  }
}

class Week {
 public:
  Week(Service& service, const Act& act, const Directory& directory)
      : store_(service.store()), act_(act), directory_(directory) {}

  void owe(const WeeklySlot& slot) {
    store_.put_obligation(weekly_obligation(slot), act_);
    for (const auto& [staff, scope] : weekly_scopes(directory_, act_.today)) {
      store_.owe(weekly_reminder(slot, staff), act_);
    }
  }

  // A week that nobody is told of any more, because a later one has come.
  void leave_out(const WeeklySlot& slot) {
    const Obligation about = weekly_obligation(slot);
    store_.put_obligation(about, act_);
    for (const auto& [staff, scope] : weekly_scopes(directory_, slot.slot_day)) {
      store_.silence(weekly_reminder(slot, staff), kNextWeek, act_);
    }
    store_.end_obligation(about.key, ObligationState::ended, kNextWeek, act_);
  }

 private:
  Store& store_;
  const Act& act_;
  const Directory& directory_;
};

}  // namespace

std::optional<Instant> owe_weekly(Service& service, const Act& act) {
  Store& store = service.store();
  const Policy& policy = service.policy();
  const std::string weekday = word_of(weekday_words, policy.weekly_on);
  const auto batch = store.batch();
  Instant since = known_since(store, weekday, act.now);
  if (!policy.weekly_on) {
    batch->commit();
    return {};
  }
  const auto planning = service.planning();
  const SlotRules rules{planning->policy, planning->workdays, service.zone()};
  const auto known = latest_known(store);
  std::vector<WeeklySlot> come = weekly_slots(rules, since - std::chrono::seconds{1}, act.now);
  std::erase_if(come, [&](const WeeklySlot& s) { return known && s.monday <= known->window_from; });
  if (!come.empty()) {
    end_earlier(store, act);
    Week week(service, act, planning->directory);
    const std::size_t missed = come.size() - 1;
    for (std::size_t i = missed - std::min(missed, kMissedAtMost); i < missed; ++i) {
      week.leave_out(come[i]);
    }
    week.owe(come.back());
  }
  batch->commit();
  const auto next = next_weekly_slot(rules, act.now);
  return next ? next->slot : act.now + std::chrono::days{1};
}

}  // namespace omamori
