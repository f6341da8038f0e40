#include "daemon/reminders/fallback.h"

#include <algorithm>
#include <utility>

#include "daemon/model/peer.h"
#include "daemon/model/reminder.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/compose.h"

namespace omamori {
namespace {

// What is stuck is looked at again after this.
constexpr std::chrono::minutes kLookAgain{5};
// What has failed for long and is under way just now is not broken off at once: it may be what the
// server accepts after an outage, and breaking it off would make it unknown, and a second copy. A
// server may take ten minutes over the end of a message; an urgent one is not given as long.
constexpr std::chrono::minutes kUnderWay{10};
constexpr std::chrono::minutes kUrgentUnderWay{2};
// What was being sent and is abandoned comes back within some seconds.
constexpr std::chrono::seconds kComesBack{5};

// The roles that are told in somebody's place, in this order.
std::vector<Role> roles_instead_of(const StoredItem& item) {
  if (item.reminder.as == Role::provider) {
    return {Role::case_manager, Role::supervisor, Role::core_center, Role::operator_};
  }
  return {Role::supervisor, Role::core_center, Role::operator_};
}

// That something of ours does not work is as urgent as anything: it may be what keeps the rest.
bool is_pressing(const StoredItem& item) {
  return item.reminder.urgency == Urgency::urgent ||
         kind_without_client(item) == ObligationKind::trouble;
}

void add_once(std::vector<std::string>& to, const std::string& word) {
  if (std::find(to.begin(), to.end(), word) == to.end()) to.push_back(word);
}

class Fallback {
 public:
  Fallback(Service& service, const std::map<std::string, PeerState>& peers, const Act& act)
      : service_(service),
        store_(service.store()),
        peers_(peers),
        act_(act),
        planning_(service.planning()),
        directory_(planning_->directory) {}

  FallbackReport run() {
    const auto batch = store_.batch();
    for (const StoredItem& item : store_.owed_since(act_.now, &report_.unreadable)) {
      try {
        look_at(item);
      } catch (const BadRow&) {
        report_.unreadable.push_back(item.reminder.obligation);
      }
    }
    batch->commit();
    if (!report_.stuck.empty()) no_later(report_.next, act_.now + kLookAgain);
    return std::move(report_);
  }

 private:
  // How telling one item stands.
  struct Standing {
    const CarriedBy* pending = nullptr;  // the message it waits in
    std::optional<Instant> failing_since;
    bool no_way_left = false;  // every way was refused, or there is none
    std::optional<Way> next;   // another way that can be tried now
  };

  void look_at(const StoredItem& item) {
    const std::string& staff = item.reminder.staff;
    if (directory_.has_left(staff, act_.today)) {
      // Who comes in their place is told by the plan.
      store_.silence(item.reminder, staff + " has left", act_);
      return;
    }
    const auto carried = store_.carried_by(item.id);
    const Standing standing = standing_of(item, carried);
    if (standing.no_way_left) return tell_another(item, act_.now);
    // It has not begun to fail, but may have by then.
    if (!standing.failing_since) return no_later(report_.next, act_.now + patience(item));
    const Instant limit = *standing.failing_since + patience(item);
    if (limit > act_.now) return no_later(report_.next, limit);
    const bool in_flight = standing.pending && standing.pending->in_flight;
    if (in_flight && standing.next) {
      abandon(item, *standing.pending);
      if (!hangs_for_long(*standing.pending)) return;
    }
    if (standing.next && standing.pending && !in_flight) {
      give_up(standing.pending->message);
    } else {
      // Also while it is under way: to break it off helps only where there is another way.
      tell_another(item, *standing.failing_since);
      if (in_flight) no_later(report_.next, act_.now + kLookAgain);
    }
  }

  // It was to come back and has not: a thread that nothing can call back.
  bool hangs_for_long(const CarriedBy& message) const {
    return act_.now - message.last_attempt_at.value_or(act_.now) >= 2 * kUnderWay;
  }

