#include "daemon/rules/reminder_times.h"

#include <algorithm>
#include <array>
#include <span>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::days;

// How a stage comes again: never, every so many days, on its day of each month, or on the first of
// each month after it.
enum class Again { never, every_days, monthly, first_of_month };

// A stage before it has a slot.
struct Rule {
  std::string name;
  Day base{};  // what `offset` counts from
  int offset = 0;
  Again again = Again::never;
  int repeat_days = 0;       // Again::every_days
  std::span<const Role> to;  // of the policy, or of the lists below
  Urgency urgency = Urgency::digest;
  enum class Move { earlier, later, none } move = Move::later;
  int rank_base = 0;  // added to offset: days from due-by
};

constexpr int kOpenedRank = -1000;
constexpr int kConcernRank = -3;  // its stages count from the day it opened

constexpr std::array kManager{Role::case_manager};
constexpr std::array kSupervisor{Role::supervisor};
constexpr std::array kBoth{Role::case_manager, Role::supervisor};
constexpr std::array kConcerned{Role::case_manager, Role::supervisor, Role::coordinator};
constexpr std::array kCoreCenter{Role::core_center};
constexpr std::array kProvider{Role::provider};
constexpr std::array kOperator{Role::operator_};

Rule once(std::string name, Day base, int offset, std::span<const Role> to) {
  Rule rule;
  rule.name = std::move(name);
  rule.base = base;
  rule.offset = offset;
  rule.to = to;
  return rule;
}

void repeat_every(Rule& rule, int days_between) {
  if (days_between <= 0) return;
  rule.again = Again::every_days;
  rule.repeat_days = days_between;
}

int days_from(Day from, Day to) { return static_cast<int>((to - from).count()); }

// "next digest" after the obligation opened. Its rank lies before every stage that counts from
// due-by, and does not move with it: another lapse_response_days re-tells nobody.
Rule opened(const Obligation& o, std::span<const Role> to) {
  Rule rule = once("opened", o.opened, 0, to);
  rule.rank_base = kOpenedRank;
  return rule;
}

void add_policy_stages(const Obligation& o, const Policy& policy, bool after_due,
                       std::vector<Rule>& out) {
  for (const Stage& stage : policy.stages) {
    if ((stage.days > 0) != after_due) continue;
    Rule rule = once(stage.name, after_due ? o.count_from : *o.due_by, stage.days, stage.to);
    repeat_every(rule, stage.repeat_days);
    rule.move = after_due ? Rule::Move::later : Rule::Move::earlier;
    out.push_back(std::move(rule));
  }
}

void add_concern(const Obligation& o, std::vector<Rule>& out) {
  Rule first = once("opened", o.opened, 0, kConcerned);
  first.urgency = Urgency::urgent;
  first.move = Rule::Move::none;
  first.rank_base = kConcernRank;
  out.push_back(first);
  Rule daily = once("unanswered", o.opened, 3, kBoth);
  repeat_every(daily, 1);
  daily.rank_base = kConcernRank;
  out.push_back(daily);
  Rule core = once("escalated", o.opened, 7, kCoreCenter);
  core.rank_base = kConcernRank;
  out.push_back(core);
}

void add_lapse(const Obligation& o, const Policy& policy, std::vector<Rule>& out) {
  Rule first = opened(o, kManager);
  if (!o.quiet) {
    first.urgency = Urgency::own_at_slot;
    first.move = Rule::Move::none;
  }
  out.push_back(first);
  add_policy_stages(o, policy, true, out);
}

void add_renewal(const Obligation& o, const Policy& policy, std::vector<Rule>& out) {
  for (const int notice : policy.renewal_notice_days) {
    const bool last = notice == policy.renewal_notice_days.back();
    Rule rule = once("renewal_" + std::to_string(notice), *o.due_by, -notice,
                     last ? std::span<const Role>(kBoth) : kManager);
    rule.move = Rule::Move::earlier;
    out.push_back(rule);
  }
}

void add_unassigned(const Obligation& o, std::vector<Rule>& out) {
  Rule rule = once("unassigned", o.opened, 0, kSupervisor);
  repeat_every(rule, 7);
  rule.rank_base = o.due_by ? days_from(*o.due_by, o.opened) : 0;
  out.push_back(rule);
}

void add_trouble(const Obligation& o, std::vector<Rule>& out) {
  Rule rule = once("trouble", o.opened, 0, kOperator);
  rule.urgency = Urgency::urgent;
  repeat_every(rule, 1);
  rule.move = Rule::Move::none;
  out.push_back(rule);
}

