// What holds for every client one can make up: P2 and the rules' own invariants, by rapidcheck.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "daemon/model/reminder.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/plan.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;
using testing_facts::directory;
using testing_facts::terms;

const Day kStart = day("2026-04-01");

// In [from, to), whatever the size: rapidcheck would begin with tiny ranges, that is, with dull
// clients.
int pick(int from, int to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to));
}

Day some_day(int from, int to) { return kStart + std::chrono::days{pick(from, to)}; }

Check some_check(const std::string& code) {
  CheckTerms t;
  t.from = some_day(-30, 200);
  if (pick(0, 4) == 0) t.until = t.from + std::chrono::days{pick(0, 300)};
  t.every_days = pick(1, 60);
  t.grace_days = pick(0, 20);
  if (pick(0, 2) == 0) t.extends_to = pick(1, 13);
  if (pick(0, 5) != 0) t.agreed_on = some_day(-30, 200);
  Check check{code, kStart, {{kStart, t, {}}}, {}};
  std::vector<Day> days;
  for (int i = pick(0, 14); i > 0; --i) days.push_back(some_day(-20, 400));
  std::sort(days.begin(), days.end());
  for (const Day on : days) {
    const int kind = pick(0, 12);
    const Outcome outcome = kind == 0   ? Outcome::concern
                            : kind == 1 ? Outcome::unreachable
                                        : Outcome::ok;
    check.check_ins.push_back({static_cast<std::int64_t>(check.check_ins.size()) + 1,
                               Instant{on.time_since_epoch()}, on, outcome});
  }
  return check;
}

ClientFacts some_client(int fewest_checks = 0) {
  ClientFacts facts = testing_facts::client();
  Period& period = facts.periods.back().period;
  period.start = some_day(-200, 60);
  period.end = period.start + std::chrono::days{pick(20, 1000)};
  period.decision_kind = static_cast<DecisionKind>(pick(0, 3));
  if (pick(0, 2) == 0) period.interval_months = pick(1, 13);
  for (int i = pick(fewest_checks, 3); i > 0; --i) {
    facts.checks.push_back(some_check("S-" + std::to_string(facts.checks.size() + 1)));
  }
  std::set<Day> visits;
  for (int i = pick(0, 6); i > 0; --i) visits.insert(some_day(-60, 500));
  for (const Day on : visits) {
    facts.visits.push_back({static_cast<std::int64_t>(facts.visits.size()) + 1, on, {}});
  }
  return facts;
}

Terms some_terms() {
  Terms t;
  t.standard_interval_months = pick(1, 7);
  t.extended_interval_months = pick(1, 13);
  t.max_interval_months = pick(1, 13);
  return t;
}

std::set<Month> required(const ClientFacts& facts, const std::vector<TermsVersion>& history,
                         Day today) {
  std::set<Month> months;
  for (const MonthRow& row : judge_months(facts, history, today).rows) {
    if (row.state != MonthState::waived) months.insert(row.month);
  }
  return months;
}

void expect_only_added(const std::set<Month>& before, const std::set<Month>& after) {
  RC_ASSERT(std::includes(after.begin(), after.end(), before.begin(), before.end()));
}

void holds(const std::string& what, const std::function<void()>& property) {
  EXPECT_TRUE(rc::check(what, property)) << what;
}

TEST(Properties, LosingACheckOnlyEverAddsMonths) {
  holds("a lost check adds months and takes none away", [] {
    ClientFacts facts = some_client(1);
    const auto history = terms(some_terms());
    const Day today = some_day(0, 400);
    const auto before = required(facts, history, today);
    Check& lost =
        facts.checks[static_cast<std::size_t>(pick(0, static_cast<int>(facts.checks.size())))];
    lost.versions.push_back(lost.versions.back());
    lost.versions.back().known_from = today;
    CheckTerms& now = lost.versions.back().terms;
    const bool standing_concern =
        std::any_of(lost.check_ins.begin(), lost.check_ins.end(),
                    [](const CheckIn& c) { return c.outcome == Outcome::concern; });
    switch (pick(0, 4)) {
      case 0:  // the agreement is withdrawn; a standing concern would go with it, so without one
        RC_PRE(!standing_concern);
        now.agreed_on.reset();
        break;
      case 1:  // it ended yesterday
        RC_PRE(!standing_concern);
        now.until = today - std::chrono::days{1};
        break;
      case 2:  // it should have been confirmed more often
        now.every_days = 1;
        now.grace_days = 0;
        break;
      default:  // the last word is a concern
        lost.check_ins.push_back({99, Instant{today.time_since_epoch()} + std::chrono::hours{23},
                                  today, Outcome::concern});
        std::stable_sort(lost.check_ins.begin(), lost.check_ins.end(),
                         [](const CheckIn& a, const CheckIn& b) { return a.at < b.at; });
    }
    expect_only_added(before, required(facts, history, today));
  });
}

