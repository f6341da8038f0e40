#include "tests/sim/promises.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/month_states.h"

namespace omamori::sim {
namespace {

using std::chrono::days;

// ---- P2, from the facts alone -------------------------------------------------------------------

// Is somebody looking in on day `d`, as one would say it: agreed, in force, the last word an ok,
// and not longer ago than every + grace. A concern on any check in force and nobody counts.
bool alive(const ClientFacts& facts, Day d) {
  bool one_is = false;
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = check.versions.back().terms;
    if (!terms.agreed_on || *terms.agreed_on > d || d < terms.from) continue;
    if (terms.until && *terms.until < d) continue;
    const CheckIn* last = nullptr;
    for (const CheckIn& c : check.check_ins) {
      if (c.on <= d && c.outcome != Outcome::unreachable) last = &c;
    }
    if (!last) continue;
    if (last->outcome == Outcome::concern) return false;
    one_is |= d <= last->on + days{terms.every_days + terms.grace_days};
  }
  return one_is;
}

// The months of a plain standby decision, every three, counted back from its end (R1, R2).
std::vector<Month> plain_months(const Period& period) {
  std::vector<Month> found;
  for (Month m = month_of(period.end); m > month_of(period.start); m -= std::chrono::months{3}) {
    found.push_back(m);
  }
  return found;
}

bool is_plain(const Period& p) {
  return p.plan_kind == PlanKind::standby_short_stay && p.monitoring_months.empty() &&
         p.decision_kind == DecisionKind::renewal &&
         (!p.interval_months || *p.interval_months >= 3);
}

// ---- P1b: the first stage of each kind that nobody may miss
// --------------------------------------

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
      if (o.quiet) return {{o.opened}};
      return {{o.opened, Role::case_manager, Duty::Move::none},
              {due + days{1}, Role::supervisor},
              {due + days{14}, Role::core_center}};
    case ObligationKind::concern:
      if (o.quiet) return {{o.opened}};
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
    case ObligationKind::check_in:
      return {{o.opened, Role::provider}};
    case ObligationKind::suspension_standing:
      return {{first_day(month_of(o.opened) + std::chrono::months{1}), Role::supervisor}};
    case ObligationKind::trouble:
    case ObligationKind::weekly:
      break;
  }
  return {};
}

bool accounted_for(const StoredItem& item) {
  if (item.state == ItemState::told) return item.told_at.has_value();
  if (item.state == ItemState::owed) return item.next_attempt_at || !item.message.empty();
  return !item.reason.empty();
}

}  // namespace

std::vector<std::string> ToldOnce::hear(const ToldMessage& message) {
  std::vector<std::string> wrong;
  for (const ToldLine& line : message.lines) {
    if (line.obligation.starts_with("trouble ")) continue;  // one subject may fail again
    if (line.stage == "withdrawn") {
      // Whoever heard that it was none hears of it anew, should it come back.
      std::erase_if(told_, [&](const auto& told) {
        return told.first.starts_with(line.obligation + " ") &&
               told.first.ends_with(" to " + message.staff);
      });
      continue;
    }
    const std::string what = line.obligation + " " + line.stage + " again " +
                             std::to_string(line.repeat) + " to " + message.staff;
    const auto [first, fresh] =
        told_.try_emplace(what, First{message.accepted.id, message.accepted.answered});
    if (fresh) continue;
    const bool says_so = line.remarks.find("may be a repetition") != std::string::npos;
    const bool same_message = first->second.message == message.accepted.id;
    if (first->second.answered || !(same_message || says_so)) {
      wrong.push_back("P3: told twice: " + what + " by " + first->second.message + " and " +
                      message.accepted.id);
    }
    first->second.answered = message.accepted.answered;
  }
  return wrong;
}

void Promises::broken(const std::string& promise, const std::string& what) {
  broken_.push_back(promise + " at " + when_text(world_.service().now(), world_.zone()) + ": " +
                    what);
}

