#include "daemon/reminders/compose.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "daemon/model/calendar.h"
#include "daemon/model/peer.h"
#include "daemon/model/reminder.h"
#include "daemon/reminders/digest_builder.h"
#include "daemon/reminders/digest_parts.h"
#include "daemon/reminders/not_theirs.h"
#include "daemon/reminders/receipts.h"
#include "daemon/text/message_text.h"
#include "db/journal.h"

namespace omamori {
namespace {

// Unreachable people are looked at again after this.
constexpr std::chrono::hours kTryPeopleAgain{1};
// A way that was refused or given up is not tried again before the next day's digest.
constexpr std::chrono::hours kSpent{20};

constexpr std::size_t kPersonsPerTransaction = 100;

// What goes into one message: all of one person's digest lines, or one urgent thing.
struct Bundle {
  MessageKind kind = MessageKind::digest;
  std::vector<StoredItem> items;
};

MessageKind kind_of(const StoredItem& item) {
  const auto kind = kind_without_client(item);
  if (kind == ObligationKind::trouble) return MessageKind::trouble;
  if (kind == ObligationKind::weekly) return MessageKind::weekly;
  return item.reminder.urgency == Urgency::digest ? MessageKind::digest : MessageKind::urgent;
}

std::vector<Bundle> bundles(const std::vector<StoredItem>& items) {
  std::map<std::string, Bundle> own;  // by obligation; "" is the digest
  for (const StoredItem& item : items) {
    const MessageKind kind = kind_of(item);
    const std::string name = kind == MessageKind::digest    ? std::string()
                             : kind == MessageKind::trouble ? std::string("trouble")
                             : kind == MessageKind::weekly  ? std::string("weekly")
                                                            : item.reminder.obligation;
    own[name].kind = kind;
    own[name].items.push_back(item);
  }
  std::vector<Bundle> found;
  found.reserve(own.size());
  for (auto& [name, bundle] : own) found.push_back(std::move(bundle));
  return found;
}

// How far a report had come, so that what failed can be taken out of it again.
class Sizes {
 public:
  explicit Sizes(const ComposeReport& r)
      : messages_(r.messages.size()),
        unreachable_(r.unreachable.size()),
        spent_(r.spent.size()),
        unreadable_(r.unreadable.size()) {}
  void cut(ComposeReport& r) const {
    r.messages.resize(messages_);
    r.unreachable.resize(unreachable_);
    r.spent.resize(spent_);
    r.unreadable.resize(unreadable_);
  }

 private:
  std::size_t messages_, unreachable_, spent_, unreadable_;
};

void take_words(NewMessage& message, Message words, const Digest& digest) {
  message.type = std::move(words.type);
  message.slot_day = digest.slot_day;
  message.slot = digest.slot;
  message.subject = std::move(words.subject);
  message.text = std::move(words.text);
  message.html = std::move(words.html);
  message.json = std::move(words.json);
  message.numbered = std::move(words.numbered);
  message.part = digest.part;
  message.parts = digest.parts;
}

class Composer {
 public:
  Composer(Service& service, const Act& act, const Templates& templates,
           std::optional<MessageKind> only)
      : service_(service),
        store_(service.store()),
        act_(act),
        templates_(templates),
        only_(only),
        planning_(service.planning()),
        directory_(planning_->directory) {}

  ComposeReport run() {
    std::map<std::string, std::vector<StoredItem>> by_person;
    for (StoredItem& item : store_.owed_items(act_.now, &report_.unreadable)) {
      if (only_ && kind_of(item) != *only_) continue;
      by_person[item.reminder.staff].push_back(std::move(item));
    }
    // One write to the disk for many persons; each is all or nothing within it.
    std::unique_ptr<Store::Batch> batch;
    std::size_t persons = 0;
    for (const auto& [staff, items] : by_person) {
      if (!batch) batch = store_.batch();
      try {
        person_or_report(staff, items);
      } catch (...) {
        batch->commit();  // what was composed for the others stands
        throw;
      }
      if (++persons % kPersonsPerTransaction != 0) continue;
      batch->commit();
      batch.reset();
    }
    if (batch) batch->commit();
    return std::move(report_);
  }

 private:
  // One row that cannot be read keeps back what it belongs to, not the rest of the digest.
  void person_or_report(const std::string& code, const std::vector<StoredItem>& items) {
    const Sizes before(report_);
    try {
      person(code, items);
    } catch (const BadRow&) {
      before.cut(report_);
      const std::vector<StoredItem> readable = without_unreadable(items);
      if (readable.empty() || readable.size() == items.size()) return;
      person_or_report(code, readable);
    }
  }

