// Each kind of obligation: when it begins, when it ends, and why. Rows read as "the day, what is
// live".
#include "daemon/rules/obligations.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;
using testing_facts::terms;
using testing_facts::visit;

struct World {
  ClientFacts facts = client();
  std::vector<TermsVersion> history = terms();
  Directory people = directory();
  Policy policy;
};

template <typename Do>
auto on_day(const World& w, const std::string& today, Do act) {
  const ClientMonths months = judge_months(w.facts, w.history, day(today));
  return act(ClientDay{w.facts, months, w.history, w.people, w.policy, day(today)});
}

std::string text(const Obligation& o) {
  std::string out = o.key.substr(o.client.size() + 1);
  if (o.due_by) out += " due " + to_string(*o.due_by);
  if (o.due_by && o.count_from != *o.due_by) out += " counted from " + to_string(o.count_from);
  if (o.kind == ObligationKind::streak) {
    out += " of";
    for (const Month m : o.months) out += " " + to_string(m);
  }
  if (o.quiet) out += " quiet";
  return out;
}

std::string live(const World& w, const std::string& today) {
  return on_day(w, today, [](const ClientDay& d) {
    std::string out;
    for (const Obligation& o : live_obligations(d)) out += (out.empty() ? "" : "; ") + text(o);
    return out;
  });
}

// What is live on the day before, and why the one of `kind` is not any more on the day.
std::string ending(World& w, const std::string& before, const std::string& today,
                   const std::string& kind, const std::function<void(World&)>& change) {
  Obligation gone;
  on_day(w, before, [&](const ClientDay& d) {
    for (const Obligation& o : live_obligations(d)) {
      if (to_word(o.kind) == kind) gone = o;
    }
    return 0;
  });
  if (gone.key.empty()) return "was not live";
  change(w);
  return on_day(w, today, [&](const ClientDay& d) {
    for (const Obligation& o : live_obligations(d)) {
      if (o.key == gone.key) return std::string("still live");
    }
    const Ending e = ending_of(gone, d);
    return e.state + ": " + e.reason;
  });
}

TEST(Monitoring, LivesUntilItsDueByThenIsAStreak) {
  World w;
  w.facts.periods.back().period.end = day("2026-12-31");
  w.policy.renewal_notice_days = {7};
  EXPECT_EQ(live(w, "2026-05-16"), "");
  EXPECT_EQ(live(w, "2026-05-17"), "monitoring/2026-04-01/2026-06 due 2026-06-30");
  EXPECT_EQ(live(w, "2026-06-30"), "monitoring/2026-04-01/2026-06 due 2026-06-30");
  EXPECT_EQ(live(w, "2026-07-01"), "streak/2026-06 due 2026-06-30 of 2026-06");
  EXPECT_EQ(live(w, "2026-09-01"),
            "streak/2026-06 due 2026-06-30 of 2026-06; "
            "monitoring/2026-04-01/2026-09 due 2026-09-30");
  EXPECT_EQ(live(w, "2026-10-01"), "streak/2026-06 due 2026-06-30 of 2026-06 2026-09");
}

TEST(Monitoring, Endings) {
  const auto nothing = [](World&) {};
  World a;
  EXPECT_EQ(ending(a, "2026-06-30", "2026-07-01", "monitoring", nothing),
            "ended: past due: goes on as a streak");
  World b;
  EXPECT_EQ(ending(b, "2026-06-10", "2026-06-11", "monitoring",
                   [](World& w) { visit(w.facts, "2026-06-11"); }),
            "met: visit on 2026-06-11");
  World c;
  EXPECT_EQ(ending(c, "2026-06-10", "2026-06-11", "monitoring",
                   [](World& w) { check_in(check(w.facts), "2026-06-11"); }),
            "waived: safety check S-1");
  World d;
  EXPECT_EQ(ending(d, "2026-06-10", "2026-06-11", "monitoring",
                   [](World& w) {
                     w.facts.suspensions.push_back({1, day("2026-06-11"), {}});
                   }),
            "suspended: due during a suspension");
  World e;
  EXPECT_EQ(ending(e, "2026-06-10", "2026-06-11", "monitoring",
                   [](World& w) { w.facts.ended_on = day("2026-06-10"); }),
            "ended: service ended");
  World f;
  EXPECT_EQ(ending(f, "2026-06-10", "2026-06-12", "monitoring",
                   [](World& w) {
                     Period cut = w.facts.periods.back().period;
                     cut.end = day("2026-05-31");
                     w.facts.periods.push_back({day("2026-06-12"), cut, true, {}});
                   }),
            "superseded: the month fell away when the decision changed");
  World g;
  EXPECT_EQ(ending(g, "2026-06-10", "2026-06-12", "monitoring",
                   [](World& w) {
                     TermsVersion other = w.history.back();
                     other.known_from = day("2026-06-12");
                     other.terms.standard_interval_months = 5;
                     w.history.push_back(other);
                   }),
            "superseded: policy.toml does not ask for the month any more");
}

