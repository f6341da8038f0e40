// The decision as a whole: who is told what at a moment, given what was told before.
#include "daemon/rules/plan.h"

#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
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

// A client, and a memory that is fed with what each plan decided, like the store's.
struct World {
  ClientFacts facts = client();
  Policy policy;
  std::vector<TermsVersion> history = terms();
  Directory people = directory();
  Workdays workdays;
  Zone zone{"Asia/Tokyo"};
  std::vector<KnownObligation> known;
  std::vector<Telling> told;
  Instant changed_at = parse_instant("2026-04-01T00:00:00Z").value();
  Instant looked_at_until = Instant::min();

  Plan at(const std::string& local) {
    const Instant now = parse_instant(local + "+09:00").value();
    Plan p =
        plan({facts, history, people, workdays, zone, known, told, changed_at, looked_at_until},
             policy, now);
    known = p.live;
    for (const Reminder& r : p.reminders) told.push_back({r.obligation, r.staff, r.days});
    return p;
  }
};

std::string shown(const Plan& p) {
  std::string out;
  for (const Reminder& r : p.reminders) {
    out += r.staff + ": " + r.obligation.substr(4) + " " + r.stage;
    if (r.repeat > 0) out += "+" + std::to_string(r.repeat);
    out += "\n";
  }
  for (const Silence& s : p.silences) {
    out += "(" + s.staff + ": " + s.obligation.substr(4) + " " + s.stage + ": " + s.reason + ")\n";
  }
  return out;
}

TEST(Plan, TellsEachStageOnceToEachPerson) {
  World w;
  EXPECT_EQ(shown(w.at("2026-06-01T08:29:59")), "");
  EXPECT_EQ(shown(w.at("2026-06-01T08:30:00")), "CM-1: monitoring/2026-04-01/2026-06 upcoming\n");
  EXPECT_EQ(shown(w.at("2026-06-01T08:30:00")), "") << "told once";
  EXPECT_EQ(shown(w.at("2026-06-23T08:30:00")), "CM-1: monitoring/2026-04-01/2026-06 due_soon\n");
  EXPECT_EQ(shown(w.at("2026-07-01T08:30:00")),
            "CM-1: streak/2026-06 overdue\nSV-1: streak/2026-06 overdue\n");
  EXPECT_EQ(shown(w.at("2026-07-14T08:30:00")),
            "CM-1: streak/2026-06 escalated\nSV-1: streak/2026-06 escalated\n"
            "CC-1: streak/2026-06 escalated\n");
  EXPECT_EQ(shown(w.at("2026-07-21T08:30:00")),
            "CM-1: streak/2026-06 escalated+1\nSV-1: streak/2026-06 escalated+1\n"
            "CC-1: streak/2026-06 escalated+1\n");
  visit(w.facts, "2026-07-22");
  EXPECT_EQ(shown(w.at("2026-07-28T08:30:00")), "");
}

TEST(Plan, WhatAChangeBringsAboutWaitsForTheNextSlot) {
  World w;
  w.at("2026-06-23T08:30:00");
  w.at("2026-07-01T08:30:00");
  const auto take_over = [&](const char* changed, const char* looked_at_until) {
    w.people = directory({{1, "SV-1", day("2026-07-03"), {}, "SV-C"}});
    w.changed_at = parse_instant(changed).value();
    w.looked_at_until = parse_instant(looked_at_until).value();
  };
  take_over("2026-07-03T00:00:00+09:00", "2026-07-14T08:30:00+09:00");
  const Plan at_midnight = w.at("2026-07-03T00:00:00");
  EXPECT_EQ(shown(at_midnight), "");
  EXPECT_EQ(w.zone.local_text(at_midnight.next.value()), "2026-07-03 08:30");
  EXPECT_EQ(shown(w.at("2026-07-03T08:29:59")), "");
  World off = w;
  EXPECT_EQ(shown(w.at("2026-07-03T08:30:00")), "SV-C: streak/2026-06 overdue\n");
  // After a downtime it had to be told before: at once.
  off.looked_at_until = parse_instant("2026-07-01T08:30:00+09:00").value();
  EXPECT_EQ(shown(off.at("2026-07-03T01:00:00")), "SV-C: streak/2026-06 overdue\n");
}

