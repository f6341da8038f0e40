#include "daemon/backup/thinning.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/backup/copy_names.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using std::chrono::days;

const Zone kJapan("Asia/Tokyo");

// At 03:00 in Tokyo on that day.
Instant at_three(Day day) { return kJapan.at(day, TimeOfDay{std::chrono::hours{3}}); }

std::vector<Instant> daily(const std::string& first, const std::string& last) {
  std::vector<Instant> copies;
  for (Day d = day(first); d <= day(last); d += days{1}) copies.push_back(at_three(d));
  return copies;
}

BackupConfig keep(int keep_days, int weeks, int months) {
  return {"", TimeOfDay{std::chrono::hours{3}}, keep_days, weeks, months};
}

// The days whose copies are left.
std::vector<std::string> kept(const std::vector<Instant>& copies, const BackupConfig& config,
                              const std::string& now) {
  const auto removed = copies_to_remove(copies, config, kJapan, instant(now));
  std::vector<std::string> left;
  for (const Instant copy : copies) {
    const bool gone = std::find(removed.begin(), removed.end(), copy) != removed.end();
    if (!gone) left.push_back(to_string(kJapan.day_of(copy)));
  }
  return left;
}

struct Row {
  const char* what;
  BackupConfig config;
  const char* first;
  const char* last;
  std::vector<std::string> left;
};

// 2026-06-17 is a Wednesday.
TEST(Thinning, KeepsTheLastOfEachDayWeekAndMonth) {
  const Row rows[] = {
      {"days alone",
       keep(3, 0, 0),
       "2026-06-01",
       "2026-06-17",
       {"2026-06-15", "2026-06-16", "2026-06-17"}},
      {"one day: today's", keep(1, 0, 0), "2026-06-15", "2026-06-17", {"2026-06-17"}},
      {"a week ends on Sunday; this one is the first",
       keep(1, 3, 0),
       "2026-05-25",
       "2026-06-17",
       {"2026-06-07", "2026-06-14", "2026-06-17"}},
      {"a month ends with its last day; this one is the first",
       keep(1, 0, 3),
       "2026-03-20",
       "2026-06-17",
       {"2026-04-30", "2026-05-31", "2026-06-17"}},
      {"together each counts for itself",
       keep(2, 2, 2),
       "2026-05-01",
       "2026-06-17",
       {"2026-05-31", "2026-06-14", "2026-06-16", "2026-06-17"}},
      {"months over the end of a year",
       keep(1, 0, 2),
       "2025-12-01",
       "2026-01-02",
       {"2025-12-31", "2026-01-02"}},
      {"fewer than are kept all stay",
       keep(14, 8, 12),
       "2026-06-10",
       "2026-06-17",
       {"2026-06-10", "2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15",
        "2026-06-16", "2026-06-17"}},
  };
  for (const Row& row : rows) {
    const std::string now = std::string(row.last) + "T03:00:00+09:00";
    EXPECT_EQ(kept(daily(row.first, row.last), row.config, now), row.left) << row.what;
  }
}

TEST(Thinning, AYearOfDailyCopiesIsAsManyAsTheSettingsSay) {
  const auto left =
      kept(daily("2025-01-01", "2026-06-17"), keep(14, 8, 12), "2026-06-17T03:00:00+09:00");
  // Each day from 4 June on, Sundays from 3 to 31 May, the ends of July to April.
  EXPECT_EQ(left.front(), "2025-07-31");
  EXPECT_EQ(left.size(), 14U + 5U + 10U) << testing::PrintToString(left);
}

TEST(Thinning, TheNewestStaysHoweverOldItIs) {
  EXPECT_THAT(kept(daily("2024-01-01", "2024-01-03"), keep(1, 1, 1), "2026-06-17T00:00:00Z"),
              ElementsAre("2024-01-03"));
}

TEST(Thinning, AllOfTodayStayAndOfAnotherDayTheLast) {
  std::vector<Instant> copies = daily("2026-06-16", "2026-06-17");
  copies.push_back(copies[0] + std::chrono::hours{1});
  copies.push_back(copies[1] + std::chrono::hours{1});
  const auto removed =
      copies_to_remove(copies, keep(14, 0, 0), kJapan, instant("2026-06-17T12:00:00+09:00"));
  EXPECT_THAT(removed, ElementsAre(copies[0]));
}

TEST(Thinning, WhatIsLaterThanNowIsForAPersonToJudge) {
  EXPECT_THAT(copies_to_remove(daily("2027-01-01", "2027-01-09"), keep(1, 0, 0), kJapan,
                               instant("2026-06-17T00:00:00Z")),
              IsEmpty());
}

TEST(Thinning, NothingIsThinnedOutOfNothing) {
  EXPECT_THAT(copies_to_remove({}, keep(1, 1, 1), kJapan, instant("2026-06-17T00:00:00Z")),
              IsEmpty());
}

TEST(CopyName, IsReadAsItIsWrittenAndNothingElseIs) {
  const Instant at = instant("2026-06-01T18:00:05Z");
  EXPECT_EQ(copy_name(at), "omamori-20260601T180005Z.db");
  EXPECT_EQ(instant_of_copy(copy_name(at)), at);
  for (const char* other : {"omamori.db", "omamori-20260601T180005Z.db.partial",
                            "omamori-20261301T180005Z.db", "omamori-2026060aT180005Z.db",
                            "omamori-20260601 180005Z.db", "Omamori-20260601T180005Z.db", ""}) {
    EXPECT_EQ(instant_of_copy(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace omamori
