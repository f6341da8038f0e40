// The week in one view: what is in it, who must act, and in which order. Both sides of every edge.
#include "daemon/reports/risk_items.h"

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

std::vector<RiskItem> items_of(const ClientFacts& facts, const std::string& today,
                               const std::vector<Absence>& absences = {}) {
  const auto history = terms();
  const Directory people = directory(absences);
  const ClientMonths months = judge_months(facts, history, day(today));
  const Policy policy;
  const ClientDay on{facts, months, history, people, policy, day(today)};
  return risk_items(facts, live_obligations(on), people, day(today));
}

// "CM-1 streak 2026-06 by 2026-06-30 | PR-1 near_lapse S-1 by 2026-06-14"
std::string shown(std::vector<RiskItem> items) {
  sort_by_who_acts(items);
  std::string out;
  for (const RiskItem& item : items) {
    if (!out.empty()) out += " | ";
    out += item.acts.staff + " " + std::string(risk_word(item));
    for (const Month m : item.months) out += " " + to_string(m);
    if (!item.check.empty()) out += " " + item.check;
    if (item.by) out += " by " + to_string(*item.by);
    if (item.suspended) out += " suspended";
  }
  return out;
}

std::string risks(const ClientFacts& facts, const std::string& today,
                  const std::vector<Absence>& absences = {}) {
  return shown(items_of(facts, today, absences));
}

TEST(Risk, AMonthIsInItFromSevenDaysBeforeItsLastDay) {
  ClientFacts facts = client();
  EXPECT_EQ(risks(facts, "2026-06-22"), "");
  EXPECT_EQ(risks(facts, "2026-06-23"), "CM-1 monitoring 2026-06 by 2026-06-30");
  EXPECT_EQ(risks(facts, "2026-06-30"), "CM-1 monitoring 2026-06 by 2026-06-30");
  EXPECT_EQ(risks(facts, "2026-07-01"), "CM-1 streak 2026-06 by 2026-06-30");
  visit(facts, "2026-06-23");
  EXPECT_EQ(risks(facts, "2026-06-23"), "");
}

TEST(Risk, ACheckNearItsLapseIsTheProvidersALapsedOneTheCaseManagers) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-01");  // good until 14 June
  EXPECT_EQ(risks(facts, "2026-06-06"), "") << "eight days before";
  EXPECT_EQ(risks(facts, "2026-06-07"), "PR-1 near_lapse S-1 by 2026-06-14");
  EXPECT_EQ(risks(facts, "2026-06-14"), "PR-1 near_lapse S-1 by 2026-06-14") << "its last day";
  EXPECT_EQ(risks(facts, "2026-06-15"), "CM-1 lapse S-1 by 2026-06-29");
  facts.checks[0].versions[0].terms.until = day("2026-06-14");
  EXPECT_EQ(risks(facts, "2026-06-14"), "") << "it ends before it could lapse";
  facts.checks[0].versions[0].terms.until.reset();
  facts.checks[0].versions[0].terms.agreed_on.reset();
  EXPECT_EQ(risks(facts, "2026-06-15"), "") << "nobody agreed to it";
}

TEST(Risk, ALapseThatWasAnsweredStaysUntilTheCheckIsConfirmed) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-01");
  facts.contacts.push_back({1, day("2026-06-16")});
  const auto items = items_of(facts, "2026-06-16");
  EXPECT_EQ(shown(items), "CM-1 lapse S-1") << "nobody is asked for anything any more";
  EXPECT_EQ(items.at(0).obligation, "");
  EXPECT_EQ(items.at(0).since, day("2026-06-15"));
  check_in(facts.checks[0], "2026-06-17");
  EXPECT_EQ(risks(facts, "2026-06-17"), "");
}

TEST(Risk, ACheckOfSomebodyWhoIsNoStaffIsTheCaseManagersToAskFor) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-01");
  facts.checks[0].versions[0].terms.provider = "a neighbour";
  EXPECT_EQ(risks(facts, "2026-06-14"), "CM-1 near_lapse S-1 by 2026-06-14");
}

TEST(Risk, WhoStandsInMustAct) {
  ClientFacts facts = client();
  const Absence with{1, "CM-1", day("2026-07-01"), day("2026-07-05"), "CM-2"};
  Absence without = with;
  without.delegate.clear();
  EXPECT_EQ(risks(facts, "2026-07-05", {with}), "CM-2 streak 2026-06 by 2026-06-30");
  EXPECT_EQ(risks(facts, "2026-07-05", {without}), "SV-1 streak 2026-06 by 2026-06-30");
  EXPECT_EQ(risks(facts, "2026-07-06", {with}), "CM-1 streak 2026-06 by 2026-06-30");
}

