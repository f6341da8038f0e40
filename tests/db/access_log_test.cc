// Who looked at whom: the first look of a day, for a year.
#include "db/access_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "db/door_records.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AccessLogTest : public StoreTest {
 protected:
  void look(const char* on, const char* client, const char* who = "uid:1") {
    log.note({day(on), Instant{day(on).time_since_epoch()}, who, client, "show", "control"});
  }
  std::vector<std::string> looks(const std::string& client = "", const char* since = "2020-01-01") {
    std::vector<std::string> found;
    log.each(client, day(since), [&](const Look& look) {
      found.push_back(to_string(look.on) + " " + look.who + " " + look.client);
    });
    return found;
  }

  AccessLog& log = store->doors().access();
};

TEST_F(AccessLogTest, TheFirstLookOfADayIsKeptForEachWhoAndWhom) {
  look("2026-06-01", "C-1");
  look("2026-06-01", "C-1");
  look("2026-06-01", "C-2");
  look("2026-06-01", "C-1", "uid:2");
  look("2026-06-02", "C-1");
  EXPECT_THAT(looks(), ElementsAre("2026-06-01 uid:1 C-1", "2026-06-01 uid:1 C-2",
                                   "2026-06-01 uid:2 C-1", "2026-06-02 uid:1 C-1"));
}

TEST_F(AccessLogTest, OfAClientAlsoWhoLookedAtEverybodyIsShown) {
  look("2026-06-01", "");
  look("2026-06-01", "C-1");
  look("2026-06-02", "C-2");
  EXPECT_THAT(looks("C-1"), ElementsAre("2026-06-01 uid:1 ", "2026-06-01 uid:1 C-1"));
  EXPECT_THAT(looks("C-2", "2026-06-02"), ElementsAre("2026-06-02 uid:1 C-2"));
  EXPECT_THAT(looks("C-2", "2026-06-03"), IsEmpty());
}

TEST_F(AccessLogTest, AfterAYearALookIsForgotten) {
  look("2026-06-01", "C-1");
  look("2027-06-02", "C-2");
  EXPECT_THAT(looks("C-1"), ElementsAre("2026-06-01 uid:1 C-1")) << "366 days";
  look("2027-06-03", "C-2");
  EXPECT_THAT(looks("C-1"), IsEmpty());
}

}  // namespace
}  // namespace omamori