std::vector<std::string> Promises::check(const std::set<std::string>& clients) {
  broken_.clear();
  planning_ = world_.service().planning();
  for (const std::string& client : clients) {
    const auto facts = world_.store().facts(client);
    if (!facts) continue;
    const bool active = !facts->ended_on || *facts->ended_on >= world_.service().today();
    check_schedule(client, active);
    if (active) check_telling(*facts);
    if (active) check_known(*facts);
    check_reasons(client);
    check_intervals(*facts);
  }
  check_ways_out();
  return broken_;
}

// P1a: at rest everybody has an instant ahead, or a reason.
void Promises::check_schedule(const std::string& client, bool active) {
  const auto schedule = world_.store().schedule(client);
  if (!schedule) return broken("P1a", client + " has no place in the schedule");
  if (schedule->dirty) broken("P1a", client + " changed and was not looked at");
  if (!schedule->next_at && schedule->reason.empty()) {
    broken("P1a", client + " has neither a next instant nor a reason");
  }
  if (active && schedule->next_at && *schedule->next_at <= world_.service().now()) {
    broken("P1a", client + " was to be looked at already");
  }
}

// P1b: whatever is live and whose day has come was told to, or is owed to, each who must know.
void Promises::check_telling(const ClientFacts& facts) {
  const Day today = world_.service().today();
  const bool suspended = std::any_of(
      facts.suspensions.begin(), facts.suspensions.end(),
      [&](const Suspension& s) { return s.from <= today && (!s.until || today <= *s.until); });
  // What a supervisor's edit makes due is told at the first slot after it.
  const auto kept = world_.store().kept_policy();
  const Instant edited = kept ? kept->accepted_at : Instant::min();
  const ClientMemory memory = world_.store().memory(facts.code);
  for (const KnownObligation& known : memory.known) {
    const Obligation& o = known.obligation;
    if (suspended && o.kind != ObligationKind::suspension_standing) continue;
    const auto items = world_.store().items_of_obligation(o.key);
    check_two_know(facts, known, items);
    for (const Duty& duty : duties_of(o)) {
      if (!day_has_come(duty, std::max(known.known_since, edited))) continue;
      // Who got the client hears of what is live at the first slot after that.
      const Day given = facts.versions.back().known_from;
      const bool handed_over = facts.versions.size() > 1 && duty.to == Role::case_manager &&
                               planning_.workdays.open_from(given + days{1}) >= today;
      if (handed_over) continue;
      const bool there = std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
        return concerns(item, duty, facts) && accounted_for(item);
      });
      if (!there) {
        broken("P1b", o.key + ": nothing told, owed or explained to the " +
                          std::string(to_word(duty.to)) + " due on " + to_string(duty.day));
      }
    }
  }
}

// Where nobody has acted as case manager for ten days, and nobody else came or went in between, two
// who are there have heard of whatever the supervisor must know: the one who stands in, and
// another.
void Promises::check_two_know(const ClientFacts& facts, const KnownObligation& known,
                              const std::vector<StoredItem>& items) {
  const Obligation& o = known.obligation;
  const bool for_the_supervisor_only =
      o.kind == ObligationKind::unassigned || o.kind == ObligationKind::suspension_standing;
  if (for_the_supervisor_only || o.quiet) return;
  const Day today = world_.service().today();
  const ClientVersion& now = facts.versions.back();
  if (now.known_from > today - days{10}) return;
  for (Day day = today - days{10}; day <= today; day += days{1}) {
    if (!nobody_acts(now.case_manager, day)) return;
  }
  const auto kept = world_.store().kept_policy();
  const Instant edited = kept ? kept->accepted_at : Instant::min();
  const auto all = duties_of(o);
  const bool must = std::any_of(all.begin(), all.end(), [&](const Duty& duty) {
    return duty.to == Role::supervisor &&
           day_has_come(duty, std::max(known.known_since, edited) + days{3});
  });
  if (!must) return;
  std::set<std::string> heard;
  for (const StoredItem& item : items) {
    if (accounted_for(item) && is_there(item.reminder.staff, today)) {
      heard.insert(item.reminder.staff);
    }
  }
  if (heard.size() >= 2) return;
  broken("P1b", o.key + ": nobody acts as case manager, and not two have heard of it");
}