std::vector<Rule> rules_of(const Obligation& o, const Policy& policy) {
  std::vector<Rule> out;
  out.reserve(4);
  switch (o.kind) {
    case ObligationKind::monitoring:
      add_policy_stages(o, policy, false, out);
      break;
    case ObligationKind::streak:
      add_policy_stages(o, policy, true, out);
      break;
    case ObligationKind::baseline:
      out.push_back(opened(o, kManager));
      add_policy_stages(o, policy, true, out);
      break;
    case ObligationKind::lapse:
      add_lapse(o, policy, out);
      break;
    case ObligationKind::concern:
      if (o.quiet) {
        out.push_back(opened(o, kManager));
        add_policy_stages(o, policy, true, out);
      } else {
        add_concern(o, out);
      }
      break;
    case ObligationKind::renewal:
      add_renewal(o, policy, out);
      break;
    case ObligationKind::expired:
      out.push_back(once("expired", *o.due_by, 1, kBoth));
      out.back().again = Again::monthly;
      break;
    case ObligationKind::unassigned:
      add_unassigned(o, out);
      break;
    case ObligationKind::suspension_standing:
      out.push_back(once("standing", o.opened, 0, kSupervisor));
      out.back().again = Again::first_of_month;
      break;
    case ObligationKind::return_:
      out.push_back(opened(o, kManager));
      out.push_back(once("overdue", *o.due_by, 1, kSupervisor));
      break;
    case ObligationKind::end_report:
      out.push_back(once("opened", o.opened, 0, kSupervisor));
      out.back().move = Rule::Move::none;
      out.push_back(once("asked", o.opened, 7, kSupervisor));
      break;
    case ObligationKind::check_in:
      out.push_back(once("asked", o.opened, 0, kProvider));
      break;
    case ObligationKind::trouble:
      add_trouble(o, out);
      break;
    case ObligationKind::weekly:   // it has one slot, which daemon/rules/weekly_times.h finds
    case ObligationKind::receipt:  // told when something is recorded, daemon/reminders/receipts.h
      break;
  }
  return out;
}

// The day of `month` that `day` is of its own, the last one where there is none: 31 → 30.
Day same_day_of(Month month, Day day) {
  return std::min(first_day(month) + (day - first_day(month_of(day))), last_day(month));
}

// The n-th time of a rule, as the day before any move.
Day raw_day(const Rule& rule, int repeat) {
  const Day first = rule.base + days{rule.offset};
  switch (rule.again) {
    case Again::never:
    case Again::every_days:
      return first + days{repeat * rule.repeat_days};
    case Again::monthly:
      return same_day_of(month_of(first) + std::chrono::months{repeat}, first);
    case Again::first_of_month:
      return first_day(month_of(first) + std::chrono::months{1 + repeat});
  }
  return first;
}

// Before-due stages never fall before the first day of the window; then they come on its first open
// day. A window of less than 15 days has no room for that.
Day clamp_to_window(const Obligation& o, Day day, const Workdays& workdays) {
  if (day >= o.window_from || *o.due_by - o.window_from + days{1} < days{15}) return day;
  return workdays.open_from(o.window_from);
}

Day moved(const Rule& rule, const Obligation& o, Day day, const Workdays& workdays) {
  switch (rule.move) {
    case Rule::Move::earlier:
      day = workdays.open_until(day);
      return o.kind == ObligationKind::monitoring ? clamp_to_window(o, day, workdays) : day;
    case Rule::Move::later:
      return workdays.open_from(day);
    case Rule::Move::none:
      break;
  }
  return day;
}

// "At once", within urgent_hours.
Instant urgent_instant(Instant instant, const SlotRules& rules) {
  const TimeOfDay time = rules.zone.time_of_day(instant);
  const Day day = rules.zone.day_of(instant);
  const UrgentHours& hours = rules.policy.urgent_hours;
  if (time.since_midnight < hours.from.since_midnight) return rules.zone.at(day, hours.from);
  if (time.since_midnight >= hours.until.since_midnight) {
    return rules.zone.at(day + days{1}, hours.from);
  }
  return instant;
}

class Slots {
 public:
  Slots(const Obligation& obligation, const SlotRules& rules, Instant known_since)
      : o_(obligation), rules_(rules), known_since_(known_since) {}

