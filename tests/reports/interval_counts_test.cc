// The headcounts of the yearly survey: into which column a client comes.
#include "daemon/reports/interval_counts.h"

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

IntervalCounts counts(const ClientFacts& facts, const std::string& on) {
  const auto history = terms();
  const Directory people = directory();
  const ClientMonths months = judge_months(facts, history, day(on));
  const Policy policy;
  IntervalCounts out;
  out.add({facts, months, history, people, policy, day(on)});
  return out;
}

// "3", "other", "self_plan", "no_decision", "" = not counted; "6 extended".
std::string column(const ClientFacts& facts, const std::string& on = "2026-10-01") {
  const IntervalCounts c = counts(facts, on);
  std::string out;
  for (std::size_t i = 0; i < c.by_interval.size(); ++i) {
    if (c.by_interval.at(i) > 0) out += std::to_string(kSurveyedIntervals.at(i));
  }
  if (c.other > 0) out += "other";
  if (c.self_plan > 0) out += "self_plan";
  if (c.no_decision > 0) out += "no_decision";
  return out + (c.extended > 0 ? " extended" : "");
}

TEST(IntervalCounts, EachIntervalOfTheSurveyHasItsColumnAndAllOthersOne) {
  for (int months = 1; months <= 12; ++months) {
    ClientFacts facts = client();
    facts.periods[0].period.plan_kind = PlanKind::regular;
    facts.periods[0].period.interval_months = months;
    const bool named = std::find(kSurveyedIntervals.begin(), kSurveyedIntervals.end(), months) !=
                       kSurveyedIntervals.end();
    EXPECT_EQ(column(facts), named ? std::to_string(months) : "other") << months;
  }
}

TEST(IntervalCounts, ByWhatIsInForceOnThatDay) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-06-10");  // good until 24 July
  EXPECT_EQ(column(facts, "2026-07-24"), "6 extended");
  EXPECT_EQ(column(facts, "2026-07-25"), "3");
  facts.periods[0].period.decision_kind = DecisionKind::new_decision;
  EXPECT_EQ(column(facts, "2026-06-30"), "1") << "the first three months are monthly";
}

TEST(IntervalCounts, MonthsOfTheCertificateAreOther) {
  ClientFacts facts = client();
  facts.periods[0].period.monitoring_months = {month("2026-06"), month("2027-03")};
  EXPECT_EQ(column(facts), "other");
}

TEST(IntervalCounts, SelfPlansStandApartAndWhoHasNoDecisionIsNotPartOfIt) {
  ClientFacts facts = client();
  EXPECT_EQ(column(facts, "2026-03-31"), "no_decision");
  EXPECT_EQ(column(facts, "2027-03-31"), "3");
  EXPECT_EQ(column(facts, "2027-04-01"), "no_decision");
  facts.periods[0].period.plan_kind = PlanKind::self_plan;
  EXPECT_EQ(column(facts), "self_plan");
  facts.ended_on = day("2026-09-30");
  EXPECT_EQ(column(facts, "2026-09-30"), "self_plan");
  EXPECT_EQ(column(facts, "2026-10-01"), "");
}

TEST(IntervalCounts, AddUp) {
  ClientFacts self = client();
  self.periods[0].period.plan_kind = PlanKind::self_plan;
  IntervalCounts all = counts(client(), "2026-10-01");
  all.add(counts(self, "2026-10-01"));
  all.add(counts(client(), "2027-04-01"));
  EXPECT_EQ(all.people(), 2);
  EXPECT_EQ(all.no_decision, 1);
}

}  // namespace
}  // namespace omamori
