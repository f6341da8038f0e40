#include "daemon/reminders/restored.h"

#include "daemon/reminders/kept_instant.h"

namespace omamori {
namespace {

constexpr const char* kAt = "restored_at";
constexpr const char* kHold = "restored_hold";
constexpr const char* kLinks = "restored_links";  // daemon/backup/restored_links.h: from the start

}  // namespace

std::optional<Restored> restored(Store& store) {
  const auto at = kept_instant(store, kAt);
  if (!at) return {};
  return Restored{*at, store.meta(kHold) == "yes"};
}

void keep_restored(Store& store, Instant at) {
  keep_instant(store, kAt, at);
  store.set_meta(kHold, "yes");
  store.set_meta(kLinks, "");
}

bool release_restored(Store& store) {
  const auto is = restored(store);
  if (!is || !is->held) return false;
  store.set_meta(kHold, "");
  return true;
}

}  // namespace omamori
