#include "daemon/backup/backup_times.h"

#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

const Zone kTokyo("Asia/Tokyo");
constexpr TimeOfDay kThree{std::chrono::hours{3}};

// All of them in Tokyo.
Instant local(const std::string& text) { return instant(text + ":00+09:00"); }
std::string next(const CopiesMade& made, const std::string& now) {
  return kTokyo.local_text(next_daily_copy(made, kThree, kTokyo, local(now)));
}

TEST(DailyCopy, TheFirstEverIsMadeAtOnce) {
  EXPECT_EQ(next({}, "2026-06-01T10:00"), "2026-06-01 10:00");
}

TEST(DailyCopy, IsMadeAtItsTimeOfEachDay) {
  const CopiesMade made{local("2026-06-01T03:00"), {}};
  EXPECT_EQ(next(made, "2026-06-01T03:01"), "2026-06-02 03:00");
  EXPECT_EQ(next({local("2026-06-01T10:00"), {}}, "2026-06-01T10:01"), "2026-06-02 03:00");
  EXPECT_EQ(next({local("2026-06-01T02:59"), {}}, "2026-06-01T02:59"), "2026-06-01 03:00");
}

TEST(DailyCopy, OneThatWasMissedIsMadeAtOnce) {
  const CopiesMade made{local("2026-06-01T03:00"), {}};
  EXPECT_LE(next(made, "2026-06-05T10:00"), "2026-06-05 10:00");
}

TEST(DailyCopy, OneThatFailedIsTriedAgainAfterAnHour) {
  EXPECT_EQ(next({{}, local("2026-06-01T10:00")}, "2026-06-01T10:01"), "2026-06-01 11:00");
  EXPECT_EQ(next({local("2026-06-01T03:00"), local("2026-06-02T03:00")}, "2026-06-02T03:01"),
            "2026-06-02 04:00");
}

TEST(DailyCopy, OneOfAClockThatWasAheadKeepsNobodyWaiting) {
  EXPECT_EQ(next({local("2036-01-01T03:00"), {}}, "2026-06-01T10:00"), "2026-06-01 10:00");
  EXPECT_EQ(next({local("2026-06-01T10:01"), {}}, "2026-06-01T10:00"), "2026-06-01 10:00");
  EXPECT_EQ(next({local("2026-06-01T10:00"), {}}, "2026-06-01T10:00"), "2026-06-02 03:00");
}

TEST(DailyCopy, AFailureOfAClockThatWasAheadKeepsNobodyWaiting) {
  EXPECT_EQ(next({{}, local("2036-01-01T03:00")}, "2026-06-01T10:00"), "2026-06-01 10:00");
  EXPECT_EQ(next({{}, local("2026-06-01T10:00")}, "2026-06-01T10:00"), "2026-06-01 11:00");
}

TEST(ScratchCopy, IsMadeWeekly) {
  const Instant created = local("2026-06-01T10:00");
  const auto text = [&](const CopiesMade& made) {
    return kTokyo.local_text(
        next_scratch_copy(made, created, kThree, kTokyo, local("2026-06-10T12:00")));
  };
  EXPECT_EQ(text({}), "2026-06-08 03:00");
  EXPECT_EQ(text({local("2026-06-08T03:00"), {}}), "2026-06-15 03:00");
  EXPECT_EQ(text({{}, local("2026-06-08T03:00")}), "2026-06-08 04:00");
  EXPECT_EQ(text({local("2036-01-01T03:00"), {}}), "2026-06-10 12:00") << "of a clock ahead";
}

}  // namespace
}  // namespace omamori