  std::vector<StoredItem> without_unreadable(const std::vector<StoredItem>& items) {
    std::vector<StoredItem> readable;
    for (const StoredItem& item : items) {
      try {
        const auto about = store_.obligation(item.reminder.obligation);
        if (about && about->obligation.kind == ObligationKind::receipt) {
          receipt_of(service_, about->obligation, item.reminder.staff);
        }
        store_.live_obligations(item.client);
        readable.push_back(item);
      } catch (const BadRow&) {
        report_.unreadable.push_back(item.reminder.obligation);
        store_.postpone_item(item.id, act_.now + kTryPeopleAgain);
      }
    }
    if (readable.size() == items.size()) {
      report_.unreadable.push_back("a message to " + items.front().reminder.staff);
    }
    return readable;
  }

  void person(const std::string& code, const std::vector<StoredItem>& items) {
    if (directory_.has_left(code, act_.today)) {
      for (const StoredItem& item : items) {
        store_.silence(item.reminder, code + " has left", act_);
      }
      return;
    }
    const Staff* staff = directory_.staff(code);
    std::string why;
    std::optional<Way> way;
    if (staff) {
      const std::vector<Way> ways = ways_of(*staff, service_.config(), why);
      way = first_open(ways, spent_ways(store_, code, act_.now));
      if (!ways.empty() && !way) return only_what_is_urgent(*staff, ways, items);
    } else {
      why = code.empty() ? "no operator is known: import a staff row with the role operator"
                         : "no staff of that code";
    }
    const auto batch = store_.batch();
    leave_out_earlier_stages(items);
    if (!way) {
      for (const StoredItem& item : items)
        store_.postpone_item(item.id, act_.now + kTryPeopleAgain);
      report_.unreachable.push_back({code, items.size(), why});
    } else {
      for (const Bundle& bundle : bundles(items))
        message(*staff, way_for(bundle, *staff, *way), bundle);
    }
    batch->commit();
  }

  // That a way is down is not told by that way, if there is another.
  Way way_for(const Bundle& bundle, const Staff& staff, const Way& first) {
    if (bundle.kind != MessageKind::trouble) return first;
    std::vector<Way> closed = spent_ways(store_, staff.code, act_.now);
    std::string why;
    const std::vector<Way> ways = ways_of(staff, service_.config(), why);
    const auto peers = store_.peers();
    for (const Way& way : ways) {
      const auto peer = peers.find(name_of(peer_of(way.channel, way.address)));
      if (peer != peers.end() && peer->second.reach != Reach::sound) closed.push_back(way);
    }
    return first_open(ways, closed).value_or(first);
  }

  // A lapse or concern travels alone at first. While that message has not left, what is said of it
  // now takes its place: after an outage nobody hears of one thing twice at once. What a peer may
  // have already stays.
  void leave_out_earlier_stages(const std::vector<StoredItem>& items) {
    for (const StoredItem& item : items) {
      const std::string& key = item.reminder.obligation;
      const bool travels_alone =
          key.find("/lapse/") != std::string::npos || key.find("/concern/") != std::string::npos;
      if (!travels_alone) continue;
      for (const StoredItem& other : store_.items_of_obligation(key)) {
        const bool earlier = other.reminder.staff == item.reminder.staff &&
                             other.state == ItemState::owed && !other.message.empty() &&
                             other.reminder.days < item.reminder.days;
        if (earlier) store_.silence(other.reminder, "a later stage is due", act_);
      }
    }
  }

  // A digest may have been refused for what was in it: what is urgent is tried once all the same.
  void only_what_is_urgent(const Staff& staff, const std::vector<Way>& ways,
                           const std::vector<StoredItem>& items) {
    std::vector<StoredItem> urgent;
    std::vector<StoredItem> others;
    for (const StoredItem& item : items) {
      (kind_of(item) == MessageKind::urgent ? urgent : others).push_back(item);
    }
    const auto way = first_open(ways, spent_ways(store_, staff.code, act_.now, true));
    if (urgent.empty() || !way) return wait_for_next_slot(staff.code, items);
    const auto batch = store_.batch();
    leave_out_earlier_stages(urgent);
    for (const Bundle& bundle : bundles(urgent)) message(staff, *way, bundle);
    batch->commit();
    if (!others.empty()) wait_for_next_slot(staff.code, others);
  }

  // Every way to this person is spent for today: the next digest tries again, from the first.
  void wait_for_next_slot(const std::string& code, const std::vector<StoredItem>& items) {
    const SlotRules rules{planning_->policy, planning_->workdays, service_.zone()};
    const Instant slot = slot_from(act_.now + std::chrono::seconds{1}, rules);
    const auto batch = store_.batch();
    for (const StoredItem& item : items) store_.postpone_item(item.id, slot);
    batch->commit();
    report_.spent.push_back({code, items.size(), "every way to this person was refused"});
  }

