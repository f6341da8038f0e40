#include "daemon/rules/plan.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/climbing.h"
#include "daemon/rules/next_change.h"

namespace omamori {
namespace {

using std::chrono::days;

// Told about a suspended client is only the supervisor, and only that the suspension stands (R10).
bool silenced_by_suspension(const Obligation& o, const ClientFacts& facts, Day day) {
  return o.kind != ObligationKind::suspension_standing && suspension_on(facts, day) != nullptr;
}

// Decides the stages of one obligation for each person it concerns.
class Teller {
 public:
  Teller(const Snapshot& snapshot, const SlotRules& rules, Instant now, Plan& plan)
      : snapshot_(snapshot),
        rules_(rules),
        now_(now),
        today_(rules.zone.day_of(now)),
        client_(version_on(snapshot.facts, today_)),
        plan_(plan) {}

  void tell(const KnownObligation& known) {
    const auto all = occurrences(known.obligation, rules_, known.known_since, now_);
    for (const Occurrence& c : all) {
      if (c.slot > now_) wake_at(c.slot);
    }
    people_.clear();
    recall(known.obligation);
    const std::vector<Recipient> own = people_of_its_own(known.obligation);
    auto turn = turn_of(known.obligation);
    for (auto c = all.rbegin(); c != all.rend(); ++c) {
      if (c->slot > now_) continue;
      if (turn && c->days < no_answer_rank(known.obligation.kind)) take(known.obligation, turn);
      come(known.obligation, *c, own.empty() ? people_of(c->to) : own);
    }
    take(known.obligation, turn);
    if (known.obligation.kind != ObligationKind::suspension_standing) wake_after_pause(known);
  }

  std::optional<Instant> next() const { return next_; }

 private:
  struct Told {
    std::string_view staff;
    int days = 0;
  };
  struct LookedUp {
    std::span<const Role> roles;
    std::vector<Recipient> people;
  };

  void wake_at(Instant instant) {
    if (!next_ || instant < *next_) next_ = instant;
  }

  // Whose turn it is now to hear that nobody has answered; it is looked at again when the next
  // could be.
  std::optional<ClimbingTurn> turn_of(const Obligation& o) {
    if (!climbs(o, snapshot_.facts, today_)) return {};
    told_in_round_.clear();
    for (Telling t : snapshot_.told) {
      if (t.obligation != o.key || is_withdrawal(t.days)) continue;
      if (round_after(t.days) != round_) continue;
      t.days -= round_ * kRound;
      told_in_round_.push_back(std::move(t));
    }
    static constexpr Role kChain[] = {Role::case_manager, Role::supervisor, Role::core_center};
    auto turn = next_turn(o, snapshot_.facts, people_of(kChain), told_in_round_, rules_, now_);
    if (!turn) return {};
    if (turn->at > now_) {
      wake_at(turn->at);
      return {};
    }
    wake_at(earliest_turn_after(now_, o, rules_));
    return turn;
  }

  void take(const Obligation& o, std::optional<ClimbingTurn>& turn) {
    if (!turn) return;
    come(o, occurrence_of(*turn, o, rules_.zone), {*turn->to});
    turn.reset();
  }

  // Who was told today that nobody has answered is not told the same again in today's digest.
  bool heard_today(const Obligation& o, const Occurrence& c, const std::string& staff) const {
    if (!needs_a_word(o) || c.days <= no_answer_rank(o.kind)) return false;
    return std::any_of(snapshot_.told.begin(), snapshot_.told.end(), [&](const Telling& t) {
      return t.obligation == o.key && t.staff == staff && t.told_at &&
             t.days == round_ * kRound + no_answer_rank(o.kind) &&
             rules_.zone.day_of(*t.told_at) == today_;
    });
  }

  // A pause may end before the announced visit: it has a limit.
  void wake_after_pause(const KnownObligation& known) {
    for (const Acknowledgement& a : snapshot_.facts.acknowledgements) {
      if (!is_about(a, known.obligation)) continue;
      const auto until =
          paused_until(snapshot_.facts, known.obligation, a.staff, rules_.policy, today_);
      if (until) wake_at(slot_from(rules_.zone.start_of(*until + days{1}), rules_));
    }
  }

  // Whom an obligation concerns whatever the roles of its stages; none: it goes by those.
  std::vector<Recipient> people_of_its_own(const Obligation& o) const {
    if (o.kind == ObligationKind::check_in) return {{o.provider, Role::provider}};
    if (!is_for_the_supervisor(o.kind)) return {};
    const Acting acts =
        supervising(snapshot_.directory, client_.office, client_.case_manager, today_);
    return {{acts.staff, Role::supervisor}};
  }