  Occurrence occurrence(const Rule& rule, int repeat) const {
    Occurrence c;
    c.stage = rule.name;
    c.days = rule.rank_base + days_from(rule.base, raw_day(rule, repeat));
    c.repeat = repeat;
    c.to = rule.to;
    // Of a concern they hear at once; one from before the import is told like a lapse.
    const bool like_a_lapse =
        o_.kind == ObligationKind::lapse || (o_.kind == ObligationKind::concern && o_.quiet);
    c.coordinators_too = like_a_lapse && std::find(rule.to.begin(), rule.to.end(),
                                                   Role::core_center) != rule.to.end();
    c.urgency = repeat == 0 ? rule.urgency : Urgency::digest;
    if (o_.kind == ObligationKind::trouble) c.urgency = Urgency::urgent;
    place(rule, raw_day(rule, repeat), c);
    return c;
  }

  // The number of the last repetition whose unmoved day is not after `day`.
  static int repeats_until(const Rule& rule, Day day) {
    const Day first = rule.base + days{rule.offset};
    const int months = months_between(month_of(first), month_of(day));
    switch (rule.again) {
      case Again::never:
        return 0;
      case Again::every_days:
        return days_from(first, day) / rule.repeat_days;
      case Again::monthly:
        return raw_day(rule, months) <= day ? months : months - 1;
      case Again::first_of_month:
        return months - 1;
    }
    return 0;
  }

 private:
  void place(const Rule& rule, Day raw, Occurrence& c) const {
    if (c.urgency == Urgency::urgent) {
      const Instant at = std::max(known_since_, rules_.zone.start_of(raw));
      c.slot = urgent_instant(at, rules_);
      c.slot_day = rules_.zone.day_of(c.slot);
      return;
    }
    c.slot_day = moved(rule, o_, raw, rules_.workdays);
    c.slot = rules_.zone.at(c.slot_day, rules_.policy.send_at);
    if (c.slot < known_since_) {
      c.before_known = true;
      c.slot = slot_from(known_since_, rules_, rule.move == Rule::Move::none);
      c.slot_day = rules_.zone.day_of(c.slot);
    }
  }

  const Obligation& o_;
  const SlotRules& rules_;
  Instant known_since_;
};

}  // namespace

bool is_for_the_supervisor(ObligationKind kind) {
  return kind == ObligationKind::unassigned || kind == ObligationKind::suspension_standing ||
         kind == ObligationKind::end_report;
}

int opened_rank(ObligationKind kind) {
  return kind == ObligationKind::concern ? kConcernRank : kOpenedRank;
}

Instant slot_from(Instant instant, const SlotRules& rules, bool any_day) {
  Day day = rules.zone.day_of(instant);
  if (rules.zone.at(day, rules.policy.send_at) < instant) day += days{1};
  if (!any_day) day = rules.workdays.open_from(day);
  return rules.zone.at(day, rules.policy.send_at);
}

Instant slot_from(Instant instant, const SlotRules& rules, Urgency urgency) {
  if (urgency == Urgency::urgent) return urgent_instant(instant, rules);
  return slot_from(instant, rules, urgency == Urgency::own_at_slot);
}

std::vector<Occurrence> occurrences(const Obligation& obligation, const SlotRules& rules,
                                    Instant known_since, Instant now, int limit) {
  std::vector<Occurrence> out;
  out.reserve(static_cast<std::size_t>(limit) + 8);  // one repeated stage and some that are not
  const Slots slots(obligation, rules, known_since);
  const Day today = rules.zone.day_of(now);
  for (const Rule& rule : rules_of(obligation, rules.policy)) {
    const bool repeats = rule.again != Again::never;
    const int last = repeats ? std::max(0, Slots::repeats_until(rule, today)) : 0;
    const std::size_t before = out.size();  // of the rules before
    // A repetition whose day has come may be moved past now, so the one after it is not always
    // next.
    for (int repeat = std::max(0, last - limit + 1); repeat <= (repeats ? last + 1 : 0); ++repeat) {
      Occurrence c = slots.occurrence(rule, repeat);
      const bool future = c.slot > now;
      // Repetitions of closed days come on the open day after them: the last of them is that day's.
      const bool same_time = out.size() > before && out.back().slot == c.slot;
      if (same_time) out.pop_back();
      out.push_back(std::move(c));
      if (future) break;
    }
  }
  const auto earlier = [](const Occurrence& a, const Occurrence& b) {
    return a.slot != b.slot ? a.slot < b.slot : a.days < b.days;
  };
  // Stages are listed in their order, so they nearly always are sorted.
  if (!std::is_sorted(out.begin(), out.end(), earlier)) {
    std::stable_sort(out.begin(), out.end(), earlier);
  }
  return out;
}

}  // namespace omamori