bool Promises::is_there(const std::string& staff, Day day) const {
  return planning_.directory.active(staff, day) && !planning_.directory.absence(staff, day);
}

// Neither the one who is named nor whoever they named in turn.
bool Promises::nobody_acts(const std::string& case_manager, Day day) const {
  std::string who = case_manager;
  for (int i = 0; i < 20; ++i) {
    if (!planning_.directory.active(who, day)) return true;
    const Absence* away = planning_.directory.absence(who, day);
    if (!away) return false;
    who = away->delegate;
  }
  return true;  // in a circle
}

bool Promises::day_has_come(const Duty& duty, Instant known_since) const {
  const Workdays& open = planning_.workdays;
  const Zone& zone = world_.zone();
  const TimeOfDay send_at = planning_.policy.send_at;
  Day day = duty.day;
  if (duty.move == Duty::Move::earlier) day = open.open_until(day);
  if (duty.move == Duty::Move::later) day = open.open_from(day);
  if (zone.at(day, send_at) < known_since) {
    // Told at the first open morning after it became known.
    day = zone.day_of(known_since);
    if (zone.at(day, send_at) < known_since) day += days{1};
    day = open.open_from(day);
  }
  return zone.at(day, send_at) <= world_.service().now();
}

// Since `day`, once at least: whoever stood in was told instead.
bool Promises::was_away(const std::string& staff, Day day) const {
  const Day today = world_.service().today();
  for (day -= days{10}; day <= today; day += days{1}) {
    if (planning_.directory.absence(staff, day)) return true;
  }
  return false;
}

// Somebody stands in for two, is new, or has left: then one of that role before them counts, but
// the case manager of today must have been told in person.
bool Promises::concerns(const StoredItem& item, const Duty& duty, const ClientFacts& facts) const {
  const Day today = world_.service().today();
  const ClientVersion& now = facts.versions.back();
  const bool assigned = planning_.directory.active(now.case_manager, today) != nullptr;
  if (duty.to == Role::case_manager && assigned) {
    return item.reminder.staff == now.case_manager || was_away(now.case_manager, duty.day);
  }
  if (item.reminder.as == duty.to) return true;
  // The office of one: the core centre is its supervisor too, and hears once.
  const Office* office = planning_.directory.office(now.office);
  // Who stood in as the case manager has heard of it, and does not hear again as the supervisor.
  if (office && duty.to == Role::supervisor && item.reminder.staff == office->supervisor) {
    return true;
  }
  if (office && item.reminder.staff == office->core_center) return true;
  return duty.to == Role::case_manager && !assigned;  // the supervisor stands in
}

// What must be known to be live, from the facts alone: a check that nobody confirmed in time, and a
// month that passed without a visit.
void Promises::check_known(const ClientFacts& facts) {
  const Day today = world_.service().today();
  const auto answered_since = [&](Day day, bool by_contact) {
    const auto since = [&](const auto& record) { return record.on >= day && record.on <= today; };
    return std::any_of(facts.visits.begin(), facts.visits.end(), since) ||
           (by_contact && std::any_of(facts.contacts.begin(), facts.contacts.end(), since));
  };
  std::string live;
  const ClientMemory memory = world_.store().memory(facts.code);
  for (const KnownObligation& k : memory.known) {
    live += k.obligation.key + "\n";
  }
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = check.versions.back().terms;
    if (!terms.agreed_on || terms.from > today || terms.until.value_or(today) < today) continue;
    Day confirmed = terms.from;
    for (const CheckIn& c : check.check_ins) {
      if (c.on <= today && c.outcome == Outcome::ok) confirmed = std::max(confirmed, c.on);
    }
    const Day opened = confirmed + days{terms.every_days + terms.grace_days + 1};
    const std::string key = facts.code + "/lapse/" + check.code + "/" + to_string(opened);
    if (opened <= today && !answered_since(opened, true) && live.find(key) == std::string::npos) {
      broken("P1b", key + " is not known");
    }
  }
  const std::string streak = facts.code + "/streak/";
  for (const MonthRow& row : judge_months(facts, planning_.terms, today).rows) {
    if (row.before_watch || !is_asked(row) || is_met(row) || row.due_by >= today) continue;
    if (!answered_since(row.window_from, false) && live.find(streak) == std::string::npos) {
      broken("P1b", facts.code + ": nobody came in " + to_string(row.month) + ", and no streak");
    }
  }
}

