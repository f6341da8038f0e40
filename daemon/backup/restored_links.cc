#include "daemon/backup/restored_links.h"

#include <charconv>
#include <string>

#include "daemon/doors/acts.h"
#include "daemon/reminders/restored.h"
#include "db/door_records.h"

namespace omamori {
namespace {

// A few milliseconds.
constexpr int kAtOnce = 200;
constexpr const char* kDone = "restored_links";

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class Writer {
 public:
  Writer(Service& service, Instant restored_at)
      : store_(service.store()), key_(*service.token_key()), restored_at_(restored_at) {}

  void write(const StoredItem& item) {
    const Reminder& reminder = item.reminder;
    if (reminder.staff.empty()) return;
    const auto stored = store_.obligation(reminder.obligation);
    if (!stored) return;
    if (is_answered_by_link(stored->obligation.kind)) {
      carry(reminder.staff, reminder.obligation, kActDoor);
    }
    if (stored->obligation.provider == reminder.staff && reminder.as == Role::provider) {
      carry(reminder.staff, reminder.staff, kAttendanceDoor);
    }
  }

 private:
  void carry(const std::string& staff, const std::string& subject, const char* door) {
    DoorRecords& doors = store_.doors();
    const int generation = doors.generation(staff);
    const std::string token = make_token(key_, staff, subject, door, generation);
    doors.carry({hash_of(token), staff, subject, door, generation, restored_at_});
  }

  Store& store_;
  const TokenKey& key_;
  const Instant restored_at_;
};

}  // namespace

bool RestoredLinks::step(Instant now) {
  const auto is = restored(service_.store());
  if (!is || !service_.token_key() || is->at + kLinkLives < now) return false;
  Store& store = service_.store();
  if (!done_) done_ = number_in(store.meta(kDone));
  const auto ids = store.doors().items_after(*done_, kAtOnce);
  if (ids.empty()) return false;
  const auto batch = store.batch();
  Writer writer(service_, is->at);
  for (const std::int64_t id : ids) {
    try {
      if (const auto item = store.item(id)) writer.write(*item);
    } catch (const BadRow&) {
      // Named and left out elsewhere.
    }
  }
  store.set_meta(kDone, std::to_string(ids.back()));
  batch->commit();
  done_ = ids.back();
  return true;
}

}  // namespace omamori