TEST(Streak, AVisitOnOrAfterTheFirstDayOfItsLatestMonthEndsIt) {
  World w;
  w.facts.periods.back().period.interval_months = 1;  // every month
  visit(w.facts, "2026-04-10");
  EXPECT_EQ(live(w, "2026-07-01"),
            "streak/2026-05 due 2026-05-31 of 2026-05 2026-06; "
            "monitoring/2026-04-01/2026-07 due 2026-07-31");
  World early = w;
  visit(early.facts, "2026-05-20");  // recorded late: May is met, June is not
  EXPECT_EQ(live(early, "2026-07-01").substr(0, 44),
            "streak/2026-06 due 2026-06-30 of 2026-06; mo");
  World late = w;
  visit(late.facts, "2026-07-01");  // closes July; the streak ends, the record says missed
  EXPECT_EQ(live(late, "2026-07-02"), "");
  EXPECT_EQ(ending(w, "2026-07-01", "2026-07-02", "streak",
                   [](World& x) { visit(x.facts, "2026-06-01"); }),
            "met: visit on 2026-06-01");
}

TEST(Streak, AMonthThatBecameRequiredLateIsCountedFromThen) {
  World w;
  Check& c = check(w.facts);
  for (const char* on : {"2026-05-08", "2026-06-05", "2026-07-06", "2026-08-04", "2026-09-03",
                         "2026-10-02", "2026-11-10"}) {
    check_in(c, on);
  }
  visit(w.facts, "2026-09-10");
  EXPECT_EQ(live(w, "2026-12-24"), "check_in/S-1/2026-12-10") << "December is waived";
  // Lapsed on 12-25: December arose then, six days before its due-by.
  EXPECT_NE(live(w, "2027-01-02").find("streak/2026-12 due 2026-12-31 counted from 2027-01-08"),
            std::string::npos)
      << live(w, "2027-01-02");
}

TEST(Streak, APeriodThatBecameKnownLateIsCountedFromThen) {
  World w;
  w.facts.periods.back().period.end = day("2026-07-14");
  visit(w.facts, "2026-06-10");
  visit(w.facts, "2026-07-10");
  Period changed;
  changed.start = day("2026-07-15");
  changed.end = day("2027-06-30");
  changed.decision_kind = DecisionKind::changed;
  w.facts.periods.push_back({day("2026-08-10"), changed, false, {}});
  EXPECT_NE(live(w, "2026-08-10").find("streak/2026-07 due 2026-07-31 counted from 2026-08-24"),
            std::string::npos)
      << live(w, "2026-08-10");
}

TEST(Baseline, AskedOnceWhenTheLastMonthBeforeWatchHasNoRecord) {
  World w;
  w.facts.watched_from = day("2026-10-05");
  w.facts.versions.back().known_from = day("2026-10-05");
  w.facts.periods.back().known_from = day("2026-10-05");
  EXPECT_EQ(live(w, "2026-10-05"), "baseline/2026-10-05 due 2026-11-04");
  World seen = w;
  visit(seen.facts, "2026-09-01");
  EXPECT_EQ(live(seen, "2026-10-05"), "");
  EXPECT_EQ(ending(w, "2026-10-05", "2026-10-06", "baseline",
                   [](World& x) { visit(x.facts, "2026-10-06"); }),
            "met: visit on 2026-10-06");
  World young = w;
  young.facts.watched_from = day("2026-05-01");
  EXPECT_EQ(live(young, "2026-05-01"), "") << "nothing was required before May";
}

