#include "daemon/rules/plan.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/climbing.h"
#include "daemon/rules/end_reports.h"
#include "daemon/rules/handing_over.h"
#include "daemon/rules/kept_obligations.h"
#include "daemon/rules/next_change.h"

namespace omamori {
namespace {

using std::chrono::days;

// Of a suspended client nobody is asked to visit (R10): the supervisor hears that the suspension
// stands. A decision ends all the same, and its end can only be prevented before it.
bool goes_on_in_suspension(ObligationKind kind) {
  return kind == ObligationKind::suspension_standing || kind == ObligationKind::end_report ||
         kind == ObligationKind::renewal || kind == ObligationKind::expired;
}

bool silenced_by_suspension(const Obligation& o, const ClientFacts& facts, Day day) {
  return !goes_on_in_suspension(o.kind) && suspension_on(facts, day) != nullptr;
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
        handing_over_(handing_over(snapshot.facts, client_, rules.zone, snapshot.changed_at)),
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
      come(known.obligation, *c, own.empty() ? people_at(*c) : own);
    }
    take(known.obligation, turn);
    tell_again_who_has_it_back(known.obligation);
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
    static constexpr Role kChain[] = {Role::case_manager, Role::coordinator, Role::supervisor,
                                      Role::core_center};
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
    come(o, occurrence_of(*turn, o, rules_.zone), turn->to);
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
    if (const EndReport* report = standing_end_report(snapshot_.facts, today_)) {
      const Day after = report->made_on + kEndReportWaits + days{1};
      wake_at(slot_from(rules_.zone.start_of(after), rules_));
    }
  }

  // Whom an obligation concerns whatever the roles of its stages; none: it goes by those.
  std::vector<Recipient> people_of_its_own(const Obligation& o) const {
    if (o.kind == ObligationKind::check_in) return {{o.provider, Role::provider}};
    if (is_for_the_supervisor(o.kind)) return {the_supervisor()};
    return {};
  }

  Recipient the_supervisor() const {
    const Acting acts =
        supervising(snapshot_.directory, client_.office, client_.case_manager, today_);
    return {acts.staff, Role::supervisor};
  }

  // A self plan has no case manager to stand in for: the supervisor hears once, as such.
  std::vector<Recipient> people_of_a_self_plan(std::span<const Role> roles) const {
    std::vector<Recipient> found;
    const auto add = [&](const Recipient& one) {
      const auto same = [&](const Recipient& r) { return r.staff == one.staff; };
      if (std::none_of(found.begin(), found.end(), same)) found.push_back(one);
    };
    for (const Role role : roles) {
      if (role == Role::case_manager || role == Role::supervisor) {
        add(the_supervisor());
        continue;
      }
      const auto people = recipients(snapshot_.directory, client_.office, "", {role}, today_);
      for (const Recipient& one : people) add(one);
    }
    return found;
  }

  // Whom `roles` mean for this client today, until the next call. Stages share a few lists of
  // roles, so each is looked up once.
  const std::vector<Recipient>& people_of(std::span<const Role> roles) {
    const auto known = std::find_if(looked_up_.begin(), looked_up_.end(), [&](const LookedUp& l) {
      return std::equal(l.roles.begin(), l.roles.end(), roles.begin(), roles.end());
    });
    if (known != looked_up_.end()) return known->people;
    looked_up_.push_back(
        {roles, looks_after_itself(snapshot_.facts, today_)
                    ? people_of_a_self_plan(roles)
                    : recipients(snapshot_.directory, client_.office, client_.case_manager,
                                 {roles.begin(), roles.end()}, today_)});
    return looked_up_.back().people;
  }