// P4: nothing is left out without a reason; what is said to be told was taken by a peer.
void Promises::check_reasons(const std::string& client) {
  for (const StoredItem& item : world_.store().items_of(client)) {
    const std::string what = item.reminder.obligation + " " + item.reminder.stage;
    if (!accounted_for(item)) broken("P4", what + " is not told and has no reason");
    if (item.state == ItemState::told && accepted.count(item.message) == 0) {
      broken("P1b", what + " is said to be told, and no peer has taken " + item.message);
    }
  }
  for (const StoredObligation& o : world_.store().obligations(client)) {
    if (o.state != ObligationState::live && o.reason.empty()) {
      broken("P4", o.obligation.key + " ended without a reason");
    }
  }
}

// An override of the policy that was ever in force.
bool Promises::has_own_interval(const std::string& client) const {
  for (const TermsVersion& version : planning_.terms) {
    for (const Override& one : version.terms.overrides) {
      if (one.client == client) return true;
    }
  }
  return false;
}

// P2: no month is waived on a day on which nobody looks in, and none is simply missing.
void Promises::check_intervals(const ClientFacts& facts) {
  const Day today = world_.service().today();
  const ClientMonths months = judge_months(facts, planning_.terms, today);
  for (const MonthRow& row : months.rows) {
    const Day judged = std::min(today, row.due_by);
    if (row.state == MonthState::waived && judged >= facts.watched_from && !alive(facts, judged)) {
      broken("P2", facts.code + ": " + to_string(row.month) + " is waived, and on " +
                       to_string(judged) + " nobody looks in");
    }
  }
  for (const PeriodVersion* version : current_periods(facts)) {
    if (!is_plain(version->period) || has_own_interval(facts.code)) continue;
    for (const Month month : plain_months(version->period)) {
      // Whoever leaves before it is over need not be seen in it.
      const Day due = std::min(last_day(month), version->period.end);
      if (facts.ended_on && *facts.ended_on < due) continue;
      const auto row = std::find_if(months.rows.begin(), months.rows.end(), [&](const MonthRow& r) {
        return r.month == month && r.period_start == version->period.start;
      });
      if (row == months.rows.end()) {
        broken("P2", facts.code + ": " + to_string(month) + " is neither required nor waived");
      }
    }
  }
}

// P1c: what found no way for long is told to another, or the service says that it is not sound.
void Promises::check_ways_out() {
  if (world_.service().config().hold) return;
  const Instant now = world_.service().now();
  const Instant long_ago = now - planning_.policy.fallback_after - std::chrono::hours{1};
  for (const StoredItem& item : world_.store().owed_since(long_ago)) {
    if (item.client.empty() || item.next_attempt_at.value_or(now) > now + days{1}) continue;
    if (!item.reminder.instead_of.empty() || world_.status().starts_with("degraded")) continue;
    // Its peer answers again (else the state would say so), and it goes within seconds.
    const auto message = world_.store().message(item.message);
    if (message && message->next_attempt_at &&
        *message->next_attempt_at <= now + std::chrono::minutes{1}) {
      continue;
    }
    const auto others = world_.store().items_of_obligation(item.reminder.obligation);
    const bool another = std::any_of(others.begin(), others.end(), [&](const StoredItem& other) {
      return other.reminder.staff != item.reminder.staff &&
             other.reminder.days == item.reminder.days && accounted_for(other);
    });
    if (!another) {
      broken("P1c", item.reminder.obligation + " to " + item.reminder.staff +
                        " finds no way, and the state is: " + world_.status());
    }
  }
}

}  // namespace omamori::sim