TEST(Lapse, OpensEndsAndIsWithdrawn) {
  World w;
  check_in(check(w.facts), "2026-05-08");
  visit(w.facts, "2026-06-05");
  EXPECT_EQ(live(w, "2026-06-21"), "check_in/S-1/2026-06-07");
  EXPECT_EQ(live(w, "2026-06-22"), "lapse/S-1/2026-06-22 due 2026-07-06; check_in/S-1/2026-06-07");
  struct Row {
    const char* expected;
    std::function<void(World&)> change;
  };
  const Row rows[] = {
      {"met: visit on 2026-06-22", [](World& x) { visit(x.facts, "2026-06-22"); }},
      {"still live", [](World& x) { visit(x.facts, "2026-06-21"); }},
      {"met: contact on 2026-06-23",
       [](World& x) {
         x.facts.contacts.push_back({1, day("2026-06-23")});
       }},
      {"met: check confirmed on 2026-06-24",
       [](World& x) { check_in(x.facts.checks[0], "2026-06-24"); }},
      {"still live",
       [](World& x) { check_in(x.facts.checks[0], "2026-06-24", Outcome::unreachable); }},
      {"withdrawn: a record that came later shows it never lapsed",
       [](World& x) { check_in(x.facts.checks[0], "2026-06-20"); }},
      {"ended: the check ended on 2026-06-23",
       [](World& x) { x.facts.checks[0].versions.back().terms.until = day("2026-06-23"); }},
  };
  for (const Row& row : rows) {
    World copy = w;
    EXPECT_EQ(ending(copy, "2026-06-22", "2026-06-24", "lapse", row.change), row.expected);
  }
}

TEST(Lapse, OneThatHadPassedWhenItWasImportedIsQuiet) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-08");
  c.watched_from = day("2026-06-22");
  visit(w.facts, "2026-06-05");
  EXPECT_EQ(live(w, "2026-06-22").substr(0, 43), "lapse/S-1/2026-06-22 due 2026-07-06 quiet");
  w.facts.checks[0].watched_from = day("2026-06-21");
  EXPECT_EQ(live(w, "2026-06-22").substr(0, 35), "lapse/S-1/2026-06-22 due 2026-07-06");
}

TEST(Concern, EndsWithAVisitOrContactNotWithAnOk) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-08");
  check_in(c, "2026-05-20", Outcome::concern);
  const std::string key = "concern/S-1/2026-05-20T03:00:00Z due 2026-05-23";
  EXPECT_EQ(live(w, "2026-05-19").find(key), std::string::npos);
  EXPECT_EQ(live(w, "2026-05-20").substr(0, key.size()), key);
  check_in(w.facts.checks[0], "2026-05-21");
  EXPECT_EQ(live(w, "2026-05-21").substr(0, key.size()), key);
  World voided = w;
  EXPECT_EQ(ending(voided, "2026-05-21", "2026-05-22", "concern",
                   [](World& x) {
                     x.facts.checks[0].check_ins.erase(x.facts.checks[0].check_ins.begin() + 1);
                   }),
            "withdrawn: check-in voided");
  EXPECT_EQ(ending(w, "2026-05-21", "2026-05-22", "concern",
                   [](World& x) {
                     x.facts.contacts.push_back({1, day("2026-05-20")});
                   }),
            "met: contact on 2026-05-20");
}

TEST(Renewal, FromSixtyDaysBeforeUntilALaterPeriodThenExpired) {
  World w;
  w.facts.periods.back().period.end = day("2026-09-30");
  visit(w.facts, "2026-06-10");
  visit(w.facts, "2026-09-10");
  EXPECT_EQ(live(w, "2026-07-17"), "");
  EXPECT_NE(live(w, "2026-07-18"), "") << "its first stage may move to an open day before it";
  EXPECT_EQ(live(w, "2026-09-30"), "renewal/2026-09-30 due 2026-09-30");
  EXPECT_EQ(live(w, "2026-10-01"), "expired/2026-09-30 due 2026-09-30");
  const auto renew = [](const std::string& start) {
    return [start](World& x) {
      Period next;
      next.start = day(start);
      next.end = day("2027-09-30");
      x.facts.periods.push_back({day("2026-09-15"), next, false, {}});
    };
  };
  World a = w;
  EXPECT_EQ(ending(a, "2026-09-15", "2026-09-16", "renewal", renew("2026-10-01")),
            "met: a later period is known");
  World b = w;
  EXPECT_EQ(ending(b, "2026-10-05", "2026-10-06", "expired", renew("2026-10-01")),
            "met: a later period has begun");
  World gap = w;
  renew("2026-11-01")(gap);
  EXPECT_EQ(live(gap, "2026-10-15"), "expired/2026-09-30 due 2026-09-30");
  EXPECT_EQ(live(gap, "2026-11-01"), "");
}

