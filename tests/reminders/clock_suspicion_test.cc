// Which clocks are believed: both sides of each edge.
#include "daemon/reminders/clock_suspicion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
constexpr Instant kBuilt = kNow - hours{24 * 30};

struct Row {
  const char* what;
  ClockFacts facts;
  const char* suspicion;  // a part of it; "" = believed
  bool behind = false;
};

ClockReading at(Instant wall, seconds since_boot = seconds{1000}, bool synchronised = false) {
  return {wall, since_boot, synchronised};
}

TEST(ClockGuard, BothSidesOfEachEdge) {
  const Row rows[] = {
      {"a first start", {at(kNow), {}, {}, kBuilt}, ""},
      {"the second the program was built", {at(kBuilt), {}, {}, kBuilt}, ""},
      {"before it",
       {at(kBuilt - seconds{1}), {}, {}, kBuilt},
       "before this program was built",
       true},
      {"five minutes back", {at(kNow - minutes{5}), {}, kNow, kBuilt}, ""},
      {"a second more", {at(kNow - minutes{5} - seconds{1}), {}, kNow, kBuilt}, "behind", true},
      {"a day ahead in a second",
       {at(kNow + hours{24} + seconds{1}, seconds{1001}), at(kNow), {}, kBuilt},
       ""},
      {"a second more",
       {at(kNow + hours{24} + seconds{2}, seconds{1001}), at(kNow), {}, kBuilt},
       "stepped forward by 24 hours"},
      {"a week of sleep, which the other clock saw",
       {at(kNow + hours{168}, seconds{1000} + hours{168}), at(kNow), kNow, kBuilt},
       ""},
      {"35 days off", {at(kNow + hours{35 * 24}), {}, kNow, kBuilt}, ""},
      {"a second more", {at(kNow + hours{35 * 24} + seconds{1}), {}, kNow, kBuilt}, "35 days"},
      {"but a time server confirms it",
       {at(kNow + hours{60 * 24}, seconds{5}, true), {}, kNow, kBuilt},
       ""},
      {"confirmed, but behind",
       {at(kNow - hours{1}, seconds{5}, true), {}, kNow, kBuilt},
       "behind",
       true},
  };
  for (const Row& row : rows) {
    const auto suspicion = clock_suspicion(row.facts);
    EXPECT_EQ(suspicion.has_value(), *row.suspicion != '\0') << row.what;
    if (!suspicion) continue;
    EXPECT_THAT(suspicion->why, HasSubstr(row.suspicion)) << row.what;
    EXPECT_EQ(suspicion->behind, row.behind) << row.what;
  }
}

TEST(ClockGuard, AHoldEndsAfterTenMinutesOfCertaintyAndADayOfWarning) {
  ClockHold hold;
  hold.synchronised_since = seconds{100};
  hold.told = seconds{50};
  const seconds day_after = seconds{50} + hours{24};
  EXPECT_TRUE(clock_hold_is_over(hold, at(kNow, day_after, true)));
  EXPECT_FALSE(clock_hold_is_over(hold, at(kNow, day_after - seconds{1}, true)));
  EXPECT_FALSE(clock_hold_is_over(hold, at(kNow, day_after, false)));
  hold.synchronised_since = day_after - minutes{10} + seconds{1};
  EXPECT_FALSE(clock_hold_is_over(hold, at(kNow, day_after, true)));
  hold.synchronised_since = day_after - minutes{10};
  EXPECT_TRUE(clock_hold_is_over(hold, at(kNow, day_after, true)));
  hold.told.reset();
  EXPECT_FALSE(clock_hold_is_over(hold, at(kNow, day_after, true))) << "nobody was warned";
}

}  // namespace
}  // namespace omamori
