#include "daemon/rules/forecast.h"

#include <algorithm>

#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// More wakes than one client can have in any time that is asked for: plan() always says a later
// instant, this only keeps a mistake there from becoming an endless loop here.
constexpr int kMostWakes = 20000;

// Confirms, in a copy of the facts, the checks that were fulfilled at the beginning.
class Confirmer {
 public:
  Confirmer(ClientFacts& facts, const Zone& zone, Instant now)
      : facts_(facts), zone_(zone), begin_(now) {
    const Day today = zone.day_of(now);
    for (std::size_t i = 0; i < facts.checks.size(); ++i) {
      const Check& check = facts.checks[i];
      if (standing(version_on(check, today).terms, check.check_ins, today).fulfilled) {
        kept_.push_back(i);
      }
    }
  }

  // Adds every check-in that will have come by `now`.
  void confirm_until(Instant now) {
    for (const std::size_t i : kept_) {
      Check& check = facts_.checks[i];
      for (Instant at = next_of(check); at <= now; at = next_of(check)) {
        check.check_ins.push_back({0, at, zone_.day_of(at), Outcome::ok});
      }
    }
  }

 private:
  // The evening of the day it is expected; one whose evening has passed comes at once.
  Instant next_of(const Check& check) const {
    const Day day = std::max(zone_.day_of(begin_), check.check_ins.back().on);
    const Day expected = standing(version_on(check, day).terms, check.check_ins, day).expected;
    return std::max(begin_, zone_.start_of(expected + days{1}) - seconds{1});
  }

  ClientFacts& facts_;
  const Zone& zone_;
  Instant begin_;
  std::vector<std::size_t> kept_;
};

// It is accepted at once. What counts of what a person was told of an obligation is the highest
// stage; of what needs a word also when each was told.
void remember(std::vector<Telling>& told, const Reminder& reminder, const Obligation& about,
              Instant at) {
  if (needs_a_word(about)) {
    told.push_back({reminder.obligation, reminder.staff, reminder.days, false, at});
    return;
  }
  const auto same = std::find_if(told.begin(), told.end(), [&](const Telling& t) {
    return t.staff == reminder.staff && t.obligation == reminder.obligation;
  });
  if (same == told.end()) {
    told.push_back({reminder.obligation, reminder.staff, reminder.days});
  } else {
    same->days = std::max(same->days, reminder.days);
  }
}

// What is owed now is accepted now.
std::vector<Telling> all_told(std::span<const Telling> before, Instant now) {
  std::vector<Telling> told(before.begin(), before.end());
  for (Telling& t : told) {
    if (!t.owed || is_withdrawal(t.days)) continue;
    t.owed = false;
    t.told_at = now;
  }
  return told;
}

// The obligations of one client that were told of, each as it was last seen.
class Seen {
 public:
  std::shared_ptr<const Obligation> share(const Obligation& o) {
    const auto same = std::find_if(seen_.begin(), seen_.end(),
                                   [&](const auto& other) { return other->key == o.key; });
    if (same == seen_.end()) return seen_.emplace_back(std::make_shared<const Obligation>(o));
    if (**same != o) *same = std::make_shared<const Obligation>(o);
    return *same;
  }

 private:
  std::vector<std::shared_ptr<const Obligation>> seen_;
};

}  // namespace

std::vector<Foretold> forecast(const Snapshot& s, const Policy& policy, Instant now, Instant until,
                               Meanwhile meanwhile) {
  ClientFacts facts = s.facts;
  std::vector<KnownObligation> known(s.known.begin(), s.known.end());
  std::vector<Telling> told = all_told(s.told, now);
  Confirmer confirmer(facts, s.zone, now);
  std::vector<MonthRow> asked;
  const bool same_months = same_on_every_day(facts);
  if (same_months) asked = asked_and_waived(facts, s.terms, s.zone.day_of(now));
  std::vector<Foretold> found;
  Seen seen;
  std::optional<Instant> wake = now;
  Instant changed_at = s.changed_at;
  Instant looked_at_until = s.looked_at_until;
  for (int i = 0; i < kMostWakes && wake && *wake <= until; ++i) {
    const Instant at = *wake;
    if (meanwhile == Meanwhile::confirmed) confirmer.confirm_until(at);
    Plan plan = omamori::plan({facts, s.terms, s.directory, s.workdays, s.zone, known, told,
                               changed_at, looked_at_until, same_months ? &asked : nullptr},
                              policy, at);
    known = std::move(plan.live);
    for (Reminder& reminder : plan.reminders) {
      const auto about = std::find_if(known.begin(), known.end(), [&](const KnownObligation& k) {
        return k.obligation.key == reminder.obligation;
      });
      remember(told, reminder, about->obligation, at);
      found.push_back({at, std::move(reminder), seen.share(about->obligation)});
    }
    wake = plan.next && *plan.next > at ? plan.next : std::nullopt;
    if (wake) changed_at = looked_at_until = *wake;
  }
  return found;
}

}  // namespace omamori
