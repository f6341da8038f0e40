// A peer that fails is given rest, is probed, and is believed when it answers.
#include "daemon/delivery/circuit_breaker.h"

#include <algorithm>
#include <vector>

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

TEST(Breaker, AnAnswerForgivesOneFailure) {
  PeerState state = after_answer(failed(2), kStart);
  EXPECT_EQ(state.failures, 1);
  state = after_failure(state, kStart, "again");
  EXPECT_EQ(state.reach, Reach::sound);
  EXPECT_EQ(after_failure(state, kStart, "and again").reach, Reach::down);
  state = after_answer(after_answer(state, kStart), kStart);
  EXPECT_EQ(state, PeerState{}) << "as if nothing had been";
}

TEST(Breaker, WhatBeganBeforeItWasGivenRestIsNoProbe) {
  const PeerState down = failed(3);
  const PeerState more = after_failure(failed(3), kStart + seconds{20}, "no connection");
  EXPECT_EQ(more.next_probe_at, down.next_probe_at) << "ten that fail at once are one outage";
  EXPECT_EQ(more.probes, 0);
  EXPECT_EQ(after_answer(down, kStart + seconds{20}), down);
  EXPECT_EQ(after_answer(down, *down.next_probe_at).reach, Reach::sound);
}

TEST(Breaker, AWishHoldsAlthoughAnotherMessagePasses) {
  const PeerState wished = after_failure({}, kStart, "429", seconds{120});
  EXPECT_EQ(after_answer(wished, kStart + seconds{5}), wished);
  const PeerState later = after_failure(wished, kStart + seconds{1}, "429", seconds{300});
  EXPECT_EQ(*later.next_probe_at, kStart + seconds{301}) << "the longer one";
}

TEST(Breaker, OneThatRefusesUsIsAskedEveryQuarterOfAnHour) {
  PeerState state;
  for (int i = 0; i < 3; ++i) state = after_failure(state, kStart, "553", {}, true);
  EXPECT_EQ(*state.next_probe_at, kStart + minutes{15});
  state = after_failure(state, *state.next_probe_at, "553", {}, true);
  EXPECT_EQ(*state.next_probe_at, kStart + minutes{30});
}

TEST(Breaker, WhatThreePeopleMeetIsAnOutageAtOnce) {
  const PeerState state = after_outage({}, kStart, "554", true);
  EXPECT_EQ(state.reach, Reach::down);
  EXPECT_EQ(*state.next_probe_at, kStart + minutes{15});
}

// Up for one message, down for the next, and so on: without memory it would be called every 30 s.
TEST(Breaker, OneThatComesAndGoesIsCalledLessAndLess) {
  PeerState state = failed(3);
  std::vector<seconds> waits;
  for (int i = 0; i < 6; ++i) {
    const Instant probe = *state.next_probe_at;
    state = after_failure(after_answer(state, probe), probe, "gone again");
    ASSERT_EQ(state.reach, Reach::down) << "one answer does not make it sound";
    state = after_failure(state, *state.next_probe_at, "gone again");
    waits.push_back(std::chrono::duration_cast<seconds>(*state.next_probe_at - probe));
  }
  EXPECT_TRUE(std::is_sorted(waits.begin(), waits.end()));
  EXPECT_GE(waits.back(), minutes{15});
  state = after_answer(state, *state.next_probe_at);
  for (int i = 0; i < 2; ++i) state = after_answer(state, kStart + hours{9});
  EXPECT_EQ(state.failures, 0) << "after three answers it is forgiven";
  EXPECT_EQ(state.probes, 0);
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
  EXPECT_EQ(after_answer(state, kStart).reach, Reach::disabled) << "nor does an answer";
}

}  // namespace
}  // namespace omamori
