#include "daemon/retention/retention.h"

#include <chrono>
#include <string>

#include "daemon/model/calendar.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/restored.h"
#include "daemon/retention/kept_until.h"
#include "db/erasures.h"
#include "db/old_rows.h"

namespace omamori {
namespace {

// Slices of some milliseconds each.
constexpr int kBodies = 50;
constexpr int kRows = 200;
// A message that names somebody who is to be erased is on its way: looked at again after this.
constexpr std::chrono::hours kWait{1};
// The last day that was done.
const std::string kDone = "retention.day";

}  // namespace

bool Retention::step(const Act& act) {
  if (erase_some(act)) return true;
  if (!may_go(act.today)) return false;
  if (drop_some(act)) return true;
  conclude(act);
  return false;
}

bool Retention::erase_some(const Act& act) {
  if (erasure_waits_until_ && act.now < *erasure_waits_until_) return false;
  erasure_waits_until_.reset();
  switch (service_.store().erasures().step(act)) {
    case Erasures::Step::more:
      return true;
    case Erasures::Step::waits:
      erasure_waits_until_ = act.now + kWait;
      return false;
    case Erasures::Step::none:
      break;
  }
  return false;
}

bool Retention::may_go(Day today) {
  Store& store = service_.store();
  if (kept_clock_hold(store)) return false;
  if (const auto copy = restored(store); copy && copy->held) return false;
  return store.meta(kDone) < to_string(today);
}

bool Retention::drop_some(const Act& act) {
  OldRows& rows = service_.store().old_rows();
  const KeptUntil kept = kept_until(service_.config().retention, act.today, service_.zone());
  if (const int bodies = rows.drop_bodies(kept.bodies_ended, kBodies); bodies > 0) {
    bodies_ += bodies;
    return true;
  }
  if (const auto client = rows.client_ended_before(kept.service_ended)) {
    if (rows.forget_journal(*client, false, kRows, act) > 0) return true;
    if (!rows.forget(*client, kRows)) ++clients_;
    return true;
  }
  return rows.drop_journal(kept.rows_written, kRows, act) ||
         rows.drop_messages(kept.rows_written, kRows) ||
         rows.drop_troubles(kept.rows_written, kRows);
}

void Retention::conclude(const Act& act) {
  Store& store = service_.store();
  const auto batch = store.batch();
  const KeptUntil kept = kept_until(service_.config().retention, act.today, service_.zone());
  store.old_rows().drop_replies(kept.service_ended);
  if (bodies_ + clients_ > 0) {
    store.journal(
        act, "retention", "", "",
        "{\"texts\":" + std::to_string(bodies_) + ",\"clients\":" + std::to_string(clients_) + "}");
  }
  store.set_meta(kDone, to_string(act.today));
  batch->commit();
  bodies_ = 0;
  clients_ = 0;
}

std::optional<Instant> Retention::next(Instant now) {
  const Zone& zone = service_.zone();
  return earlier(erasure_waits_until_,
                 std::optional<Instant>(zone.start_of(zone.day_of(now) + std::chrono::days{1})));
}

void drop_what_is_not_kept(Service& service, const Act& act) {
  Retention retention(service);
  while (retention.step(act)) {
  }
}

}  // namespace omamori
