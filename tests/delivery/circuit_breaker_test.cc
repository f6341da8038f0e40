// A peer that fails is given rest, is probed, and is believed when it answers.
#include "daemon/delivery/circuit_breaker.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

PeerState failed(int times) {
  PeerState state;
  for (int i = 0; i < times; ++i) state = after_failure(state, kStart, "no connection");
  return state;
}

TEST(Breaker, TwoFailuresAreAnAccidentAndThreeAnOutage) {
  EXPECT_EQ(failed(2).reach, Reach::sound);
  EXPECT_TRUE(may_carry(failed(2), kStart));
  EXPECT_EQ(failed(3).reach, Reach::down);
  EXPECT_EQ(failed(3).why, "no connection");
  EXPECT_FALSE(may_carry(failed(3), kStart));
}

TEST(Breaker, AnAnswerInBetweenBeginsTheCountAnew) {
  PeerState state = after_answer(failed(2), kStart);
  state = after_failure(state, kStart, "again");
  EXPECT_EQ(state.reach, Reach::sound);
  EXPECT_EQ(state.failures, 1);
}

TEST(Breaker, ProbesComeRarerUpToAQuarterOfAnHour) {
  const seconds expected[] = {seconds{30}, minutes{1},  minutes{2},  minutes{5},
                              minutes{10}, minutes{15}, minutes{15}, minutes{15}};
  PeerState state = failed(3);
  Instant now = kStart;
  for (const seconds wait : expected) {
    ASSERT_EQ(*state.next_probe_at - now, wait);
    EXPECT_FALSE(may_carry(state, *state.next_probe_at - seconds{1}));
    EXPECT_TRUE(may_carry(state, *state.next_probe_at));
    now = *state.next_probe_at;
    state = after_failure(state, now, "still down");
    EXPECT_EQ(state.since, kStart) << "down since the third failure";
  }
}

TEST(Breaker, APeerThatNamesATimeIsBelievedAtOnceButNotForEver) {
  const PeerState state = after_failure({}, kStart, "503", hours{2});
  EXPECT_EQ(state.reach, Reach::down);
  EXPECT_EQ(*state.next_probe_at, kStart + hours{2});
  EXPECT_EQ(*after_failure({}, kStart, "503", hours{900}).next_probe_at, kStart + hours{24});
  EXPECT_EQ(*after_failure({}, kStart, "503", seconds{1}).next_probe_at, kStart + seconds{30});
}

TEST(Breaker, OneAnswerOpensTheWayAgain) {
  const PeerState state = after_answer(failed(9), kStart + hours{3});
  EXPECT_EQ(state.reach, Reach::sound);
  EXPECT_EQ(state.since, kStart + hours{3});
  EXPECT_TRUE(may_carry(state, kStart + hours{3}));
}

TEST(Breaker, GoneStaysGoneUntilAPersonSaysOtherwise) {
  PeerState state = after_gone({}, kStart, "410");
  EXPECT_EQ(state.reach, Reach::disabled);
  EXPECT_FALSE(may_carry(state, kStart + hours{9999}));
  state = after_failure(state, kStart, "late answer of another line");
  EXPECT_EQ(state.reach, Reach::disabled);
}

}  // namespace
}  // namespace omamori
