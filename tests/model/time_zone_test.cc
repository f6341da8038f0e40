#include "daemon/model/time_zone.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

TimeOfDay hm(int hours, int minutes) {
  return TimeOfDay{std::chrono::hours{hours} + std::chrono::minutes{minutes}};
}

TEST(Zone, TokyoDayTurnsAtFifteenUtc) {
  const Zone tokyo("Asia/Tokyo");
  EXPECT_EQ(to_string(tokyo.day_of(*parse_instant("2026-03-31T14:59:59Z"))), "2026-03-31");
  EXPECT_EQ(to_string(tokyo.day_of(*parse_instant("2026-03-31T15:00:00Z"))), "2026-04-01");
  EXPECT_EQ(to_string(tokyo.at(*parse_day("2026-04-01"), hm(8, 30))), "2026-03-31T23:30:00Z");
  EXPECT_EQ(tokyo.local_text(*parse_instant("2026-03-31T23:30:00Z")), "2026-04-01 08:30");
}

TEST(Zone, ATimeInAGapIsTheFirstInstantAfterIt) {
  const Zone berlin("Europe/Berlin");  // 2026-03-29 02:00 -> 03:00
  EXPECT_EQ(to_string(berlin.at(*parse_day("2026-03-29"), hm(2, 30))), "2026-03-29T01:00:00Z");
  EXPECT_EQ(to_string(berlin.at(*parse_day("2026-03-29"), hm(1, 59))), "2026-03-29T00:59:00Z");
  EXPECT_EQ(to_string(berlin.at(*parse_day("2026-03-29"), hm(3, 0))), "2026-03-29T01:00:00Z");
}

TEST(Zone, ATimeThatComesTwiceIsTheEarlier) {
  const Zone berlin("Europe/Berlin");  // 2026-10-25 03:00 -> 02:00
  EXPECT_EQ(to_string(berlin.at(*parse_day("2026-10-25"), hm(2, 30))), "2026-10-25T00:30:00Z");
}

// The offset found last is kept; asking two zones in turn, around both changes of the clocks, must
// not give one the other's.
TEST(Zone, EveryQuarterOfAnHourAroundAChangeComesBackAsItself) {
  const Zone berlin("Europe/Berlin");
  const Zone tokyo("Asia/Tokyo");
  for (const char* middle : {"2026-03-29", "2026-10-25"}) {
    for (int hours = -96; hours < 96; ++hours) {
      const Day day =
          *parse_day(middle) + std::chrono::floor<std::chrono::days>(std::chrono::hours{hours});
      const int hour = ((hours % 24) + 24) % 24;
      for (const int minute : {0, 15, 30, 45}) {
        const bool gap = to_string(day) == "2026-03-29" && hour == 2;
        const Instant there = berlin.at(day, hm(hour, minute));
        const Instant here = tokyo.at(day, hm(hour, minute));
        EXPECT_EQ(tokyo.day_of(here), day);
        EXPECT_EQ(tokyo.time_of_day(here), hm(hour, minute));
        EXPECT_EQ(berlin.day_of(there), day);
        EXPECT_EQ(berlin.time_of_day(there), gap ? hm(3, 0) : hm(hour, minute))
            << to_string(day) << " " << hour << ":" << minute;
        EXPECT_EQ(there - here,
                  std::chrono::hours{9} - berlin.offset_at(there) +
                      (berlin.time_of_day(there).since_midnight - hm(hour, minute).since_midnight));
      }
    }
  }
}

TEST(Zone, AnUnknownNameSaysSo) {
  try {
    const Zone zone("Asia/Tokio");
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Asia/Tokio"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace omamori