  void message(const Staff& staff, const Way& way, Bundle bundle) {
    std::vector<std::string> superseded;
    std::vector<std::string> unreadable;  // the delivery loop sets them aside and names them
    // What is urgent is a message of its own; of all else the newest says what still holds.
    if (bundle.kind != MessageKind::urgent) {
      for (const StoredMessage& older : store_.pending_to(staff.code, way.channel, &unreadable)) {
        if (older.content.kind != bundle.kind || older.in_flight) continue;
        // It may have been accepted: it is tried again as it is, and its lines are not said twice.
        if (older.frozen) continue;
        superseded.push_back(older.content.id);
        take_items(older, bundle.items);
      }
    }
    leave_out_what_is_not_theirs(store_, directory_, act_, bundle.items);
    if (bundle.items.empty()) return;  // an older digest that is empty now closes when it is due
    for (DigestPart& part :
         digest_parts(service_, directory_, bundle.items, bundle.kind, staff, templates_)) {
      NewMessage message;
      for (const StoredItem& item : part.items) message.items.push_back(item.id);
      message.id = new_id(staff.code, way, part.items);
      message.kind = bundle.kind;
      message.staff = staff.code;
      message.channel = way.channel;
      message.address = way.address;
      message.first_attempt_at = act_.now;
      take_words(message, std::move(part.words), part.digest);
      store_.put_message(message, std::exchange(superseded, {}), act_);
      report_.messages.push_back(message.id);
    }
  }

  void take_items(const StoredMessage& older, std::vector<StoredItem>& into) {
    for (const std::int64_t id : older.content.items) {
      const auto item = store_.item(id);
      if (item && item->state == ItemState::owed) into.push_back(*item);
    }
  }

  // Unlike any other message of this or another database, and the same if this step is repeated
  // after a kill.
  std::string new_id(const std::string& staff, const Way& way,
                     const std::vector<StoredItem>& items) {
    std::string seed = to_string(store_.created_at()) + "|" + staff + "|" + way.address + "|" +
                       to_string(act_.now);
    for (const StoredItem& item : items) seed += "|" + std::to_string(item.id);
    std::string id = "omamori-" + sha256_hex(seed).substr(0, 24);
    // The same items of the same person once more within a second, after a refusal.
    while (store_.message_outline(id)) {
      seed += "|again";
      id = "omamori-" + sha256_hex(seed).substr(0, 24);
    }
    return id;
  }

  Service& service_;
  Store& store_;
  const Act& act_;
  const Templates& templates_;
  const std::optional<MessageKind> only_;
  const std::shared_ptr<const Planning> planning_;
  const Directory& directory_;
  ComposeReport report_;
};

}  // namespace

void put_words(NewMessage& message, const Templates& templates, const Digest& digest) {
  take_words(message, compose(digest, message.id, templates), digest);
}

void ComposeReport::add(const ComposeReport& other) {
  messages.insert(messages.end(), other.messages.begin(), other.messages.end());
  unreachable.insert(unreachable.end(), other.unreachable.begin(), other.unreachable.end());
  spent.insert(spent.end(), other.spent.begin(), other.spent.end());
  unreadable.insert(unreadable.end(), other.unreadable.begin(), other.unreadable.end());
}

std::vector<Way> spent_ways(Store& store, const std::string& staff, Instant now, bool urgent_only) {
  std::vector<Way> ways;
  for (auto& [channel, address] : store.spent_ways(staff, now - kSpent, now, urgent_only)) {
    ways.push_back({channel, std::move(address)});
  }
  return ways;
}

ComposeReport compose_due(Service& service, const Act& act, const Templates& templates,
                          std::optional<MessageKind> only) {
  const auto next = service.store().next_item_instant();
  if (!next || *next > act.now) return {};
  return Composer(service, act, templates, only).run();
}

bool recompose(Service& service, const Directory& directory, const StoredMessage& stale,
               const Act& act, const Templates& templates) {
  Store& store = service.store();
  std::vector<StoredItem> items;
  for (const std::int64_t id : stale.content.items) {
    if (const auto item = store.item(id); item && item->state == ItemState::owed) {
      items.push_back(*item);
    }
  }
  const Staff* staff = directory.staff(stale.content.staff);
  if (!staff) return true;  // a row that cannot be read: yesterday's words are better than none
  leave_out_what_is_not_theirs(store, directory, act, items);
  if (items.empty()) {
    store.drop_message(stale.content.id, "nothing is left to say", act);
    return false;
  }
  NewMessage message = stale.content;
  Digest digest = build_digest(service, directory, items, stale.content.kind, *staff);
  digest.part = stale.content.part;
  digest.parts = stale.content.parts;
  const Message words = compose(digest, message.id, templates);
  message.subject = words.subject;
  message.text = words.text;
  message.html = words.html;
  message.json = words.json;
  message.numbered = words.numbered;
  message.items.clear();
  for (const StoredItem& item : items) message.items.push_back(item.id);
  return store.recompose_message(message, act);
}

}  // namespace omamori