  void abandon(const StoredItem& item, const CarriedBy& message) {
    const std::chrono::seconds time = std::min<std::chrono::seconds>(
        is_pressing(item) ? kUrgentUnderWay : kUnderWay, patience(item));
    const Instant limit = message.last_attempt_at.value_or(act_.now) + time;
    if (limit > act_.now) return no_later(report_.next, limit);
    add_once(report_.too_long, message.message);
    const auto again = hangs_for_long(message) ? std::chrono::seconds{kLookAgain} : kComesBack;
    no_later(report_.next, act_.now + again);
  }

  std::chrono::seconds patience(const StoredItem& item) const {
    const Policy& policy = service_.policy();
    return is_pressing(item) ? policy.urgent_fallback_after : policy.fallback_after;
  }

  Standing standing_of(const StoredItem& item, const std::vector<CarriedBy>& carried) {
    Standing standing;
    for (const CarriedBy& message : carried) {
      if (message.state == MessageState::pending && message.message == item.message) {
        standing.pending = &message;
      }
      if (message.first_attempt_at &&
          (!standing.failing_since || *message.first_attempt_at < *standing.failing_since)) {
        standing.failing_since = message.first_attempt_at;
      }
    }
    const std::vector<Way>& ways = ways_to(item.reminder.staff);
    const std::vector<Way>& spent = spent_for(item.reminder.staff);
    standing.no_way_left = !standing.pending && !first_open(ways, spent);
    if (standing.pending) {
      const Way now{standing.pending->channel, standing.pending->address};
      no_later(standing.failing_since, down_since(item, now));
      std::vector<Way> tried = spent;
      tried.push_back(now);
      for (const Way& way : ways) {
        if (!reachable(way)) tried.push_back(way);
      }
      standing.next = first_open(ways, tried);
    }
    return standing;
  }

  // Nothing was tried because its peer is down, or not configured any more.
  std::optional<Instant> down_since(const StoredItem& item, const Way& way) const {
    const Instant owed = item.first_owed_at.value_or(act_.now);
    const auto peer = peers_.find(name_of(peer_of(way.channel, way.address)));
    if (peer != peers_.end() && peer->second.reach != Reach::sound) {
      return std::max(owed, peer->second.since);
    }
    const Staff* staff = directory_.staff(item.reminder.staff);
    std::string why;
    if (!staff) return owed;
    const auto ways = ways_of(*staff, service_.config(), why);
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) return owed;
    return {};
  }

  bool reachable(const Way& way) const {
    const auto peer = peers_.find(name_of(peer_of(way.channel, way.address)));
    return peer == peers_.end() || peer->second.reach == Reach::sound;
  }

  void give_up(const std::string& message) {
    if (std::find(report_.given_up.begin(), report_.given_up.end(), message) !=
        report_.given_up.end()) {
      return;
    }
    if (store_.give_up_message(message, "not accepted in time: the next channel", act_)) {
      report_.given_up.push_back(message);
    }
  }

  // `since`: how long it has failed, for the account of what is stuck.
  void tell_another(const StoredItem& item, Instant since) {
    const Reminder& owed = item.reminder;
    // A weekly message is about everybody, and a receipt about what was said in this person's name:
    // there is nobody to whom it could be told instead.
    const auto about_nobody = kind_without_client(item);
    if (about_nobody == ObligationKind::weekly || about_nobody == ObligationKind::receipt) {
      return stuck(owed.staff, since);
    }
    // Trouble is not told of trouble, and a substitute has no substitute: the next one is found
    // for the person it was meant for.
    if (item.client.empty() || !owed.instead_of.empty()) return;
    const auto items = store_.items_of_obligation(owed.obligation);
    for (const auto& candidate : candidates(item)) {
      const std::string& staff = candidate.first;
      const auto held = std::find_if(items.begin(), items.end(), [&](const StoredItem& other) {
        return other.reminder.staff == staff && other.reminder.days == owed.days;
      });
      if (held != items.end() && held->state == ItemState::told) {
        return say_not_reached(item, *held, items);
      }
      if (held != items.end() && held->state == ItemState::owed) {
        const Instant limit = held->first_owed_at.value_or(act_.now) + patience(item);
        if (limit <= act_.now || !has_open_way(staff)) continue;
        return no_later(report_.next, limit);
      }
      if (!can_be_told(staff)) continue;
      Reminder instead = owed;
      instead.staff = staff;
      instead.as = candidate.second;
      instead.instead_of = owed.staff;
      if (!store_.owe(instead, act_)) continue;
      ++report_.substituted;
      return no_later(report_.next, act_.now + patience(item));
    }
    stuck(owed.staff, since);
  }

