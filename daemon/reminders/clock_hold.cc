#include "daemon/reminders/clock_hold.h"

namespace omamori {
namespace {

constexpr const char* kName = "clock_hold";
const std::string kBehind = "behind: ";
const std::string kForward = "forward: ";

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

void keep_clock_hold(Store& store, const ClockSuspicion& suspicion, const Act& act) {
  const auto batch = store.batch();
  store.set_meta(kName, (suspicion.behind ? kBehind : kForward) + suspicion.why);
  store.journal(act, "clock.held", "", "", "{}");
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