TEST(Plan, LooksAgainWhenSomebodyGoesAway) {
  World w;
  w.at("2026-06-01T08:30:00");
  w.people = directory({{1, "CM-1", day("2026-06-10"), day("2026-06-12"), "CM-2"},
                        {2, "CM-2", day("2026-06-11"), day("2026-06-11"), ""}});
  const auto next = [&](const char* at) { return w.zone.local_text(w.at(at).next.value()); };
  EXPECT_EQ(next("2026-06-02T09:00:00"), "2026-06-10 00:00");
  EXPECT_EQ(next("2026-06-10T09:00:00"), "2026-06-11 00:00") << "the one who stands in goes away";
  EXPECT_EQ(next("2026-06-11T09:00:00"), "2026-06-12 00:00") << "and is back";
  EXPECT_EQ(next("2026-06-12T09:00:00"), "2026-06-13 00:00");
  EXPECT_EQ(next("2026-06-13T09:00:00"), "2026-06-23 08:30");
}

TEST(Plan, AlwaysKnowsWhenToLookAgain) {
  World w;
  const std::pair<const char*, const char*> rows[] = {
      {"2026-05-01T00:00:00", "2026-05-17 00:00"},  // June comes into view
      {"2026-05-17T00:00:00", "2026-06-01 00:00"},  // its window opens
      {"2026-06-01T00:00:00", "2026-06-01 08:30"}, {"2026-06-01T08:30:00", "2026-06-23 08:30"},
      {"2026-06-23T08:30:00", "2026-07-01 00:00"},  // past due
      {"2026-07-01T00:00:00", "2026-07-01 08:30"},
  };
  for (const auto& [now, next] : rows) {
    const Plan p = w.at(now);
    ASSERT_TRUE(p.next.has_value()) << now;
    EXPECT_EQ(w.zone.local_text(*p.next), next) << "at " << now;
  }
}

TEST(Plan, AClientWhoseServiceEndedHasAReasonInsteadOfANextTime) {
  World w;
  w.facts.ended_on = day("2026-06-30");
  const Plan p = w.at("2026-07-01T00:00:00");
  EXPECT_FALSE(p.next.has_value());
  EXPECT_EQ(p.why_no_next, "service ended on 2026-06-30");
}

TEST(Plan, AfterDowntimeOnlyTheLatestStage) {
  World w;
  w.at("2026-06-01T08:30:00");
  EXPECT_EQ(shown(w.at("2026-07-14T10:00:00")),
            "CM-1: streak/2026-06 escalated\nSV-1: streak/2026-06 escalated\n"
            "CC-1: streak/2026-06 escalated\n"
            "(CM-1: streak/2026-06 overdue: a later stage is due)\n"
            "(SV-1: streak/2026-06 overdue: a later stage is due)\n");
}

TEST(Plan, RenamingOrAddingStagesReTellsNobody) {
  World w;
  w.at("2026-07-01T08:30:00");
  w.policy.stages = {{"soon", -30, {Role::case_manager}, 0},
                     {"late", 1, {Role::case_manager, Role::supervisor}, 0},
                     {"very_late", 20, {Role::supervisor}, 0}};
  EXPECT_EQ(shown(w.at("2026-07-02T08:30:00")), "");
  EXPECT_EQ(shown(w.at("2026-07-20T08:30:00")), "SV-1: streak/2026-06 very_late\n");
}

TEST(Plan, SuspendedIsSilentWithTheReason) {
  World w;
  w.facts.suspensions.push_back({1, day("2026-05-20"), day("2026-06-20")});
  EXPECT_EQ(shown(w.at("2026-06-01T08:30:00")),
            "SV-1: suspension_standing/2026-05-20 standing\n"
            "(CM-1: monitoring/2026-04-01/2026-06 upcoming: suspended)\n");
  EXPECT_EQ(shown(w.at("2026-06-22T08:30:00")), "CM-1: monitoring/2026-04-01/2026-06 upcoming\n")
      << "June is due after the suspension, and nobody has heard of it";
  EXPECT_EQ(shown(w.at("2026-06-23T08:30:00")), "CM-1: monitoring/2026-04-01/2026-06 due_soon\n");
}