TEST(Properties, TheLastMonthOfThePeriodIsAlwaysRequired) {
  holds("last month", [] {
    const ClientFacts facts = some_client();
    const auto months = required(facts, terms(some_terms()), some_day(-100, 600));
    RC_ASSERT(months.count(month_of(facts.periods.back().period.end)) == 1);
    RC_ASSERT(*months.begin() >= month_of(facts.periods.back().period.start));
  });
}

TEST(Properties, AVisitNeverOpensAnything) {
  holds("a visit closes at most one month and opens none", [] {
    ClientFacts facts = some_client();
    const auto history = terms(some_terms());
    const Day today = some_day(0, 500);
    const Directory people = directory();
    const Policy policy;
    const auto keys = [&] {
      const ClientMonths months = judge_months(facts, history, today);
      std::set<std::string> found;
      for (const Obligation& o :
           live_obligations({facts, months, history, people, policy, today})) {
        // A visit may split a run of unmet months: the later part is the same months, a new key.
        if (o.kind != ObligationKind::streak) found.insert(o.key);
      }
      return found;
    };
    const auto before = keys();
    const Day on = std::min(some_day(0, 500), today);
    const auto place = std::lower_bound(facts.visits.begin(), facts.visits.end(), on,
                                        [](const Visit& v, Day d) { return v.on < d; });
    facts.visits.insert(place, {99, on, {}});
    const auto after = keys();
    RC_ASSERT(std::includes(before.begin(), before.end(), after.begin(), after.end()));
  });
}

TEST(Properties, ReplanningFromTheSameFactsGivesTheSamePlan) {
  holds("same facts, same plan; and nothing twice once it is remembered", [] {
    const ClientFacts facts = some_client();
    const auto history = terms(some_terms());
    const Directory people = directory();
    const Workdays workdays;
    static const Zone zone("Asia/Tokyo");
    const Policy policy;
    const Instant now{some_day(0, 500).time_since_epoch() + std::chrono::hours{10}};
    std::vector<KnownObligation> known;
    std::vector<Telling> told;
    const Instant changed{};
    const Snapshot s{facts, history, people, workdays, zone, known, told, changed};
    const Plan first = plan(s, policy, now);
    const Plan again = plan(s, policy, now);
    RC_ASSERT(first.reminders == again.reminders);
    RC_ASSERT(first.next == again.next);
    RC_ASSERT(first.next.has_value() || !first.why_no_next.empty());
    RC_ASSERT(!first.next || *first.next > now);
    known = first.live;
    for (const Reminder& r : first.reminders) told.push_back({r.obligation, r.staff, r.days});
    const Snapshot remembered{facts, history, people, workdays, zone, known, told, changed};
    const Plan later = plan(remembered, policy, now);
    RC_ASSERT(later.reminders.empty());
    RC_ASSERT(later.silences.empty());
    RC_ASSERT(later.ended.empty());
  });
}

TEST(Properties, BetweenACheckLastDayAndItsNextOkItWaivesNothing) {
  holds("P2, stated simply: only an ok within every+grace, agreed and in force, waives", [] {
    const ClientFacts facts = some_client();
    const Day today = some_day(0, 500);
    for (const MonthRow& row : judge_months(facts, terms(some_terms()), today).rows) {
      if (row.state != MonthState::waived) continue;
      const Day on = std::min(today, row.due_by);
      const auto check = std::find_if(facts.checks.begin(), facts.checks.end(),
                                      [&](const Check& c) { return c.code == row.check; });
      RC_ASSERT(check != facts.checks.end());
      const CheckTerms& t = current(*check).terms;
      RC_ASSERT(t.agreed_on && *t.agreed_on <= on && t.from <= on);
      const CheckIn* word = nullptr;
      for (const CheckIn& c : check->check_ins) {
        if (c.on <= on && c.outcome != Outcome::unreachable) word = &c;
      }
      RC_ASSERT(word && word->outcome == Outcome::ok);
      RC_ASSERT(on <= word->on + std::chrono::days{t.every_days + t.grace_days});
    }
  });
}

}  // namespace
}  // namespace omamori
