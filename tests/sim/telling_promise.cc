// P1b: whoever must know of an obligation by a day was told by then, or is owed it.
#include <algorithm>

#include "daemon/model/calendar.h"
#include "tests/sim/promises.h"

namespace omamori::sim {
namespace {

using std::chrono::days;

// Somebody must have heard of an obligation by that day.
struct Duty {
  Day day{};
  Role to = Role::case_manager;
  enum class Move { earlier, later, none } move = Move::later;  // where the day is closed
};

// The first stage of each kind that nobody may miss.
std::vector<Duty> duties_of(const Obligation& o) {
  const Day due = o.due_by.value_or(o.opened);
  switch (o.kind) {
    case ObligationKind::monitoring:
      return {{std::max(due - days{7}, o.window_from), Role::case_manager, Duty::Move::earlier}};
    case ObligationKind::streak:
      return {{o.count_from + days{1}},
              {o.count_from + days{1}, Role::supervisor},
              {o.count_from + days{14}, Role::core_center}};
    case ObligationKind::lapse:
      if (o.quiet) {
        return {{o.opened}, {due + days{1}, Role::supervisor}, {due + days{14}, Role::core_center}};
      }
      return {{o.opened, Role::case_manager, Duty::Move::none},
              {due + days{1}, Role::supervisor},
              {due + days{14}, Role::core_center}};
    case ObligationKind::concern:
      if (o.quiet) {
        return {{o.opened}, {due + days{1}, Role::supervisor}, {due + days{14}, Role::core_center}};
      }
      return {{o.opened + days{1}, Role::case_manager, Duty::Move::none},
              {o.opened + days{1}, Role::supervisor, Duty::Move::none},
              {o.opened + days{7}, Role::core_center}};
    case ObligationKind::renewal:
      return {{due - days{7}, Role::case_manager, Duty::Move::earlier},
              {due - days{7}, Role::supervisor, Duty::Move::earlier}};
    case ObligationKind::expired:
      return {{due + days{1}}, {due + days{1}, Role::supervisor}};
    case ObligationKind::return_:
    case ObligationKind::baseline:
      return {{o.opened}, {due + days{1}, Role::supervisor}};
    case ObligationKind::unassigned:
      return {{o.opened, Role::supervisor}};
    case ObligationKind::end_report:
      return {{o.opened, Role::supervisor, Duty::Move::none}};
    case ObligationKind::check_in:
      return {{o.opened, Role::provider}};
    case ObligationKind::suspension_standing:
      return {{first_day(month_of(o.opened) + std::chrono::months{1}), Role::supervisor}};
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      break;
  }
  return {};
}

class Telling {
 public:
  Telling(const Moment& moment, const Page& page, Broken& broken)
      : moment_(moment),
        people_(moment.planning.directory),
        facts_(page.facts),
        today_(moment.today),
        broken_(broken) {}

  void check(const KnownObligation& known, const std::vector<StoredItem>& items) {
    const std::vector<Duty> duties = duties_of(known.obligation);
    check_two_know(known, duties, items);
    for (const Duty& duty : duties) {
      if (!day_has_come(duty, std::max(known.known_since, moment_.edited))) continue;
      if (is_new_here(duty)) continue;
      const bool there = std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
        return concerns(item, duty) && accounted_for(item);
      });
      if (!there) {
        broken_.add("P1b", known.obligation.key + ": nothing told, owed or explained to the " +
                               std::string(to_word(duty.to)) + " due on " + to_string(duty.day));
      }
    }
  }

 private:
  // Who got the client hears of what is live at the first slot after that.
  bool is_new_here(const Duty& duty) const {
    const Day given = facts_.versions.back().known_from;
    return facts_.versions.size() > 1 && duty.to == Role::case_manager &&
           moment_.planning.workdays.open_from(given + days{1}) >= today_;
  }