TEST(Plan, AnAcknowledgementPausesOnlyTheOneWhoMadeIt) {
  World w;
  w.facts.acknowledgements.push_back(
      {1, "C-1/streak/2026-06", "CM-1", day("2026-07-01"), day("2026-07-08")});
  EXPECT_EQ(shown(w.at("2026-07-01T08:30:00")),
            "SV-1: streak/2026-06 overdue\n"
            "(CM-1: streak/2026-06 overdue: acknowledged: paused until 2026-07-08)\n");
  EXPECT_EQ(shown(w.at("2026-07-09T08:30:00")), "CM-1: streak/2026-06 overdue\n")
      << "the day passed without a visit";
}

TEST(Plan, AReportedEndMakesTheCaseManagerWaitAndNobodyElse) {
  World w;
  w.facts.end_reports.push_back({7, day("2026-06-28"), "CM-1", day("2026-06-30")});
  EXPECT_EQ(shown(w.at("2026-07-01T08:30:00")),
            "SV-1: end_report/7 opened\n"
            "SV-1: streak/2026-06 overdue\n"
            "(CM-1: streak/2026-06 overdue: end of service reported: waits until 2026-07-14)\n");
  EXPECT_EQ(shown(w.at("2026-07-07T08:30:00")),
            "SV-1: end_report/7 asked\n"
            "(CM-1: streak/2026-06 overdue: end of service reported: waits until 2026-07-14)\n");
  EXPECT_EQ(shown(w.at("2026-07-14T08:30:00")),
            "SV-1: streak/2026-06 escalated\n"
            "CC-1: streak/2026-06 escalated\n"
            "(CM-1: streak/2026-06 escalated: end of service reported: waits until 2026-07-14)\n"
            "(CM-1: streak/2026-06 overdue: end of service reported: waits until 2026-07-14)\n");
  const Plan after = w.at("2026-07-15T08:30:00");
  EXPECT_EQ(shown(after),
            "CM-1: streak/2026-06 escalated\n"
            "(CM-1: streak/2026-06 overdue: a later stage is due)\n");
  ASSERT_EQ(after.ended.size(), 1U);
  EXPECT_EQ(after.ended.front().ending.reason, "nobody confirmed that service has ended");
}

TEST(Plan, ALapseWhileAnEndIsReportedIsTheSupervisorsBecauseTheReportMayBeWrong) {
  World w;
  check_in(check(w.facts), "2026-05-07");
  visit(w.facts, "2026-06-02");
  w.facts.end_reports.push_back({7, day("2026-06-15"), "CM-1", day("2026-06-20")});
  w.at("2026-06-20T09:00:00");
  EXPECT_EQ(shown(w.at("2026-06-21T08:30:00")),
            "SV-1: lapse/S-1/2026-06-21 opened\n"
            "(CM-1: lapse/S-1/2026-06-21 opened: end of service reported: waits until "
            "2026-07-04)\n");
}

TEST(Plan, AnImportAtNoonIsToldTheNextMorning) {
  World w;
  w.changed_at = parse_instant("2026-07-03T12:00:00+09:00").value();  // a Friday
  EXPECT_EQ(shown(w.at("2026-07-03T12:00:01")), "");
  EXPECT_EQ(shown(w.at("2026-07-06T08:30:00")),
            "CM-1: streak/2026-06 overdue\nSV-1: streak/2026-06 overdue\n");
}

TEST(Plan, ALapseIsToldOnASundayAndWithdrawnByALateRecord) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-07");
  visit(w.facts, "2026-06-02");
  w.at("2026-06-20T00:00:00");
  EXPECT_EQ(shown(w.at("2026-06-21T08:30:00")), "CM-1: lapse/S-1/2026-06-21 opened\n");
  check_in(w.facts.checks[0], "2026-06-19");
  const Plan p = w.at("2026-06-21T12:00:00");
  ASSERT_FALSE(p.ended.empty());
  EXPECT_EQ(p.ended.front().obligation + ": " + p.ended.front().ending.state,
            "C-1/lapse/S-1/2026-06-21: withdrawn");
  ASSERT_TRUE(p.ended.front().tell_at.has_value());
  EXPECT_EQ(w.zone.local_text(*p.ended.front().tell_at), "2026-06-22 08:30") << "the next digest";
}