  // Whoever supervises has heard of an urgent thing with the case manager, and relies on them. They
  // hear once that the case manager has not heard.
  void say_not_reached(const StoredItem& item, const StoredItem& held,
                       const std::vector<StoredItem>& items) {
    const Reminder& owed = item.reminder;
    if (owed.as != Role::case_manager || owed.urgency == Urgency::digest) return;
    const bool said = std::any_of(items.begin(), items.end(), [&](const StoredItem& other) {
      return other.reminder.staff == held.reminder.staff &&
             other.reminder.instead_of == owed.staff &&
             round_after(other.reminder.days) == round_after(owed.days);
    });
    if (said) return;
    Reminder notice = owed;
    notice.staff = held.reminder.staff;
    notice.as = held.reminder.as;
    notice.stage = kNotReachedStage;
    notice.days = owed.days + 1;  // before whatever comes next of the same thing
    notice.instead_of = owed.staff;
    report_.substituted += store_.owe(notice, act_) ? 1 : 0;
  }

  std::vector<std::pair<std::string, Role>> candidates(const StoredItem& item) {
    const auto client = store_.client(item.client);
    const std::string office = client ? client->office : std::string();
    const std::string manager = client ? client->case_manager : std::string();
    std::vector<std::pair<std::string, Role>> found;
    for (const Role role : roles_instead_of(item)) {
      for (const Recipient& r : recipients(directory_, office, manager, {role}, act_.today)) {
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const auto& other) { return other.first == r.staff; });
        if (!r.staff.empty() && r.staff != item.reminder.staff && !known) {
          found.emplace_back(r.staff, role);
        }
      }
    }
    return found;
  }

  bool can_be_told(const std::string& staff) {
    const std::vector<Way>& spent = spent_for(staff);
    const auto& ways = ways_to(staff);
    return std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
      return reachable(way) && std::find(spent.begin(), spent.end(), way) == spent.end();
    });
  }

  // One that was not refused, whether or not its peer is up.
  bool has_open_way(const std::string& staff) {
    return first_open(ways_to(staff), spent_for(staff)).has_value();
  }

  void stuck(const std::string& staff, Instant since) {
    for (Stuck& known : report_.stuck) {
      if (known.staff != staff) continue;
      ++known.items;
      known.since = std::min(known.since, since);
      return;
    }
    report_.stuck.push_back({staff, 1, since});
  }

  const std::vector<Way>& ways_to(const std::string& code) {
    const auto [known, fresh] = ways_.try_emplace(code);
    const Staff* staff = directory_.staff(code);
    std::string why;
    if (fresh && staff) known->second = ways_of(*staff, service_.config(), why);
    return known->second;
  }

  const std::vector<Way>& spent_for(const std::string& code) {
    const auto [known, fresh] = spent_.try_emplace(code);
    if (fresh) known->second = spent_ways(store_, code, act_.now);
    return known->second;
  }

  Service& service_;
  Store& store_;
  const std::map<std::string, PeerState>& peers_;
  const Act& act_;
  const std::shared_ptr<const Planning> planning_;
  const Directory& directory_;
  std::map<std::string, std::vector<Way>> ways_;
  std::map<std::string, std::vector<Way>> spent_;
  FallbackReport report_;
};

}  // namespace

FallbackReport fall_back(Service& service, const std::map<std::string, PeerState>& peers,
                         const Act& act) {
  return Fallback(service, peers, act).run();
}

}  // namespace omamori
