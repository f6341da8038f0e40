// What is entered ahead shows at once, with the number by which it can be declared void.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

class PlannedFacts : public AppTest {
 protected:
  PlannedFacts() {
    EXPECT_EQ(import(small_office()), "");
    at("2026-05-20T09:00:00+09:00");
    out("suspend",
        {{"client", "C-1"}, {"from", "2026-06-10"}, {"until", "2026-06-25"}, {"reason", "入院"}});
  }
};

TEST_F(PlannedFacts, ASuspensionStandsInShowAndExplainWithItsNumber) {
  const std::string shown = out("show", {{"client", "C-1"}});
  EXPECT_THAT(shown, HasSubstr("2026-06-10〜2026-06-25（予定）"));
  EXPECT_THAT(shown, HasSubstr("入院"));
  EXPECT_THAT(out("explain", {{"client", "C-1"}}),
              HasSubstr("休止の予定があります: 2026-06-10〜2026-06-25（記録 1）。\n"));
  EXPECT_THAT(out("explain", {{"client", "C-1"}, {"language", "en"}}), HasSubstr("(record 1).\n"));
  EXPECT_THAT(out("list", {{"kind", "suspensions"}}), HasSubstr("2026-06-10"));
  at("2026-06-10T09:00:00+09:00");
  EXPECT_THAT(out("show", {{"client", "C-1"}}), Not(HasSubstr("（予定）"))) << "it has begun";
  EXPECT_THAT(out("explain", {{"client", "C-1"}}), Not(HasSubstr("休止の予定")));
}

TEST_F(PlannedFacts, ASuspensionStandsInTheCalendarWithItsNumber) {
  const std::string year = out("calendar", {{"client", "C-1"}});
  EXPECT_THAT(year, HasSubstr("6/10〜6/25 休止予定（記録 1）"));
  EXPECT_THAT(year, HasSubstr("= 休止"));
  EXPECT_THAT(out("calendar", {{"client", "C-1"}, {"language", "en"}}),
              HasSubstr("6/10-6/25 suspension planned (record 1)"));
  const auto json = boost::json::parse(out("calendar", {{"client", "C-1"}, {"json", ""}}));
  EXPECT_THAT(boost::json::serialize(json),
              HasSubstr(R"("what":"suspension","on":"2026-06-10","until":"2026-06-25",)"
                        R"("check":null,"record":1)"));
}

TEST_F(PlannedFacts, OnADayThatHasPassedNothingIsStillToCome) {
  const std::map<std::string, std::string> then{{"client", "C-1"}, {"at", "2026-05-19"}};
  for (const char* command : {"show", "explain", "calendar"}) {
    EXPECT_THAT(out(command, then), Not(HasSubstr("予定）"))) << command;
  }
  EXPECT_THAT(out("list", {{"kind", "suspensions"}, {"at", "2026-05-19"}}),
              Not(HasSubstr("2026-06-10")));
}

TEST_F(PlannedFacts, AVoidOneIsNone) {
  EXPECT_TRUE(store->void_record(RecordKind::suspension, 1, "誤り", act()));
  for (const char* command : {"show", "explain", "calendar"}) {
    EXPECT_THAT(out(command, {{"client", "C-1"}}), Not(HasSubstr("6-10〜"))) << command;
  }
}

}  // namespace
}  // namespace omamori
