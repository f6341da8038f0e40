#include "daemon/rules/check_state.h"

#include <algorithm>

#include "daemon/model/check_in_order.h"

namespace omamori {
namespace {

using std::chrono::days;

// The check-ins dated on or before `day`. They ascend, so this is a prefix.
std::span<const CheckIn> until_day(std::span<const CheckIn> check_ins, Day day) {
  const auto end = std::upper_bound(check_ins.begin(), check_ins.end(), day,
                                    [](Day d, const CheckIn& c) { return d < c.on; });
  return check_ins.first(static_cast<std::size_t>(end - check_ins.begin()));
}

// The latest entry that satisfies `wanted`, or null.
template <typename Wanted>
const CheckIn* last(std::span<const CheckIn> check_ins, Wanted wanted) {
  const auto found = std::find_if(check_ins.rbegin(), check_ins.rend(), wanted);
  return found == check_ins.rend() ? nullptr : &*found;
}

bool agreed(const CheckTerms& terms, Day day) { return terms.agreed_on && *terms.agreed_on <= day; }

bool ended(const CheckTerms& terms, Day day) { return terms.until && *terms.until < day; }

// How long one ok lasts.
days life_of(const CheckTerms& terms) { return days{terms.every_days + terms.grace_days}; }

// The day the time runs from: the last ok, or `from` where there is none. An ok that had run out
// before the check came into force says nothing about it.
Day running_from(const CheckTerms& terms, std::optional<Day> last_ok) {
  return last_ok && *last_ok + life_of(terms) >= terms.from ? *last_ok : terms.from;
}

CheckState state_of(const CheckTerms& terms, const CheckStanding& s, Day day) {
  if (ended(terms, day)) return CheckState::ended;
  if (!agreed(terms, day)) return CheckState::not_agreed;
  if (s.concern) return CheckState::concern;
  if (day > s.deadline) return CheckState::lapsed;
  if (!s.last_ok || *s.last_ok + life_of(terms) < terms.from) return CheckState::awaiting_first;
  return day >= s.expected ? CheckState::due : CheckState::ok;
}

// The lapses by one set of terms alone. An ok of the day a lapse opened closes it the same day: it
// was one, and is met (section 4), not withdrawn.
std::vector<Lapse> lapses_by(const CheckTerms& terms, std::span<const CheckIn> check_ins,
                             Day today) {
  if (!terms.agreed_on) return {};
  std::vector<Lapse> found;
  std::optional<Day> last_ok;
  const auto add_until = [&](Day day, std::optional<Day> closed) {
    const Day deadline = running_from(terms, last_ok) + life_of(terms);
    const Day opened = std::max({deadline + days{1}, *terms.agreed_on, terms.from});
    const bool after_the_end = terms.until && opened > *terms.until;
    if (opened <= day && (!closed || opened <= *closed) && !after_the_end) {
      found.push_back({opened, closed, last_ok});
    }
  };
  for (const CheckIn& c : until_day(check_ins, today)) {
    if (c.outcome != Outcome::ok) continue;
    add_until(c.on, c.on);
    last_ok = c.on;
  }
  add_until(today, {});
  return found;
}

// A lapse keeps the day it opened when the terms are corrected while it is open: `before` are the
// lapses by the earlier terms. One that only the new terms bring about opens when they became
// known, not in a past that nobody could have seen.
void keep_opening_days(std::vector<Lapse>& now, const std::vector<Lapse>& before, Day known_from) {
  std::erase_if(now, [&](Lapse& lapse) {
    if (lapse.opened >= known_from) return false;
    const auto same = std::find_if(before.begin(), before.end(), [&](const Lapse& b) {
      return b.closed == lapse.closed && b.opened < known_from;
    });
    lapse.opened = same == before.end() ? known_from : same->opened;
    return same == before.end() && lapse.closed && known_from >= *lapse.closed;
  });
}

// The check-ins that nobody had voided before the turn of that number; past the last: as they are.
std::vector<CheckIn> believed_before(const Check& check, const std::vector<Day>& turns,
                                     std::size_t turn) {
  std::vector<CheckIn> believed = check.check_ins;
  for (const VoidedCheckIn& v : check.voided) {
    const bool then = turn < turns.size() && v.voided_on >= turns[turn];
    if (then && v.check_in.outcome == Outcome::ok) believed.push_back(v.check_in);
  }
  if (believed.size() > check.check_ins.size()) {
    std::sort(believed.begin(), believed.end(), said_before);
  }
  return believed;
}

}  // namespace

std::string_view to_word(CheckState state) {
  switch (state) {
    case CheckState::not_agreed:
      return "not_agreed";
    case CheckState::awaiting_first:
      return "awaiting_first";
    case CheckState::ok:
      return "ok";
    case CheckState::due:
      return "due";
    case CheckState::lapsed:
      return "lapsed";
    case CheckState::concern:
      return "concern";
    case CheckState::ended:
      return "ended";
  }
  return "";
}

CheckStanding standing(const CheckTerms& terms, std::span<const CheckIn> check_ins, Day day) {
  const auto known = until_day(check_ins, day);
  const CheckIn* ok = last(known, [](const CheckIn& c) { return c.outcome == Outcome::ok; });
  const CheckIn* word =
      last(known, [](const CheckIn& c) { return c.outcome != Outcome::unreachable; });
  CheckStanding s;
  if (ok) s.last_ok = ok->on;
  const bool in_force = agreed(terms, day) && terms.from <= day && !ended(terms, day);
  s.concern = in_force && word && word->outcome == Outcome::concern;
  s.expected = running_from(terms, s.last_ok) + days{terms.every_days};
  s.deadline = s.expected + days{terms.grace_days};
  s.fulfilled = in_force && ok && word == ok && day <= ok->on + life_of(terms);
  s.state = state_of(terms, s, day);
  return s;
}

const CheckVersion& version_on(const Check& check, Day day) {
  const auto after =
      std::upper_bound(check.versions.begin(), check.versions.end(), day,
                       [](Day d, const CheckVersion& v) { return d < v.known_from; });
  return after == check.versions.begin() ? *after : *std::prev(after);
}

const CheckVersion& current(const Check& check) { return check.versions.back(); }

bool is_watched(const CheckStanding& standing) {
  return standing.state != CheckState::ended && standing.state != CheckState::not_agreed;
}

bool awaits_check_in(std::span<const CheckIn> check_ins, const CheckStanding& standing, Day today) {
  if (!is_watched(standing) || standing.expected > today) return false;
  const Day since = standing.expected - std::chrono::days{1};
  return std::none_of(check_ins.begin(), check_ins.end(),
                      [&](const CheckIn& c) { return c.on >= since && c.on <= today; });
}

std::vector<Lapse> lapses(const Check& check, Day today) {
  // The days on which more became known than a check-in: other terms, or that a record was wrong.
  std::vector<Day> turns;
  for (std::size_t i = 1; i < check.versions.size(); ++i) {
    turns.push_back(check.versions[i].known_from);
  }
  for (const VoidedCheckIn& v : check.voided) {  // only an ok keeps a check from lapsing
    if (v.check_in.outcome == Outcome::ok) turns.push_back(v.voided_on);
  }
  std::sort(turns.begin(), turns.end());
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
  std::vector<CheckIn> then;
  const auto believed = [&](std::size_t turn) {
    if (check.voided.empty()) return std::span(check.check_ins);
    then = believed_before(check, turns, turn);
    return std::span<const CheckIn>(then);
  };
  std::vector<Lapse> found = lapses_by(check.versions.front().terms, believed(0), today);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    std::vector<Lapse> next = lapses_by(version_on(check, turns[i]).terms, believed(i + 1), today);
    keep_opening_days(next, found, turns[i]);
    found = std::move(next);
  }
  return found;
}

bool was_fulfilled(const Check& check, Day from, Day until) {
  return std::any_of(check.versions.begin(), check.versions.end(), [&](const CheckVersion& v) {
    const CheckTerms& terms = v.terms;
    if (!terms.agreed_on || v.known_from > until) return false;
    return std::any_of(check.check_ins.begin(), check.check_ins.end(), [&](const CheckIn& c) {
      const Day first = std::max({c.on, terms.from, *terms.agreed_on, from});
      const Day last = std::min(c.on + life_of(terms), terms.until.value_or(Day::max()));
      return c.outcome == Outcome::ok && first <= std::min(last, until);
    });
  });
}

}  // namespace omamori