TEST(Risk, NobodyResponsibleIsTheSupervisors) {
  ClientFacts facts = client();
  facts.versions[0].case_manager = "";
  EXPECT_EQ(risks(facts, "2026-06-10"), "SV-1 unassigned by 2026-04-08");
}

TEST(Risk, ASelfPlanWithoutCaseManagerIsTheSupervisorsAndLacksNobody) {
  ClientFacts facts = client();
  facts.versions[0].case_manager = "";
  facts.periods[0].period.plan_kind = PlanKind::self_plan;
  check_in(check(facts), "2026-05-01");
  EXPECT_EQ(risks(facts, "2026-06-15"), "SV-1 lapse S-1 by 2026-06-29");
}

TEST(Risk, ADecisionThatEndsWithinTheWeekOrHasEndedAlsoInASuspension) {
  ClientFacts facts = client();
  for (const char* on : {"2026-06-10", "2026-09-10", "2026-12-10", "2027-03-10"}) visit(facts, on);
  EXPECT_EQ(risks(facts, "2027-03-23"), "");
  EXPECT_EQ(risks(facts, "2027-03-24"), "CM-1 renewal by 2027-03-31");
  EXPECT_EQ(risks(facts, "2027-04-01"), "CM-1 expired by 2027-03-31");
  facts.suspensions.push_back({1, day("2027-03-20"), {}});
  EXPECT_EQ(risks(facts, "2027-03-24"), "CM-1 renewal by 2027-03-31 suspended");
  EXPECT_EQ(risks(facts, "2027-04-01"), "CM-1 expired by 2027-03-31 suspended");
}

TEST(Risk, InASuspensionNothingElseIsAskedFor) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-01");
  facts.suspensions.push_back({1, day("2026-06-20"), day("2026-07-05")});
  EXPECT_EQ(risks(facts, "2026-06-19"), "CM-1 lapse S-1 by 2026-06-29");
  EXPECT_EQ(risks(facts, "2026-07-05"), "");
}

TEST(Risk, BackFromASuspensionWithinItsLastSevenDays) {
  ClientFacts facts = client();
  facts.suspensions.push_back({1, day("2026-06-20"), day("2026-07-05")});
  EXPECT_EQ(risks(facts, "2026-07-11"), "");
  EXPECT_EQ(risks(facts, "2026-07-12"), "CM-1 return by 2026-07-19");
}

TEST(Risk, NothingOfWhoHasLeft) {
  ClientFacts facts = client();
  facts.ended_on = day("2026-07-02");
  EXPECT_EQ(risks(facts, "2026-07-02"), "CM-1 streak 2026-06 by 2026-06-30");
  EXPECT_EQ(risks(facts, "2026-07-03"), "");
}

RiskItem item(ObligationKind kind, const std::string& acts, const std::string& client_code,
              const std::string& by) {
  RiskItem made;
  made.kind = kind;
  made.acts.staff = acts;
  made.client = client_code;
  made.by = day(by);
  return made;
}

TEST(Risk, ComesByWhoMustActWhoeverHasTheMostPressingFirst) {
  using Kind = ObligationKind;
  std::vector<RiskItem> items{item(Kind::monitoring, "CM-1", "C-1", "2026-06-30"),
                              item(Kind::renewal, "CM-2", "C-2", "2026-06-25"),
                              item(Kind::check_in, "PR-1", "C-6", "2026-06-24"),
                              item(Kind::streak, "CM-2", "C-3", "2026-05-31"),
                              item(Kind::streak, "CM-2", "C-4", "2026-04-30"),
                              item(Kind::concern, "CM-1", "C-5", "2026-06-26")};
  sort_by_who_acts(items);
  std::string order;
  for (const RiskItem& i : items) order += i.acts.staff + " " + i.client + ", ";
  EXPECT_EQ(order, "CM-1 C-5, CM-1 C-1, CM-2 C-4, CM-2 C-3, CM-2 C-2, PR-1 C-6, ");
}

TEST(Risk, CountsTheDaysSinceTheTerm) {
  const RiskItem late = item(ObligationKind::streak, "CM-1", "C-1", "2026-06-30");
  EXPECT_EQ(days_past(late, day("2026-06-30")), 0);
  EXPECT_EQ(days_past(late, day("2026-07-01")), 1);
}

}  // namespace
}  // namespace omamori
