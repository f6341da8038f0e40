#include "daemon/zone.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "daemon/calendar.h"

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
