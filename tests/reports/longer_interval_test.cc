// Whose interval is longer here than on the certificate, and since when: both sides of every edge.
#include "daemon/reports/longer_interval.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;
using testing_facts::month;
using testing_facts::terms;

// "3 6 since 2026-05-01 safety_check S-1 agreed 2026-04-01"; "" = not longer.
std::string longer(const ClientFacts& facts, const std::string& today, const Terms& settings = {}) {
  const auto history = terms(settings);
  const Directory people = directory();
  const ClientMonths months = judge_months(facts, history, day(today));
  const Policy policy;
  const auto found = longer_interval({facts, months, history, people, policy, day(today)});
  if (!found) return "";
  std::string out = std::to_string(found->usual) + " " + std::to_string(found->here) + " since " +
                    to_string(found->since) + " " + to_word(found->basis);
  if (!found->check.empty()) out += " " + found->check;
  if (found->agreed_on) out += " agreed " + to_string(*found->agreed_on);
  if (!found->reason.empty()) out += " (" + found->reason + ")";
  return out;
}

TEST(LongerInterval, FromTheFirstConfirmationUntilTheCheckLapses) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-10");
  check_in(facts.checks[0], "2026-06-12");  // good until 26 July
  EXPECT_EQ(longer(facts, "2026-05-09"), "");
  EXPECT_EQ(longer(facts, "2026-05-10"), "3 6 since 2026-05-10 safety_check S-1 agreed 2026-04-01");
  EXPECT_EQ(longer(facts, "2026-07-26"), "3 6 since 2026-05-10 safety_check S-1 agreed 2026-04-01");
  EXPECT_EQ(longer(facts, "2026-07-27"), "");
  check_in(facts.checks[0], "2026-08-20");
  EXPECT_EQ(longer(facts, "2026-08-20"), "3 6 since 2026-08-20 safety_check S-1 agreed 2026-04-01")
      << "not across the days on which it was lapsed";
}

TEST(LongerInterval, ByTheCertificateAsItIsPrinted) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-10");
  for (const auto& [printed, expected] :
       {std::pair{2, ""},
        {3, "3 6 since 2026-05-10 safety_check S-1 agreed 2026-04-01"},
        {6, ""}}) {
    facts.periods[0].period.interval_months = printed;
    EXPECT_EQ(longer(facts, "2026-05-20"), expected) << printed;
  }
  facts.periods[0].period.interval_months.reset();
  facts.periods[0].period.monitoring_months = {month("2026-06"), month("2027-03")};
  EXPECT_EQ(longer(facts, "2026-05-20"), "") << "the months are the city's own";
}

TEST(LongerInterval, NotBeforeTheDecisionOrBeforeTheCheckWasKnownHere) {
  ClientFacts facts = client("2026-05-15", "2027-03-31");
  check_in(check(facts), "2026-05-10");
  EXPECT_EQ(longer(facts, "2026-05-20"), "3 6 since 2026-05-15 safety_check S-1 agreed 2026-04-01");
  EXPECT_EQ(longer(facts, "2026-05-14"), "") << "no decision is in force";
  facts.checks[0].versions[0].known_from = day("2026-05-18");
  EXPECT_EQ(longer(facts, "2026-05-20"), "3 6 since 2026-05-18 safety_check S-1 agreed 2026-04-01");
  facts.versions[0].known_from = facts.periods[0].known_from = day("2026-05-18");
  EXPECT_EQ(longer(facts, "2026-05-20"), "3 6 since 2026-05-15 safety_check S-1 agreed 2026-04-01")
      << "known from the beginning (R7)";
}

TEST(LongerInterval, ByAnOverrideOfARegularPlanWithItsReason) {
  ClientFacts facts = client();
  facts.periods[0].period.plan_kind = PlanKind::regular;
  facts.periods[0].period.interval_months = 3;
  Terms settings;
  settings.overrides = {
      {"C-1", 6, day("2026-06-01"), day("2026-08-31"), "with the city", day("2026-05-20")}};
  EXPECT_EQ(longer(facts, "2026-05-31", settings), "");
  EXPECT_EQ(longer(facts, "2026-06-01", settings),
            "3 6 since 2026-06-01 override agreed 2026-05-20 (with the city)");
  EXPECT_EQ(longer(facts, "2026-08-31", settings),
            "3 6 since 2026-06-01 override agreed 2026-05-20 (with the city)");
  EXPECT_EQ(longer(facts, "2026-09-01", settings), "");
  settings.overrides[0].client = "C-2";
  EXPECT_EQ(longer(facts, "2026-06-01", settings), "");
}

TEST(LongerInterval, NothingOfASelfPlanOrOfWhoHasLeft) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-10");
  facts.ended_on = day("2026-05-19");
  EXPECT_NE(longer(facts, "2026-05-19"), "");
  EXPECT_EQ(longer(facts, "2026-05-20"), "");
  facts.ended_on.reset();
  facts.periods[0].period.plan_kind = PlanKind::self_plan;
  EXPECT_EQ(longer(facts, "2026-05-20"), "");
}

}  // namespace
}  // namespace omamori