  const std::vector<Recipient>& people_at(const Occurrence& c) {
    const std::vector<Recipient>& people = people_of(c.to);
    if (!c.coordinators_too) return people;
    with_coordinators_ = people;
    for (const Acting& one :
         coordinators(snapshot_.directory, client_.office, client_.case_manager, today_)) {
      const auto known = [&](const Recipient& r) { return r.staff == one.staff; };
      if (std::none_of(people.begin(), people.end(), known)) {
        with_coordinators_.push_back({one.staff, Role::coordinator});
      }
    }
    return with_coordinators_;
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
      } else {
        tell_or_say_why_not(o, c, person);
      }
    }
  }

  void tell_or_say_why_not(const Obligation& o, const Occurrence& c, const Recipient& person) {
    if (silenced_by_suspension(o, snapshot_.facts, today_)) {
      silence(o, c, person, "suspended");
    } else if (const auto until =
                   paused_until(snapshot_.facts, o, person.staff, rules_.policy, today_)) {
      plan_.silences.push_back(
          make_silence(o, c, person, "acknowledged: paused until " + to_string(*until)));
    } else if (const EndReport* report = waits_for_confirmation(person)) {
      silence(
          o, c, person,
          "end of service reported: waits until " + to_string(report->made_on + kEndReportWaits));
      if (needs_a_word(o)) come(o, c, people_of(kSupervisor));  // it may be wrong
    } else if (heard_today(o, c, person.staff)) {
      silence(o, c, person, "told today that nobody has answered");
      wake_at(slot_from(rules_.zone.start_of(today_ + days{1}), rules_, c.urgency));
    } else if (const Instant slot = slot_for(c, person); slot > now_) {
      wake_at(slot);
      people_.push_back(person.staff);
    } else {
      plan_.reminders.push_back({o.key, c.stage, rank(c), c.repeat, rules_.zone.day_of(slot), slot,
                                 person.staff, person.as, c.urgency});
      people_.push_back(person.staff);
    }
  }

  // What a case manager was told before somebody else had the client they are told once more.
  void tell_again_who_has_it_back(const Obligation& o) {
    if (!handing_over_ || handing_over_->times < 2 || !people_of_its_own(o).empty()) return;
    const std::string& staff = client_.case_manager;
    const auto& acts = people_of(kManager);
    if (acts.front().staff != staff) return;  // away: whoever stands in was told on their own
    const Instant theirs_since = rules_.zone.start_of(handing_over_->on);
    bool heard_before = false;
    for (const Telling& t : snapshot_.told) {
      if (t.obligation != o.key || t.staff != staff) continue;
      const bool again = t.days == round_ * kRound + handed_back_rank(handing_over_->times);
      if (again || t.owed || (t.told_at && *t.told_at >= theirs_since)) return;
      heard_before = true;
    }
    const bool now = std::find(people_.begin(), people_.end(), staff) != people_.end();
    if (!heard_before || now) return;
    Occurrence c;
    c.stage = kHandedBackStage;
    c.days = handed_back_rank(handing_over_->times);
    c.repeat = handing_over_->times - 2;
    c.urgency = o.kind == ObligationKind::concern ? Urgency::urgent : Urgency::digest;
    c.slot = slot_from(handing_over_->since, rules_, c.urgency);
    c.slot_day = rules_.zone.day_of(c.slot);
    tell_or_say_why_not(o, c, acts.front());
  }

  static constexpr Role kManager[] = {Role::case_manager};
  static constexpr Role kSupervisor[] = {Role::supervisor};

  // A case manager who says that service has ended is not asked to visit until that is confirmed.
  const EndReport* waits_for_confirmation(const Recipient& person) const {
    if (person.as != Role::case_manager) return nullptr;
    return standing_end_report(snapshot_.facts, today_);
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
    if (c.urgency == Urgency::urgent || !handing_over_) return {};
    if (handing_over_->on < c.slot_day || c.slot >= handing_over_->since) return {};
    return slot_from(handing_over_->since, rules_, c.urgency);
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
  std::optional<HandingOver> handing_over_;
  Plan& plan_;
  std::vector<std::string> people_;
  std::vector<Told> told_;
  int round_ = 0;  // of the obligation recalled: how often it was withdrawn and came back
  std::vector<Telling> told_in_round_;
  std::vector<LookedUp> looked_up_;
  std::vector<Recipient> with_coordinators_;
  std::optional<Instant> next_;
};

// What frightened somebody and was nothing is taken back; whatever else ends, ends by something
// they did or know.
bool wants_withdrawal(const Obligation& o, const Ending& ending) {
  const bool frightened = o.kind == ObligationKind::lapse || o.kind == ObligationKind::concern;
  return frightened && ending.state == "withdrawn";
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
  keep_withdrawn_lapses(s.known, s.told, day, plan.live);
  keep_decision_ends(s.known, s.told, day, plan.live);
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
