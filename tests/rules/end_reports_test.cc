// A case manager's word that service has ended, until somebody confirms it.
#include "daemon/rules/end_reports.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

// Reported on 1 June: the last day of service was 28 May.
ClientFacts reported() {
  ClientFacts facts;
  facts.end_reports.push_back({7, day("2026-05-28"), "CM-1", day("2026-06-01")});
  return facts;
}

TEST(EndReports, StandForFourteenDaysAfterTheyWereMade) {
  const ClientFacts facts = reported();
  EXPECT_EQ(standing_end_report(facts, day("2026-05-31")), nullptr) << "nobody has said so yet";
  ASSERT_NE(standing_end_report(facts, day("2026-06-01")), nullptr);
  EXPECT_EQ(standing_end_report(facts, day("2026-06-01"))->id, 7);
  EXPECT_NE(standing_end_report(facts, day("2026-06-15")), nullptr);
  EXPECT_EQ(standing_end_report(facts, day("2026-06-16")), nullptr);
}

TEST(EndReports, AreAnsweredByTheEndOfService) {
  ClientFacts facts = reported();
  facts.ended_on = day("2026-05-28");
  EXPECT_EQ(standing_end_report(facts, day("2026-06-02")), nullptr);
}

TEST(EndReports, AreRefutedByWhoeverWasSeenOrReachedAfterThatDay) {
  ClientFacts facts = reported();
  facts.visits.push_back({1, day("2026-05-28"), {}});
  EXPECT_NE(standing_end_report(facts, day("2026-06-02")), nullptr) << "on that day itself";
  facts.contacts.push_back({2, day("2026-06-03")});
  EXPECT_NE(standing_end_report(facts, day("2026-06-02")), nullptr) << "that is not known yet";
  EXPECT_EQ(standing_end_report(facts, day("2026-06-03")), nullptr);
  EXPECT_EQ(seen_after(facts, facts.end_reports.front(), day("2026-06-04")), day("2026-06-03"));
}

TEST(EndReports, AreNotMadeAgainForSixtyDaysUnlessRefuted) {
  ClientFacts facts = reported();
  EXPECT_NE(recent_end_report(facts, day("2026-07-31")), nullptr);
  EXPECT_EQ(recent_end_report(facts, day("2026-08-01")), nullptr);
  facts.visits.push_back({1, day("2026-05-29"), {}});
  EXPECT_EQ(recent_end_report(facts, day("2026-06-02")), nullptr);
}

}  // namespace
}  // namespace omamori