  // Whom `roles` mean for this client today, until the next call. Stages share a few lists of
  // roles, so each is looked up once.
  const std::vector<Recipient>& people_of(std::span<const Role> roles) {
    const auto known = std::find_if(looked_up_.begin(), looked_up_.end(), [&](const LookedUp& l) {
      return std::equal(l.roles.begin(), l.roles.end(), roles.begin(), roles.end());
    });
    if (known != looked_up_.end()) return known->people;
    looked_up_.push_back(
        {roles, recipients(snapshot_.directory, client_.office, client_.case_manager,
                           {roles.begin(), roles.end()}, today_)});
    return looked_up_.back().people;
  }

  // What was told of this obligation before: for each person the highest stage.
  void recall(const Obligation& o) {
    told_.clear();
    round_ = 0;
    for (const Telling& t : snapshot_.told) {
      if (t.obligation != o.key) continue;
      if (t.owed && is_withdrawal(t.days)) continue;  // it never left: the store takes it back
      round_ = std::max(round_, round_after(t.days));
      const auto same = std::find_if(told_.begin(), told_.end(),
                                     [&](const Told& other) { return other.staff == t.staff; });
      if (same == told_.end()) {
        told_.push_back({t.staff, t.days});
      } else {
        same->days = std::max(same->days, t.days);
      }
    }
  }

  // Occurrences come latest first: the first for a person is the one to tell, the earlier ones are
  // left out with that reason (catch-up tells only the latest stage).
  void come(const Obligation& o, const Occurrence& c, const std::vector<Recipient>& people) {
    for (const Recipient& person : people) {
      if (already(c, person.staff)) continue;
      const bool later_told =
          std::find(people_.begin(), people_.end(), person.staff) != people_.end();
      if (later_told) {
        // A stage whose slot had passed before anything was known is no silence of ours.
        if (!c.before_known) silence(o, c, person, "a later stage is due");
      } else if (silenced_by_suspension(o, snapshot_.facts, today_)) {
        silence(o, c, person, "suspended");
      } else if (const auto until =
                     paused_until(snapshot_.facts, o, person.staff, rules_.policy, today_)) {
        plan_.silences.push_back(
            make_silence(o, c, person, "acknowledged: paused until " + to_string(*until)));
      } else if (heard_today(o, c, person.staff)) {
        silence(o, c, person, "told today that nobody has answered");
        wake_at(slot_from(rules_.zone.start_of(today_ + days{1}), rules_, c.urgency));
      } else if (const Instant slot = slot_for(c, person); slot > now_) {
        wake_at(slot);
        people_.push_back(person.staff);
      } else {
        plan_.reminders.push_back({o.key, c.stage, rank(c), c.repeat, rules_.zone.day_of(slot),
                                   slot, person.staff, person.as, c.urgency});
        people_.push_back(person.staff);
      }
    }
  }

  // The slot of a stage for this person: later than its own if it came about late.
  Instant slot_for(const Occurrence& c, const Recipient& person) const {
    const auto given = slot_after_handing_over(c, person);
    return std::max(given.value_or(c.slot), slot_after_change(c));
  }

  // Nobody is told in the middle of the night that a policy, an absence or the end of a suspension
  // made a stage of last week theirs.
  Instant slot_after_change(const Occurrence& c) const {
    if (c.slot >= snapshot_.looked_at_until) return c.slot;
    return std::max(c.slot, slot_from(snapshot_.changed_at, rules_, c.urgency));
  }

  // Who gets the client after a slot has passed hears of it at the first slot after that, and is
  // not late. What is urgent does not wait.
  std::optional<Instant> slot_after_handing_over(const Occurrence& c,
                                                 const Recipient& person) const {
    if (person.as != Role::case_manager || person.staff != client_.case_manager) return {};
    if (c.urgency == Urgency::urgent || snapshot_.facts.versions.size() < 2) return {};
    const auto& versions = snapshot_.facts.versions;
    const auto here = std::find_if(versions.begin(), versions.end(),
                                   [&](const ClientVersion& v) { return &v == &client_; });
    if (here == versions.begin()) return {};
    if (std::prev(here)->case_manager == client_.case_manager) return {};
    const Day given = client_.known_from;
    const bool today = given == rules_.zone.day_of(snapshot_.changed_at);
    const Instant since = today ? snapshot_.changed_at : rules_.zone.start_of(given + days{1});
    if (given < c.slot_day || c.slot >= since) return {};
    return slot_from(since, rules_, c.urgency);
  }

