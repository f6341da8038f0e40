// When a client must be looked at again because of who is there (P1a).
#include "daemon/rules/next_change.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::client;
using testing_facts::day;
using testing_facts::terms;

// The day after 2 June on which C-1 is looked at again, KO-1 of `office` being away from the 5th.
std::string looked_at_again(const std::string& office) {
  std::vector<Staff> staff = testing_facts::directory().all_staff();
  for (Staff& s : staff) {
    if (s.code == "CC-1") s.office = "OF-9";
  }
  Staff coordinator;
  coordinator.code = "KO-1";
  coordinator.role = Role::coordinator;
  coordinator.office = office;
  staff.push_back(coordinator);
  Absence away;
  away.staff = "KO-1";
  away.from = day("2026-06-05");
  const Directory directory({{"OF-1", "SV-1", "CC-1"}}, staff, {away});
  const ClientFacts facts = client();
  const Policy policy;
  const std::vector<TermsVersion> history = terms();
  const ClientMonths months = judge_months(facts, history, day("2026-06-02"));
  const ClientDay today{facts, months, history, directory, policy, day("2026-06-02")};
  const auto next = next_change(today);
  return next ? to_string(*next) : "never";
}

TEST(NextChange, IsTheDayOnWhichACoordinatorOfTheClientGoesAway) {
  EXPECT_EQ(looked_at_again("OF-1"), "2026-06-05") << "of the office";
  EXPECT_EQ(looked_at_again("OF-9"), "2026-06-05") << "of the core centre's office";
  EXPECT_EQ(looked_at_again(""), "2026-06-05") << "of the city";
  EXPECT_EQ(looked_at_again("OF-2"), "2026-07-01") << "of an office that is not theirs";
}

}  // namespace
}  // namespace omamori
