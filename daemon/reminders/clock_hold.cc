#include "daemon/reminders/clock_hold.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr const char* kName = "clock_hold";
constexpr const char* kSeen = "clock_hold_seen";
constexpr const char* kHeld = "clock.held";
const std::string kBehind = "behind: ";
const std::string kForward = "forward: ";

// What says on which day something was.
bool is_record(std::string_view kind) {
  constexpr std::string_view kKinds[] = {"ack", "absence", "end", "import", "resume", "suspend"};
  return kind.starts_with("record.") ||
         std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

}  // namespace

std::optional<ClockSuspicion> kept_clock_hold(Store& store) {
  const std::string kept = store.meta(kName);
  if (kept.empty()) return {};
  const bool behind = kept.starts_with(kBehind);
  const std::size_t prefix = behind                       ? kBehind.size()
                             : kept.starts_with(kForward) ? kForward.size()
                                                          : 0;
  return ClockSuspicion{behind, kept.substr(prefix)};
}

std::optional<Instant> kept_clock_seen(Store& store) { return parse_instant(store.meta(kSeen)); }

std::vector<JournalRow> recorded_while_held(Store& store) {
  JournalFilter last_hold;
  last_hold.kind = kHeld;
  last_hold.last = 1;
  JournalFilter since;
  store.journal().read(last_hold, [&](const JournalRow& row) { since.after = row.seq; });
  std::vector<JournalRow> rows;
  if (since.after == 0) return rows;
  bool over = false;
  store.journal().read(since, [&](const JournalRow& row) {
    const std::string& kind = row.entry.kind;
    over = over || kind == "clock.accept" || kind == "clock.released";
    if (!over && is_record(kind)) rows.push_back(row);
  });
  return rows;
}

void keep_clock_hold(Store& store, const ClockSuspicion& suspicion, const Act& act) {
  const auto batch = store.batch();
  store.set_meta(kName, (suspicion.behind ? kBehind : kForward) + suspicion.why);
  store.set_meta(kSeen, to_string(act.now));
  store.journal(act, kHeld, "", "", "{}");
  store.raise_trouble("clock", suspicion.why, false, act);
  batch->commit();
}

bool accept_clock(Store& store, const std::string& kind, const Act& act) {
  if (store.meta(kName).empty()) return false;
  const auto batch = store.batch();
  store.set_meta(kName, "");
  store.set_last_instant(act.now);
  store.settle_trouble("clock", "the clock is believed again", act);
  store.journal(act, kind, "", "", "{}");
  batch->commit();
  return true;
}

}  // namespace omamori
