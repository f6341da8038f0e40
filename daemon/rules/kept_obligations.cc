#include "daemon/rules/kept_obligations.h"

#include <algorithm>
#include <optional>

#include "daemon/model/obligation_key.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

using std::chrono::days;

// `expired` is told monthly.
constexpr days kMonthly{31};

bool is_about_a_decision(ObligationKind kind) {
  return kind == ObligationKind::renewal || kind == ObligationKind::expired;
}

// Both days are the end of one decision, as it was known at one time or another.
bool end_one_period(const ClientFacts& facts, Day one, Day other) {
  return std::any_of(facts.periods.begin(), facts.periods.end(), [&](const PeriodVersion& v) {
    return v.period.end == one &&
           std::any_of(facts.periods.begin(), facts.periods.end(), [&](const PeriodVersion& w) {
             return w.period.start == v.period.start && w.period.end == other;
           });
  });
}

// How far the end may move before what was told of it is about another time. Nothing: nobody was
// told.
std::optional<days> until_next_stage(const std::string& key, ObligationKind kind,
                                     std::span<const Telling> told, const Policy& policy) {
  std::optional<int> latest;  // the rank: minus the days of notice
  for (const Telling& t : told) {
    if (t.obligation == key) latest = std::max(latest.value_or(t.days), t.days);
  }
  if (!latest) return {};
  if (kind == ObligationKind::expired) return kMonthly;
  int next = 0;  // the end itself
  for (const int notice : policy.renewal_notice_days) {
    if (notice < -*latest) next = std::max(next, notice);
  }
  return days{-*latest - next};
}

}  // namespace

const KnownObligation* find_known(std::span<const KnownObligation> known, const std::string& key) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const KnownObligation& k) {
    return k.obligation.key == key;
  });
  return found == known.end() ? nullptr : &*found;
}

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

void keep_withdrawn_lapses(std::span<const KnownObligation> known, std::span<const Telling> told,
                           const ClientDay& d, std::vector<KnownObligation>& live) {
  for (const Check& check : d.facts.checks) {
    if (check.voided.empty()) continue;
    Check as_if_never_said = check;
    as_if_never_said.voided.clear();
    const auto former_lapses = lapses(as_if_never_said, d.today);
    if (former_lapses.empty() || former_lapses.back().closed) continue;
    const std::string key = key_of_lapse(d.facts.code, check.code, former_lapses.back().opened);
    const auto former = lapse_of(as_if_never_said, d);  // nothing: answered since
    const auto other = std::find_if(live.begin(), live.end(), [&](const KnownObligation& k) {
      return k.obligation.kind == ObligationKind::lapse && k.obligation.check == check.code;
    });
    if (other == live.end() || find_known(live, key)) continue;
    const bool withdrawn = std::any_of(told.begin(), told.end(), [&](const Telling& t) {
      return t.obligation == key && is_withdrawal(t.days);
    });
    const KnownObligation* same = find_known(known, key);  // it is back already
    if (!withdrawn && same == nullptr) continue;
    if (!former) {
      live.erase(other);
      continue;
    }
    other->obligation = *former;
    if (same != nullptr) other->known_since = same->known_since;
  }
}

void keep_decision_ends(std::span<const KnownObligation> known, std::span<const Telling> told,
                        const ClientDay& d, std::vector<KnownObligation>& live) {
  for (KnownObligation& now : live) {
    Obligation& o = now.obligation;
    if (!is_about_a_decision(o.kind) || until_next_stage(o.key, o.kind, told, d.policy)) continue;
    for (const Telling& t : told) {
      const auto of_client = key_of_client(t.obligation);
      if (!of_client || of_client->kind != o.kind) continue;
      const auto end = decision_end_of(t.obligation);
      if (!end || !end_one_period(d.facts, *end, *o.due_by)) continue;
      const auto room = until_next_stage(t.obligation, o.kind, told, d.policy);
      const days moved = *o.due_by - *end;
      if (moved > *room || -moved > *room) continue;
      o.key = t.obligation;
      if (const KnownObligation* former = find_known(known, o.key)) {
        now.known_since = former->known_since;
      }
      break;
    }
  }
}

}  // namespace omamori
