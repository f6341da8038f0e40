#include "daemon/web/ping_record.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/model/check_in_order.h"
#include "daemon/rules/concern_answers.h"
#include "daemon/rules/obligations.h"
#include "db/door_records.h"

namespace omamori {
namespace {

constexpr std::size_t kMarkLength = 16;

std::string actor_of(const std::string& check) { return "ping:" + check; }

class PingRecorder {
 public:
  PingRecorder(const Ping& ping, Service& service)
      : ping_(ping),
        service_(service),
        store_(service.store()),
        pings_(store_.doors().pings()),
        now_(service.now()),
        today_(service.zone().day_of(now_)) {}

  void run() {
    // A run that begins, fails and is repeated names itself alike: it is the word that repeats.
    const std::string mark =
        ping_.run.empty()
            ? std::string()
            : hash_of(std::string(csv_word(ping_.outcome)) + ping_.run).substr(0, kMarkLength);
    const auto known = pings_.of_day(ping_.client, ping_.check, today_);
    const KnownCheckIn* same = last_of(known, ping_.outcome);
    const bool answered = same != nullptr && is_answered(same->check_in);
    const bool outranked = same != nullptr && is_outranked(known, *same);
    // A concern that is said again after somebody answered it, or after an ok, is one more.
    const bool another = ping_.outcome == Outcome::concern && (!same || answered || outranked);
    if (!mark.empty() && !another && pings_.is_seen(ping_.check, mark)) return;
    const auto batch = store_.batch();
    if (same != nullptr && !answered && !outranked) {
      count(*same);
    } else if (ping_.outcome == Outcome::concern && !answered) {
      record_concern(same);
    } else if (ping_.outcome != Outcome::concern && same != nullptr && same->by_ping) {
      move(*same);
    } else {
      add(0);  // the first of the day, or what was answered: people are told anew
    }
    if (!mark.empty()) pings_.remember(ping_.check, mark);
    batch->commit();
  }

 private:
  static const KnownCheckIn* last_of(const std::vector<KnownCheckIn>& known, Outcome outcome) {
    const auto found = std::find_if(known.rbegin(), known.rend(), [&](const KnownCheckIn& k) {
      return k.check_in.outcome == outcome;
    });
    return found == known.rend() ? nullptr : &*found;
  }

  // Another word came after it, and this one comes after that: then it says something new. At one
  // instant a concern outranks an ok (RULES.md, section 3).
  bool is_outranked(const std::vector<KnownCheckIn>& known, const KnownCheckIn& same) const {
    if (ping_.outcome == Outcome::unreachable) return false;
    const bool ok = ping_.outcome == Outcome::ok;
    const KnownCheckIn* other = last_of(known, ok ? Outcome::concern : Outcome::ok);
    if (other == nullptr) return false;
    CheckIn call;  // this one
    call.at = now_;
    call.on = today_;
    call.outcome = ping_.outcome;
    return said_before(same.check_in, other->check_in) && said_before(other->check_in, call);
  }

  // Of a concern: somebody was seen or reached since.
  bool is_answered(const CheckIn& concern) {
    if (concern.outcome != Outcome::concern) return false;
    const auto facts = facts_if_readable();
    return facts && concern_answered_on(*facts, concern, today_);
  }

  // Nothing: a damaged row of this client hides them. Then people are rather told once more.
  std::optional<ClientFacts> facts_if_readable() {
    try {
      return store_.facts(ping_.client);
    } catch (const BadRow&) {
      return {};
    }
  }

  // It goes on with the one that is open, also one of a day before: of that people have been told.
  void record_concern(const KnownCheckIn* same) {
    const std::int64_t open = id_of_open_concern();
    const bool own = same == nullptr || same->check_in.joins == 0 || open == same->check_in.id;
    if (!own) return move(*same);
    add(open != 0 ? open : same != nullptr ? same->check_in.id : 0);
  }

  // 0: none is known.
  std::int64_t id_of_open_concern() {
    const auto facts = facts_if_readable();
    if (!facts) return 0;
    const auto check = std::find_if(facts->checks.begin(), facts->checks.end(),
                                    [&](const Check& c) { return c.code == ping_.check; });
    if (check == facts->checks.end()) return 0;
    const CheckIn* open = open_concern(*facts, *check, today_);
    return open == nullptr ? 0 : open->id;
  }

  // A further call of the same. That a record of another door was told again is journalled once.
  void count(const KnownCheckIn& same) {
    pings_.count(same.check_in.id, now_);
    if (!same.by_ping && !same.has_pings) journal("record.repeated", same.check_in.id);
  }

  void move(const KnownCheckIn& same) {
    pings_.move(same.check_in.id, now_);
    pings_.count(same.check_in.id, now_);
    journal("record.check_in_again", same.check_in.id);
    store_.mark_dirty(ping_.client, now_);
  }

  void add(std::int64_t joins) {
    CheckInRecord record;
    record.check = ping_.check;
    record.at = now_;
    record.on = today_;
    record.outcome = ping_.outcome;
    record.by = "ping";
    const Recorded recorded = store_.record_check_in(record, act());
    if (!recorded) return;  // of a client whose first decision is years ahead
    pings_.mark_made(recorded.id, joins);
    pings_.count(recorded.id, now_);
  }

  void journal(const std::string& kind, std::int64_t id) {
    const boost::json::object detail{
        {"check", ping_.check}, {"at", to_string(now_)}, {"outcome", csv_word(ping_.outcome)}};
    store_.journal(act(), kind, ping_.client,
                   std::string("check_in").append("/").append(std::to_string(id)),
                   boost::json::serialize(detail));
  }

  Act act() const { return service_.act(actor_of(ping_.check)); }

  const Ping& ping_;
  Service& service_;
  Store& store_;
  PingRecords& pings_;
  const Instant now_;
  const Day today_;
};

}  // namespace

void record_ping(const Ping& ping, Service& service) { PingRecorder(ping, service).run(); }

void note_refused_ping(const std::string& check, const std::string& client,
                       const std::string& method, Service& service) {
  Store& store = service.store();
  const auto batch = store.batch();
  if (!store.doors().pings().refuse(check, {method, service.today()})) return;
  store.journal(service.act(actor_of(check)), "door.refused", client, check,
                boost::json::serialize(boost::json::object{{"method", method}}));
  batch->commit();
}

}  // namespace omamori
