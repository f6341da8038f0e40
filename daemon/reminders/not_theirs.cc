#include "daemon/reminders/not_theirs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "daemon/model/reminder.h"

namespace omamori {
namespace {

// Another case manager has the client now: what was still owed to the one before is owed to the
// new one, by the plan. Somebody who stands in for an absent case manager keeps it.
bool handed_over(Store& store, const Directory& directory, const StoredItem& item, Day today) {
  if (item.reminder.as != Role::case_manager || item.client.empty()) return false;
  if (is_withdrawal(item.reminder.days)) return false;  // for whoever was told, not for who is next
  const auto client = store.client(item.client);
  if (!client || client->case_manager == item.reminder.staff) return false;
  const auto now =
      recipients(directory, client->office, client->case_manager, {Role::case_manager}, today);
  if (now.front().staff == item.reminder.staff) return false;
  const auto facts = store.facts(item.client);
  return facts && std::any_of(facts->versions.begin(), facts->versions.end(),
                              [&](const ClientVersion& version) {
                                return version.case_manager == item.reminder.staff;
                              });
}

// Why `item` is not told to its person any more; empty: it is.
std::string why_not_theirs(Store& store, const Directory& directory, const StoredItem& item,
                           Day today) {
  const std::string& staff = item.reminder.staff;
  if (directory.has_left(staff, today)) return staff + " has left";
  try {
    if (!handed_over(store, directory, item, today)) return "";
    const std::string to = store.client(item.client)->case_manager;
    return to.empty() ? "handed over" : "handed over to " + to;
  } catch (const BadRow&) {
    return "";  // whoever cannot be read is rather told twice
  }
}

}  // namespace

void leave_out_what_is_not_theirs(Store& store, const Directory& directory, const Act& act,
                                  std::vector<StoredItem>& items) {
  std::vector<StoredItem> kept;
  for (StoredItem& item : items) {
    const std::string why = why_not_theirs(store, directory, item, act.today);
    if (why.empty()) {
      kept.push_back(std::move(item));
    } else {
      store.silence(item.reminder, why, act);
    }
  }
  items = std::move(kept);
}

}  // namespace omamori