  // Where nobody has acted as case manager for ten days, and nobody else came or went in between,
  // two who are there have heard of whatever the supervisor must know: the one who stands in, and
  // another.
  void check_two_know(const KnownObligation& known, const std::vector<Duty>& duties,
                      const std::vector<StoredItem>& items) {
    const Obligation& o = known.obligation;
    const bool for_the_supervisor_only =
        o.kind == ObligationKind::unassigned || o.kind == ObligationKind::suspension_standing;
    if (for_the_supervisor_only || o.quiet) return;
    const ClientVersion& now = facts_.versions.back();
    if (now.known_from > today_ - days{10}) return;
    for (Day day = today_ - days{10}; day <= today_; day += days{1}) {
      if (!nobody_acts(now.case_manager, day)) return;
    }
    const bool must = std::any_of(duties.begin(), duties.end(), [&](const Duty& duty) {
      return duty.to == Role::supervisor &&
             day_has_come(duty, std::max(known.known_since, moment_.edited) + days{3});
    });
    if (!must) return;
    std::set<std::string> heard;
    for (const StoredItem& item : items) {
      if (accounted_for(item) && is_there(item.reminder.staff, today_)) {
        heard.insert(item.reminder.staff);
      }
    }
    if (heard.size() >= 2) return;
    broken_.add("P1b", o.key + ": nobody acts as case manager, and not two have heard of it");
  }

  bool is_there(const std::string& staff, Day day) const {
    return people_.active(staff, day) && !people_.absence(staff, day);
  }

  // Neither the one who is named nor whoever they named in turn.
  bool nobody_acts(const std::string& case_manager, Day day) const {
    std::string who = case_manager;
    for (int i = 0; i < 20; ++i) {
      if (!people_.active(who, day)) return true;
      const Absence* away = people_.absence(who, day);
      if (!away) return false;
      who = away->delegate;
    }
    return true;  // in a circle
  }

  bool day_has_come(const Duty& duty, Instant known_since) const {
    const Workdays& open = moment_.planning.workdays;
    const Zone& zone = moment_.zone;
    const TimeOfDay send_at = moment_.planning.policy.send_at;
    Day day = duty.day;
    if (duty.move == Duty::Move::earlier) day = open.open_until(day);
    if (duty.move == Duty::Move::later) day = open.open_from(day);
    if (zone.at(day, send_at) < known_since) {
      // Told at the first open morning after it became known.
      day = zone.day_of(known_since);
      if (zone.at(day, send_at) < known_since) day += days{1};
      day = open.open_from(day);
    }
    return zone.at(day, send_at) <= moment_.now;
  }

  // Since `day`, once at least: whoever stood in was told instead.
  bool was_away(const std::string& staff, Day day) const {
    for (day -= days{10}; day <= today_; day += days{1}) {
      if (people_.absence(staff, day)) return true;
    }
    return false;
  }

  // Somebody stands in for two, is new, or has left: then one of that role before them counts, but
  // the case manager of today must have been told in person.
  bool concerns(const StoredItem& item, const Duty& duty) const {
    const ClientVersion& now = facts_.versions.back();
    const bool assigned = people_.active(now.case_manager, today_) != nullptr;
    if (duty.to == Role::case_manager && assigned) {
      return item.reminder.staff == now.case_manager || was_away(now.case_manager, duty.day);
    }
    if (item.reminder.as == duty.to) return true;
    // The office of one: the core centre is its supervisor too, and hears once.
    const Office* office = people_.office(now.office);
    // Who stood in as the case manager has heard of it, and does not hear again as the supervisor.
    if (office && duty.to == Role::supervisor && item.reminder.staff == office->supervisor) {
      return true;
    }
    if (office && item.reminder.staff == office->core_center) return true;
    return duty.to == Role::case_manager && !assigned;  // the supervisor stands in
  }

  const Moment& moment_;
  const Directory& people_;
  const ClientFacts& facts_;
  const Day today_;
  Broken& broken_;
};

}  // namespace

void check_telling(const Moment& moment, const Page& page, Broken& broken) {
  const bool suspended = std::any_of(
      page.facts.suspensions.begin(), page.facts.suspensions.end(), [&](const Suspension& s) {
        return s.from <= moment.today && (!s.until || moment.today <= *s.until);
      });
  static const std::vector<StoredItem> none;
  for (const KnownObligation& known : page.known) {
    const Obligation& o = known.obligation;
    const bool goes_on = o.kind == ObligationKind::suspension_standing ||
                         o.kind == ObligationKind::renewal || o.kind == ObligationKind::expired;
    if (suspended && !goes_on) continue;
    const auto items = page.items.find(o.key);
    Telling(moment, page, broken).check(known, items == page.items.end() ? none : items->second);
  }
}

}  // namespace omamori::sim