  // Told, or owed: this stage or a later one, whatever it was called then.
  bool already(const Occurrence& c, const std::string& staff) const {
    return std::any_of(told_.begin(), told_.end(),
                       [&](const Told& t) { return t.staff == staff && t.days >= rank(c); });
  }

  int rank(const Occurrence& c) const { return round_ * kRound + c.days; }

  Silence make_silence(const Obligation& o, const Occurrence& c, const Recipient& person,
                       std::string reason) const {
    return {o.key,  c.stage,      rank(c),   c.repeat,         c.slot_day,
            c.slot, person.staff, person.as, std::move(reason)};
  }

  void silence(const Obligation& o, const Occurrence& c, const Recipient& person,
               std::string reason) {
    plan_.silences.push_back(make_silence(o, c, person, std::move(reason)));
  }

  const Snapshot& snapshot_;
  const SlotRules& rules_;
  Instant now_;
  Day today_;
  const ClientVersion& client_;
  Plan& plan_;
  std::vector<std::string> people_;
  std::vector<Told> told_;
  int round_ = 0;  // of the obligation recalled: how often it was withdrawn and came back
  std::vector<Telling> told_in_round_;
  std::vector<LookedUp> looked_up_;
  std::optional<Instant> next_;
};

const KnownObligation* find_known(std::span<const KnownObligation> known, const std::string& key) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const KnownObligation& k) {
    return k.obligation.key == key;
  });
  return found == known.end() ? nullptr : &*found;
}

// What frightened somebody and was nothing is taken back; whatever else ends, ends by something
// they did or know.
bool wants_withdrawal(const Obligation& o, const Ending& ending) {
  const bool frightened = o.kind == ObligationKind::lapse || o.kind == ObligationKind::concern;
  return frightened && ending.state == "withdrawn";
}

// Lapses that were told keep their day: one of the same check that seems to have begun earlier is
// the same one. One that began later, by a record in between, takes the place of the former.
void keep_lapses(std::span<const KnownObligation> known, const ClientDay& d,
                 std::vector<KnownObligation>& live) {
  for (const KnownObligation& former : known) {
    const Obligation& o = former.obligation;
    if (o.kind != ObligationKind::lapse || find_known(live, o.key) || !lapse_stands(o, d)) continue;
    const auto other = std::find_if(live.begin(), live.end(), [&](const KnownObligation& k) {
      return k.obligation.kind == ObligationKind::lapse && k.obligation.check == o.check;
    });
    if (other == live.end()) {
      live.push_back(former);
    } else if (other->obligation.opened < o.opened) {
      *other = former;
    }
  }
}

void reconcile(const Snapshot& s, const ClientDay& day, Instant now, Plan& plan) {
  std::vector<Obligation> live = live_obligations(day);
  plan.live.reserve(live.size());
  for (Obligation& o : live) {
    const KnownObligation* known = find_known(s.known, o.key);
    const Instant since = known ? known->known_since : std::min(s.changed_at, now);
    plan.live.push_back({std::move(o), since});
  }
  keep_lapses(s.known, day, plan.live);
  for (const KnownObligation& known : s.known) {
    if (!find_known(plan.live, known.obligation.key)) {
      plan.ended.push_back({known.obligation.key, ending_of(known.obligation, day), {}});
      if (wants_withdrawal(known.obligation, plan.ended.back().ending)) {
        plan.ended.back().tell_at = slot_from(now, {day.policy, s.workdays, s.zone});
      }
    }
  }
}

}  // namespace

Plan plan(const Snapshot& s, const Policy& policy, Instant now) {
  const Day today = s.zone.day_of(now);
  Plan plan;
  plan.months = s.asked_and_waived ? judge_visits(s.facts, *s.asked_and_waived, today)
                                   : judge_months(s.facts, s.terms, today);
  const ClientDay day{s.facts, plan.months, s.terms, s.directory, policy, today};
  reconcile(s, day, now, plan);
  const SlotRules rules{policy, s.workdays, s.zone};
  Teller teller(s, rules, now, plan);
  for (const KnownObligation& known : plan.live) teller.tell(known);
  plan.next = teller.next();
  if (service_over(s.facts, today)) {
    plan.next.reset();
    plan.why_no_next = "service ended on " + to_string(*s.facts.ended_on);
    return plan;
  }
  if (const auto change = next_change(day)) {
    const Instant at = s.zone.start_of(*change);
    if (!plan.next || at < *plan.next) plan.next = at;
  }
  if (!plan.next) plan.why_no_next = "no decision period, safety check or date ahead";
  return plan;
}

}  // namespace omamori
