// Safety checks (安否確認): what a check is worth on a day. RULES.md section 3. Pure.
//
// A check is a dead man's switch: it must be confirmed again and again, and the moment it is not,
// it is worth nothing. Days are whole local days; the last day of grace still counts.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

enum class CheckState { not_agreed, awaiting_first, ok, due, lapsed, concern, ended };
std::string_view to_word(CheckState state);

// A check on one day, from its terms and the check-ins dated on or before that day.
struct CheckStanding {
  CheckState state = CheckState::awaiting_first;
  bool fulfilled = false;      // it may lengthen an interval, unless another check has a concern
  bool concern = false;        // its concern stops every extension of the client
  std::optional<Day> last_ok;  // day of the latest ok, whatever came after it
  Day expected{};              // last ok (or `from`) + every: the next record is due this day
  Day deadline{};              // expected + grace: the last day before it lapses
};
CheckStanding standing(const CheckTerms& terms, std::span<const CheckIn> check_ins, Day day);

// May it still be confirmed? Agreed, and not over.
bool is_watched(const CheckStanding& standing);
// A record is due, and none has come from the day before on.
bool awaits_check_in(std::span<const CheckIn> check_ins, const CheckStanding& standing, Day today);

// The check's terms as known on `day`; before anything was known, the first known.
const CheckVersion& version_on(const Check& check, Day day);
const CheckVersion& current(const Check& check);

// A time in which the check was not confirmed: [opened, closed). `opened` is the day after a
// deadline; `closed` is the day of the next ok.
struct Lapse {
  Day opened{};
  std::optional<Day> closed;
  std::optional<Day> last_ok;  // the ok whose time ran out; nothing = there never was one
};
// Every lapse that had opened by `today`, ascending. Only an ok confirms: a concern neither closes
// a lapse nor puts it off, it has an obligation of its own besides. A check that is not agreed, or
// has ended, does not lapse.
std::vector<Lapse> lapses(const Check& check, Day today);

// Was the check fulfilled on any day of [from, until], by its terms of then or of now?
bool was_fulfilled(const Check& check, Day from, Day until);

}  // namespace omamori
