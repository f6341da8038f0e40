#include "daemon/retention/kept_until.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

struct KeptCase {
  const char* today;
  const char* bodies;   // texts that ended before the beginning of this day go
  const char* service;  // clients whose last day was before this day go
};

TEST(KeptUntilTest, CountsDaysForTextsAndYearsForEverythingElse) {
  const Zone zone("Asia/Tokyo");
  const RetentionConfig config{90, 5};
  for (const KeptCase& one : {KeptCase{"2026-04-01", "2026-01-01", "2021-04-01"},
                              KeptCase{"2026-12-31", "2026-10-02", "2021-12-31"},
                              KeptCase{"2028-02-28", "2027-11-30", "2023-02-28"},
                              KeptCase{"2028-02-29", "2027-12-01", "2023-02-28"},
                              KeptCase{"2028-03-01", "2027-12-02", "2023-03-01"}}) {
    const KeptUntil kept = kept_until(config, parse_day(one.today).value(), zone);
    EXPECT_EQ(kept.bodies_ended, zone.start_of(parse_day(one.bodies).value())) << one.today;
    EXPECT_EQ(to_string(kept.service_ended), one.service) << one.today;
    EXPECT_EQ(kept.rows_written, zone.start_of(kept.service_ended)) << one.today;
  }
}

}  // namespace
}  // namespace omamori