TEST(Renewal, ThatEndedBecauseTheEndWasCorrectedSaysSo) {
  World w;
  w.facts.periods.back().period.end = day("2026-09-30");
  visit(w.facts, "2026-06-10");
  EXPECT_EQ(ending(w, "2026-08-15", "2026-08-16", "renewal",
                   [](World& x) {
                     PeriodVersion corrected = x.facts.periods.back();
                     corrected.known_from = day("2026-08-16");
                     corrected.period.end = day("2027-03-31");
                     x.facts.periods.push_back(corrected);
                   }),
            "superseded: the decision's end is now 2027-03-31");
}

TEST(Monitoring, OfTheMonthInWhichServiceEndsIsDueByItsLastDay) {
  World w;
  EXPECT_EQ(live(w, "2026-06-10"), "monitoring/2026-04-01/2026-06 due 2026-06-30");
  w.facts.ended_on = day("2026-06-30");
  EXPECT_EQ(live(w, "2026-06-10"), "monitoring/2026-04-01/2026-06 due 2026-06-30");
  w.facts.ended_on = day("2026-06-20");
  EXPECT_EQ(live(w, "2026-06-10"), "monitoring/2026-04-01/2026-06 due 2026-06-20");
  EXPECT_EQ(judge_months(w.facts, testing_facts::terms(), day("2026-06-10")).rows.front().due_by,
            day("2026-06-20"))
      << "lists and the calendar say so too";
  EXPECT_EQ(live(w, "2026-06-21"), "");
}

TEST(Unassigned, IsNotForASelfPlan) {
  World w;
  w.facts.periods.back().period.plan_kind = PlanKind::self_plan;
  w.facts.versions.push_back({day("2026-05-02"), "OF-1", "", {}});
  EXPECT_EQ(live(w, "2026-05-10"), "");
  World named = w;
  named.facts.versions.back().case_manager = "CM-9";  // nobody of that code
  EXPECT_EQ(live(named, "2026-05-10"), "unassigned/2026-05-02 due 2026-05-09");
  World regular = w;
  regular.facts.periods.back().period.plan_kind = PlanKind::regular;
  EXPECT_EQ(live(regular, "2026-05-10"), "unassigned/2026-05-02 due 2026-05-09");
}

TEST(Unassigned, FromTheDayNobodyIsResponsible) {
  World w;
  w.facts.versions.push_back({day("2026-05-02"), "OF-1", "", {}});
  w.facts.versions.push_back({day("2026-05-04"), "OF-1", "CM-9", {}});  // nobody of that code
  EXPECT_EQ(live(w, "2026-05-10"), "unassigned/2026-05-02 due 2026-05-09");
  EXPECT_EQ(ending(w, "2026-05-10", "2026-05-11", "unassigned",
                   [](World& x) {
                     x.facts.versions.push_back({day("2026-05-11"), "OF-1", "CM-2", {}});
                   }),
            "met: a case manager is assigned");
}

TEST(Streak, AMonthThatACutMadeDueYesterdayIsNotLateToday) {
  World w;
  w.facts.periods[0].known_from = day("2026-04-01");
  visit(w.facts, "2026-06-10");
  PeriodVersion cut = w.facts.periods[0];
  cut.known_from = day("2026-08-20");
  cut.period.end = day("2026-08-19");
  cut.cut = true;
  PeriodVersion changed = w.facts.periods[0];
  changed.known_from = day("2026-08-20");
  changed.period.start = day("2026-08-20");
  changed.period.decision_kind = DecisionKind::changed;
  w.facts.periods = {w.facts.periods[0], cut, changed};
  EXPECT_NE(live(w, "2026-08-20").find("streak/2026-08 due 2026-08-19 counted from 2026-09-03"),
            std::string::npos)
      << live(w, "2026-08-20");
}

