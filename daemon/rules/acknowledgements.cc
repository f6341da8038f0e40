#include "daemon/rules/acknowledgements.h"

#include <algorithm>
#include <map>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::days;

constexpr days kPastDue{14};

std::optional<Day> last_day_of_pause(const Obligation& o) {
  if (!o.due_by) return {};
  return o.kind == ObligationKind::lapse ? *o.due_by : *o.due_by + kPastDue;
}

}  // namespace

std::string why_not_acknowledged(const Obligation& o) {
  switch (o.kind) {
    case ObligationKind::monitoring:
    case ObligationKind::streak:
    case ObligationKind::baseline:
    case ObligationKind::lapse:
    case ObligationKind::return_:
      return {};
    case ObligationKind::concern:
      return "a concern cannot be put off: without --visit say that you see to it, then record the"
             " visit or the contact";
    case ObligationKind::renewal:
    case ObligationKind::expired:
      return "no visit settles it: the next decision period does, once it is imported";
    case ObligationKind::unassigned:
      return "no visit settles it: assign a case manager";
    case ObligationKind::suspension_standing:
      return "no visit settles it: resume ends the suspension";
    case ObligationKind::end_report:
      return "no visit planned settles it: record the end of service, or that they were seen";
    case ObligationKind::check_in:
      return "no visit settles it: record the check-in";
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      return "it is about no client: nobody can visit";
  }
  return {};
}

bool needs_a_word(const Obligation& o) {
  return o.kind == ObligationKind::lapse || o.kind == ObligationKind::concern;
}

Day word_holds_until(Day said_on, const Workdays& workdays) {
  return workdays.open_from(said_on + days{1});
}

std::optional<GivenWord> latest_word(const ClientFacts& facts, const Obligation& o, Day today) {
  const auto found =
      std::find_if(facts.acknowledgements.rbegin(), facts.acknowledgements.rend(),
                   [&](const Acknowledgement& a) { return a.made_on <= today && is_about(a, o); });
  if (!needs_a_word(o) || found == facts.acknowledgements.rend()) return {};
  return GivenWord{found->staff, found->made_on};
}

std::optional<Day> last_answered_day(const ClientFacts& facts, const Obligation& o,
                                     const Policy& policy, const Workdays& workdays, Day today) {
  std::optional<Day> last;
  if (!needs_a_word(o)) return last;
  std::map<std::string, Day> announced;  // by person: when they announced a visit last
  const auto add = [&](Day day) { last = std::max(last.value_or(day), day); };
  for (const Acknowledgement& a : facts.acknowledgements) {
    if (a.made_on > today || !is_about(a, o)) continue;
    add(word_holds_until(a.made_on, workdays));
    if (a.visit_on) announced[a.staff] = a.made_on;
  }
  for (const auto& [staff, on] : announced) {
    if (const auto paused = paused_until(facts, o, staff, policy, on)) add(*paused);
  }
  return last;
}

bool is_about(const Acknowledgement& said, const Obligation& o) {
  if (said.obligation == o.key) return true;
  if (o.kind != ObligationKind::streak) return false;
  if (!said.obligation.starts_with(o.client + "/monitoring/")) return false;
  return std::any_of(o.months.begin(), o.months.end(), [&](Month month) {
    return said.obligation.ends_with("/" + to_string(month));
  });
}

std::optional<AnnouncedVisit> announced_visit(const ClientFacts& facts, const Obligation& o,
                                              Day today) {
  std::map<std::string, AnnouncedVisit> latest;  // by person
  for (const Acknowledgement& a : facts.acknowledgements) {
    if (a.visit_on && is_about(a, o) && a.made_on <= today) {
      latest[a.staff] = {*a.visit_on, a.staff, a.id};
    }
  }
  std::optional<AnnouncedVisit> found;
  for (const auto& [staff, visit] : latest) {
    if (visit.on < today) continue;
    if (!found || visit.id > found->id) found = visit;
  }
  return found;
}

std::optional<Day> paused_until(const ClientFacts& facts, const Obligation& o,
                                const std::string& staff, const Policy& policy, Day day) {
  if (!why_not_acknowledged(o).empty()) return {};
  // The latest word of a person replaces the one before, of which only the days gone by count.
  days left{policy.max_pause_days};
  Day begun{};
  std::optional<Day> until;
  for (const Acknowledgement& a : facts.acknowledgements) {
    if (!a.visit_on || !is_about(a, o) || a.staff != staff || a.made_on > day) continue;
    if (until) left -= std::max(days{0}, std::min(*until, a.made_on) - begun);
    begun = a.made_on;
    until = left > days{0} ? std::min(*a.visit_on, begun + left) : begun - days{1};
    if (const auto last = last_day_of_pause(o)) until = std::min(*until, *last);
  }
  return until && day <= *until ? until : std::nullopt;
}

Pause pause_of(const ClientFacts& facts, const Obligation& o, const std::string& staff,
               Day visit_on, const Policy& policy, Day today) {
  ClientFacts with = facts;
  Acknowledgement a;
  a.obligation = o.key;
  a.staff = staff;
  a.made_on = today;
  a.visit_on = visit_on;
  with.acknowledgements.push_back(std::move(a));
  Pause pause;
  pause.until = paused_until(with, o, staff, policy, today);
  if (pause.until && *pause.until >= visit_on) return pause;
  const auto last = last_day_of_pause(o);
  if (last && *last < visit_on && (!pause.until || *pause.until == *last)) {
    pause.limit =
        o.kind == ObligationKind::lapse
            ? "a lapse is put off until its due-by at most, " + to_string(*last)
            : "reminders are put off until 14 days after the due-by at most, " + to_string(*last);
  } else {
    pause.limit = "reminders are put off for " + std::to_string(policy.max_pause_days) +
                  " days in total at most (max_pause_days)";
  }
  return pause;
}

}  // namespace omamori
