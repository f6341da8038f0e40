#include "daemon/safety.h"

#include <algorithm>

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

CheckState state_of(const CheckTerms& terms, const CheckStanding& s, Day day) {
  if (ended(terms, day)) return CheckState::ended;
  if (!agreed(terms, day)) return CheckState::not_agreed;
  if (s.concern) return CheckState::concern;
  if (day > s.deadline) return CheckState::lapsed;
  if (!s.last_ok) return CheckState::awaiting_first;
  return day >= s.expected ? CheckState::due : CheckState::ok;
}

bool same_timing(const CheckTerms& a, const CheckTerms& b) {
  return a.from == b.from && a.every_days == b.every_days && a.grace_days == b.grace_days &&
         a.agreed_on == b.agreed_on;
}

// The day from which today's timing was known: a lapse that only a new timing brings about opens
// then, not in a past that nobody could have seen.
std::optional<Day> timing_known_from(const Check& check) {
  std::size_t i = check.versions.size() - 1;
  const CheckTerms& now = check.versions[i].terms;
  while (i > 0 && same_timing(check.versions[i - 1].terms, now)) --i;
  if (i == 0) return {};
  return check.versions[i].known_from;
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
  s.expected = (ok ? ok->on : terms.from) + days{terms.every_days};
  s.deadline = s.expected + days{terms.grace_days};
  s.fulfilled = in_force && ok && word == ok && day <= s.deadline;
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

std::vector<Lapse> lapses(const Check& check, Day today) {
  const CheckTerms& terms = current(check).terms;
  if (!terms.agreed_on) return {};
  const Day not_before = std::max(*terms.agreed_on, timing_known_from(check).value_or(Day::min()));
  const days life{terms.every_days + terms.grace_days};
  std::vector<Lapse> found;
  std::optional<Lapse> open;
  Day deadline = terms.from + life;
  std::optional<Day> last_ok;
  const auto open_if_passed = [&](Day day) {
    if (open || day <= deadline) return;
    open = Lapse{std::max(deadline + days{1}, not_before), {}, last_ok};
  };
  const auto keep = [&](const Lapse& lapse) {
    const bool after_the_end = terms.until && lapse.opened > *terms.until;
    const bool empty = lapse.opened > today || (lapse.closed && *lapse.closed <= lapse.opened &&
                                                *lapse.closed < not_before);
    if (!after_the_end && !empty) found.push_back(lapse);
  };
  for (const CheckIn& c : until_day(check.check_ins, today)) {
    if (c.outcome == Outcome::unreachable) continue;
    open_if_passed(c.on);
    if (c.outcome == Outcome::ok) {
      last_ok = c.on;
      if (open) {
        open->closed = c.on;
        keep(*open);
        open.reset();
      }
    }
    deadline = std::max(deadline, c.on + life);
  }
  open_if_passed(today);
  if (open) keep(*open);
  return found;
}

}  // namespace omamori