TEST(Suspension, StandsAndIsFollowedByAReturn) {
  World w;
  w.facts.suspensions.push_back({1, day("2026-06-20"), day("2026-07-10")});
  visit(w.facts, "2026-05-01");
  EXPECT_EQ(live(w, "2026-07-10"), "suspension_standing/2026-06-20");
  EXPECT_EQ(live(w, "2026-07-11"), "return/2026-06-20 due 2026-07-24");
  EXPECT_EQ(ending(w, "2026-07-11", "2026-07-12", "return",
                   [](World& x) { visit(x.facts, "2026-07-10"); }),
            "met: visit on 2026-07-10");
  World away_again;
  away_again.facts.suspensions = {{1, day("2026-06-20"), day("2026-07-10")}};
  visit(away_again.facts, "2026-05-01");
  away_again.facts.suspensions.push_back({2, day("2026-07-13"), day("2026-08-05")});
  EXPECT_EQ(live(away_again, "2026-07-13"), "suspension_standing/2026-07-13");
  EXPECT_EQ(live(away_again, "2026-08-06"), "return/2026-07-13 due 2026-08-19")
      << "nothing was due in the second, but nobody has gone since the first";
  visit(away_again.facts, "2026-07-12");
  EXPECT_EQ(live(away_again, "2026-08-06"), "");

  World nothing_missed;
  nothing_missed.facts.suspensions.push_back({1, day("2026-05-01"), day("2026-05-10")});
  EXPECT_EQ(live(nothing_missed, "2026-05-11"), "");
}

TEST(CheckIn, AsksTheProviderFromTheExpectedDay) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-08");
  visit(w.facts, "2026-06-01");
  EXPECT_EQ(live(w, "2026-06-06"), "");
  EXPECT_EQ(live(w, "2026-06-07"), "check_in/S-1/2026-06-07");
  World other = w;
  other.facts.checks[0].versions.back().terms.provider = "地域活動支援センター";
  EXPECT_EQ(live(other, "2026-06-07"), "") << "text, nobody to ask";
  EXPECT_EQ(
      ending(w, "2026-06-07", "2026-06-08", "check_in",
             [](World& x) { check_in(x.facts.checks[0], "2026-06-06", Outcome::unreachable); }),
      "met: check-in on 2026-06-06");
}

TEST(Service, EndedMeansNothingIsOwed) {
  World w;
  w.facts.ended_on = day("2026-07-31");
  EXPECT_NE(live(w, "2026-07-31"), "");
  EXPECT_EQ(live(w, "2026-08-01"), "");
}

TEST(Service, AnEndThatIsKnownAheadTakesTheMonthsAfterIt) {
  World w;
  visit(w.facts, "2026-06-10");
  EXPECT_EQ(live(w, "2026-08-20"), "monitoring/2026-04-01/2026-09 due 2026-09-30");
  EXPECT_EQ(ending(w, "2026-08-20", "2026-08-21", "monitoring",
                   [](World& x) { x.facts.ended_on = day("2026-08-31"); }),
            "ended: service ends on 2026-08-31");
  w.facts.ended_on = day("2026-08-31");
  EXPECT_EQ(live(w, "2026-08-21"), "");
  w.facts.ended_on = day("2026-09-01");
  EXPECT_EQ(live(w, "2026-08-21"), "monitoring/2026-04-01/2026-09 due 2026-09-01");
}

TEST(Service, WhoLeavesByTheEndOfTheDecisionNeedsNoRenewal) {
  World w;
  visit(w.facts, "2027-03-01");
  EXPECT_EQ(live(w, "2027-03-02"), "renewal/2027-03-31 due 2027-03-31");
  EXPECT_EQ(ending(w, "2027-03-02", "2027-03-03", "renewal",
                   [](World& x) { x.facts.ended_on = day("2027-03-31"); }),
            "ended: service ends on 2027-03-31");
  w.facts.ended_on = day("2027-04-01");
  EXPECT_EQ(live(w, "2027-03-03"), "renewal/2027-03-31 due 2027-03-31");
}

TEST(SelfPlan, HasNoMonitoringButItsChecksAreWatched) {
  World w;
  w.facts.periods.back().period.plan_kind = PlanKind::self_plan;
  check_in(check(w.facts), "2026-05-08");
  EXPECT_EQ(live(w, "2026-06-22"), "lapse/S-1/2026-06-22 due 2026-07-06; check_in/S-1/2026-06-07");
}

}  // namespace
}  // namespace omamori
