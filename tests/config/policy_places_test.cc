#include "config/policy_places.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

TEST(PolicyPlaces, SaysWhichLineSaysIt) {
  const PolicyPlaces places = policy_places(
      "# the city's policy\n"
      "standard_interval_months = 3\n"
      "\n"
      "[[office]]\n"
      "code = \"OF-2\"\n"
      "interval_months = 2\n"
      "[[override]]\n"
      "client = \"C-1\"\n"
      "interval_months = 1\n"
      "from = 2026-10-01\n"
      "[[override]]\n"
      "client = \"C-1\"\n"
      "interval_months = 2\n"
      "from = 2027-04-01\n"
      "[[stage]]\n"
      "name = \"late\"\n"
      "days = 1\n"
      "to = [\"supervisor\"]\n");
  EXPECT_EQ(places.setting("standard_interval_months"), 2);
  EXPECT_EQ(places.setting("max_interval_months"), 0) << "not in the file";
  EXPECT_EQ(places.office("OF-2"), 4);
  EXPECT_EQ(places.office("OF-1"), 0);
  EXPECT_EQ(places.override_of("C-1", *parse_day("2026-10-01")), 7);
  EXPECT_EQ(places.override_of("C-1", *parse_day("2027-04-01")), 11);
  EXPECT_EQ(places.override_of("C-2", *parse_day("2026-10-01")), 0);
  EXPECT_EQ(places.stages, std::vector<int>{15});
}

TEST(PolicyPlaces, ATextThatIsNoTomlHasNone) {
  EXPECT_EQ(policy_places("standard = = 3").setting("standard"), 0);
}

}  // namespace
}  // namespace omamori
