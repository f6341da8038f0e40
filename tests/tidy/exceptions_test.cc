#include "tests/tidy/exceptions.h"

#include <set>

#include <gtest/gtest.h>

namespace omamori::tidy {
namespace {

const Complaint kFirst{"db/store.cc", 3, "is long"};
const Complaint kSecond{"db/store.cc", 9, "is long"};
const Complaint kElsewhere{"db/journal.cc", 1, "is long"};

std::string left(const Complaints& complaints, int places) {
  return listed(not_excepted("lines_are_short", complaints,
                             {{"lines_are_short", "db/store.cc", places, "a known one"}}));
}

TEST(Exceptions, CoverTheirFileAndNoOther) {
  EXPECT_EQ(left({kFirst, kElsewhere}, 1), "db/journal.cc:1: is long\n");
}

TEST(Exceptions, CoverTheirRuleAndNoOther) {
  EXPECT_EQ(listed(not_excepted("files_are_short", {kFirst},
                                {{"lines_are_short", "db/store.cc", 1, "a known one"}})),
            "db/store.cc:3: is long\n");
}

TEST(Exceptions, ShowEveryPlaceWhenOneIsNew) {
  EXPECT_EQ(left({kFirst, kSecond}, 1), "db/store.cc:3: is long\ndb/store.cc:9: is long\n");
  EXPECT_EQ(left({kFirst, kSecond}, 2), "");
}

TEST(Exceptions, ShrinkWithTheirPlaces) {
  const std::string tail =
      "are excepted: write the smaller number into tests/tidy/exceptions.cc, or take the line "
      "away\n";
  EXPECT_EQ(left({kFirst}, 2), "db/store.cc:1: breaks lines_are_short at 1 places, and 2 " + tail);
  EXPECT_EQ(left({}, 1), "db/store.cc:1: breaks lines_are_short at 0 places, and 1 " + tail);
}

TEST(Exceptions, EachHasAReasonAndStandsOnce) {
  std::set<std::string> seen;
  for (const Exception& e : exceptions()) {
    EXPECT_NE(e.reason, "") << e.path;
    EXPECT_GT(e.places, 0) << e.path;
    EXPECT_TRUE(seen.insert(e.rule + " " + e.path).second) << e.rule << " " << e.path;
  }
}

}  // namespace
}  // namespace omamori::tidy