TEST(Plan, AnotherLapseResponseTimeReTellsNobody) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-07");
  visit(w.facts, "2026-06-02");
  w.at("2026-06-20T00:00:00");
  EXPECT_EQ(shown(w.at("2026-06-21T08:30:00")), "CM-1: lapse/S-1/2026-06-21 opened\n");
  for (const int response : {10, 3, 20, 14}) {
    w.policy.lapse_response_days = response;
    EXPECT_EQ(shown(w.at("2026-06-22T08:30:00")), "") << response;
  }
}

TEST(Plan, OnlyWhatWasNothingIsTakenBack) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-07");
  visit(w.facts, "2026-06-02");
  w.at("2026-06-20T00:00:00");
  w.at("2026-06-21T08:30:00");
  check_in(w.facts.checks[0], "2026-06-22");  // it had lapsed, and is confirmed again
  const Plan p = w.at("2026-06-22T12:00:00");
  ASSERT_FALSE(p.ended.empty());
  EXPECT_EQ(p.ended.front().ending.state, "met");
  EXPECT_FALSE(p.ended.front().tell_at.has_value());
}

// Whoever heard "解消" and then of the same lapse again must not be told less than the first time.
TEST(Plan, ALapseThatComesBackAfterItsWithdrawalWasToldIsToldFromTheStart) {
  World w;
  Check& c = check(w.facts);
  check_in(c, "2026-05-07");
  visit(w.facts, "2026-06-02");
  w.at("2026-06-20T00:00:00");
  w.at("2026-06-21T08:30:00");
  const std::string lapse = "C-1/lapse/S-1/2026-06-21";
  struct Row {
    bool owed;
    const char* expected;
    const char* why;
  };
  for (const Row& row : {Row{true, "", "the word has not left: it is taken back, nothing is new"},
                         Row{false, "CM-1: lapse/S-1/2026-06-21 opened\n", "it was told"}}) {
    World again = w;
    again.told.push_back({lapse, "CM-1", kWithdrawal, row.owed});
    EXPECT_EQ(shown(again.at("2026-06-22T08:30:00")), row.expected) << row.why;
    EXPECT_EQ(shown(again.at("2026-06-23T08:30:00")), "") << row.why << ", and once";
  }
}

TEST(Plan, TheSameSnapshotGivesTheSamePlan) {
  World a;
  World b;
  EXPECT_EQ(shown(a.at("2026-07-14T10:00:00")), shown(b.at("2026-07-14T10:00:00")));
}

// Whoever was told of a decision's end is told again only where the end moved by more than there
// was to the next stage.
TEST(Plan, ADecisionsEndThatIsCorrectedIsNoNewEnd) {
  struct Row {
    const char *told_on, *corrected_to, *then, *seen, *why;
  };
  for (const Row& row : {
           Row{"2027-01-30T08:30:00", "2027-04-01", "2027-01-31T08:30:00", "",
               "60 days before: a day later"},
           Row{"2027-01-30T08:30:00", "2027-04-30", "2027-03-01T08:30:00", "",
               "30 days later, as far as the next stage"},
           Row{"2027-01-30T08:30:00", "2027-05-01", "2027-03-02T08:30:00",
               "CM-1: renewal/2027-05-01 renewal_60\n", "31 days: another time"},
           Row{"2027-03-01T08:30:00", "2027-04-23", "2027-03-24T08:30:00", "",
               "30 days before: 23 to the next"},
           Row{"2027-03-01T08:30:00", "2027-04-24", "2027-03-25T08:30:00",
               "CM-1: renewal/2027-04-24 renewal_30\n", "24 days"},
       }) {
    World w;
    visit(w.facts, "2027-01-15", "2026-06");
    visit(w.facts, "2027-01-15", "2026-09");
    visit(w.facts, "2027-01-15", "2026-12");
    visit(w.facts, "2027-01-15", "2027-03");
    w.at(row.told_on);
    PeriodVersion corrected = w.facts.periods.back();
    corrected.known_from = day(std::string(row.told_on).substr(0, 10));
    corrected.period.end = day(row.corrected_to);
    corrected.period.monitoring_months = {};
    w.facts.periods.push_back(corrected);
    const Plan plan = w.at(row.then);
    std::string seen;
    for (const Reminder& r : plan.reminders) {
      const bool renewal = r.obligation.find("/renewal/") != std::string::npos;
      if (renewal) seen += r.staff + ": " + r.obligation.substr(4) + " " + r.stage + "\n";
    }
    EXPECT_EQ(seen, row.seen) << row.why;
  }
}

