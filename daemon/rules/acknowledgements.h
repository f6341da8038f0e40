// "I am going there on that day", "I see to it" (ack): may it be said of this obligation, until
// when does it put off what its sayer hears, and is it an answer (RULES.md section 4)? Pure.
#pragma once

#include <optional>
#include <string>

#include "config/policy.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/model/open_days.h"

namespace omamori {

// Why nobody can put this off; "" if they can. A concern waits for nobody, and a decision or a
// missing case manager is settled by no visit.
std::string why_not_acknowledged(const Obligation& obligation);

// Until which day (inclusive) `staff` may put off hearing of `obligation`, by the acknowledgements
// made: the announced day, at most max_pause_days in total, never past due-by + 14, a lapse not
// past its due-by. Nothing = not put off on `day`.
std::optional<Day> paused_until(const ClientFacts& facts, const Obligation& obligation,
                                const std::string& staff, const Policy& policy, Day day);

// Is it about this obligation? A month that was acknowledged in its own time goes on, past due, as
// a streak.
bool is_about(const Acknowledgement& said, const Obligation& obligation);

// 訪問予定日 as others see it: the day that is still ahead in somebody's latest word.
struct AnnouncedVisit {
  Day on{};
  std::string staff;
  std::int64_t id = 0;
};
std::optional<AnnouncedVisit> announced_visit(const ClientFacts& facts,
                                              const Obligation& obligation, Day today);

// A concern or a lapse: somebody has to say that they see to it.
bool needs_a_word(const Obligation& obligation);
// The last day on which a word said on that day holds, if nothing is recorded: the next open day.
Day word_holds_until(Day said_on, const Workdays& workdays);
// The last day on which it has, or had, an answer: a word of anybody's, or the visit they
// announced. Nothing = nobody has answered.
std::optional<Day> last_answered_day(const ClientFacts& facts, const Obligation& obligation,
                                     const Policy& policy, const Workdays& workdays, Day today);

// The latest word of all, as others see it.
struct GivenWord {
  std::string staff;
  Day on{};
  bool operator==(const GivenWord&) const = default;
};
std::optional<GivenWord> latest_word(const ClientFacts& facts, const Obligation& obligation,
                                     Day today);

// What an acknowledgement made on `today` would do, beside those made before.
struct Pause {
  std::optional<Day> until;  // nothing: it puts nothing off…
  std::string limit;  // …or less than was asked for, because of this; "" = nothing in its way
};
Pause pause_of(const ClientFacts& facts, const Obligation& obligation, const std::string& staff,
               Day visit_on, const Policy& policy, Day today);

}  // namespace omamori