// The end is moved beyond what is looked at yet, and comes back into it: still the same end.
TEST(Plan, ADecisionsEndThatMovesAwayForAWhileIsToldOnce) {
  World w;
  for (const char* month : {"2026-06", "2026-09", "2026-12", "2027-03"}) {
    visit(w.facts, "2027-01-15", month);
  }
  EXPECT_EQ(shown(w.at("2027-01-30T08:30:00")), "CM-1: renewal/2027-03-31 renewal_60\n");
  PeriodVersion corrected = w.facts.periods.back();
  corrected.known_from = day("2027-01-31");
  corrected.period.end = day("2027-04-20");
  w.facts.periods.push_back(corrected);
  w.at("2027-01-31T12:00:00");
  const std::string seen = shown(w.at("2027-02-19T08:30:00"));
  EXPECT_EQ(seen.find("renewal_60"), std::string::npos) << seen;
}

// CM-1 has the client, then CM-2, then CM-1 again, from the 18th.
World given_back() {
  World w;
  w.at("2026-06-01T08:30:00");
  w.told.back().told_at = parse_instant("2026-06-01T08:31:00+09:00");
  w.facts.versions.push_back({day("2026-06-11"), "OF-1", "CM-2", {}});
  w.facts.versions.push_back({day("2026-06-18"), "OF-1", "CM-1", {}});
  w.changed_at = parse_instant("2026-06-18T10:00:00+09:00").value();
  return w;
}

TEST(Plan, WhoHasAClientBackIsToldOnceMore) {
  World w = given_back();
  EXPECT_EQ(shown(w.at("2026-06-18T10:00:00")), "") << "at the next slot";
  EXPECT_EQ(shown(w.at("2026-06-19T08:30:00")),
            "CM-1: monitoring/2026-04-01/2026-06 handed_back\n");
  EXPECT_EQ(shown(w.at("2026-06-20T08:30:00")), "");
}

TEST(Plan, WhatWasToldSinceTheClientCameBackIsNotToldAgain) {
  World w = given_back();
  w.told.push_back(
      {w.told.back().obligation, "CM-1", -7, false, parse_instant("2026-06-18T09:00:00+09:00")});
  EXPECT_EQ(shown(w.at("2026-06-19T08:30:00")), "") << "on the day itself, before another record";
}

// The supervisor as such never lost the client.
TEST(Plan, WhatASupervisorIsToldAsSuchIsNotHandedBack) {
  World w = given_back();
  w.people = Directory({{"OF-1", "CM-1", "CC-1"}}, w.people.all_staff(), {});
  w.facts.suspensions = {{1, day("2026-05-02"), {}}};
  w.at("2026-06-18T10:00:00");
  const std::string key = "C-1/suspension_standing/2026-05-02";
  w.told.push_back({key, "CC-1", 30, false, parse_instant("2026-06-01T08:31:00+09:00")});
  w.told.push_back({key, "CM-1", 30, false, parse_instant("2026-06-01T08:31:00+09:00")});
  EXPECT_EQ(shown(w.at("2026-06-19T08:30:00")).find("standing/2026-05-02 handed_back"),
            std::string::npos);
}

}  // namespace
}  // namespace omamori
