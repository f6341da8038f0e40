#include "daemon/rules/climbing.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::client;
using testing_facts::day;

Instant instant(const std::string& local) { return parse_instant(local + ":00+09:00").value(); }

// One concern or lapse, and what was told of it.
struct ClimbingCase {
  ClientFacts facts = client();
  Policy policy;
  Workdays workdays{{}, {}};
  Zone zone{"Asia/Tokyo"};
  Obligation o;
  std::vector<Recipient> chain{
      {"CM-1", Role::case_manager}, {"SV-1", Role::supervisor}, {"CC-1", Role::core_center}};
  std::vector<Telling> told;

  explicit ClimbingCase(ObligationKind kind = ObligationKind::concern) {
    o.kind = kind;
    o.client = facts.code;
    o.key = "C-1/it";
    o.due_by = day("2026-06-26");
  }

  void opened(const std::string& staff, const std::string& at) {
    told.push_back({o.key, staff, opened_rank(o.kind), false, instant(at)});
  }
  void no_answer(const std::string& staff, const std::string& at) {
    told.push_back({o.key, staff, no_answer_rank(o.kind), false, instant(at)});
  }
  void says(const std::string& staff, const char* on) {
    facts.acknowledgements.push_back({1, o.key, staff, day(on), {}});
  }
  // Whose turn, and when; "look again" where nobody has accepted it yet.
  std::string turn(const std::string& now) const {
    const auto found = next_turn(o, facts, chain, told, {policy, workdays, zone}, instant(now));
    if (!found) return "all told";
    std::string who;
    for (const Recipient& one : found->to) who += (who.empty() ? "" : " and ") + one.staff;
    return (who.empty() ? "look again" : who) + " " + zone.local_text(found->at);
  }
};

TEST(Climbing, AConcernGoesOnAfterTwoOfTheUrgentHours) {
  struct Row {
    const char *told, *turn, *why;
  };
  for (const Row& row : {
           Row{"2026-06-12T10:00", "SV-1 2026-06-12 12:00", "on a morning"},
           Row{"2026-06-12T18:59", "SV-1 2026-06-12 20:59", "the last minute of the day"},
           Row{"2026-06-12T19:00", "SV-1 2026-06-13 07:00",
               "over at the end: told when they begin"},
           Row{"2026-06-12T19:01", "SV-1 2026-06-13 07:01", "1:59 and a minute of a Saturday"},
           Row{"2026-06-12T21:00", "SV-1 2026-06-13 09:00", "no hour of the night counts"},
           Row{"2026-06-13T03:00", "SV-1 2026-06-13 09:00", "nor before they begin"},
       }) {
    ClimbingCase w;
    w.opened("CM-1", row.told);
    w.opened("SV-1", row.told);
    EXPECT_EQ(w.turn("2026-06-12T10:01"), row.turn) << row.why;
  }
}

TEST(Climbing, LongTimesAndLongHoursAreCountedOn) {
  ClimbingCase w;
  w.opened("CM-1", "2026-06-12T10:00");
  w.policy.urgent_answer_after = std::chrono::hours{30};
  EXPECT_EQ(w.turn("2026-06-12T10:01"), "SV-1 2026-06-14 12:00") << "11, 14 and 5 hours";
  w.policy.urgent_hours = {TimeOfDay{std::chrono::hours{0}}, TimeOfDay{std::chrono::hours{24}}};
  EXPECT_EQ(w.turn("2026-06-12T10:01"), "SV-1 2026-06-13 16:00");
}

TEST(Climbing, ALapseGoesOnOnTheNextOpenDay) {
  ClimbingCase w(ObligationKind::lapse);
  w.opened("CM-1", "2026-06-12T08:30");
  EXPECT_EQ(w.turn("2026-06-12T09:00"), "SV-1 2026-06-15 08:30") << "over a weekend";
  w.no_answer("SV-1", "2026-06-15T08:30");
  EXPECT_EQ(w.turn("2026-06-15T09:00"), "CC-1 2026-06-16 08:30");
}

TEST(Climbing, OneAfterTheOtherAndEachOnce) {
  ClimbingCase w;
  w.opened("CM-1", "2026-06-12T10:00");
  w.opened("SV-1", "2026-06-12T10:00");
  w.no_answer("SV-1", "2026-06-12T12:10");
  EXPECT_EQ(w.turn("2026-06-12T12:11"), "CC-1 2026-06-12 14:10") << "from when it was told";
  w.no_answer("CC-1", "2026-06-12T14:10");
  EXPECT_EQ(w.turn("2026-06-12T14:11"), "all told");
}

TEST(Climbing, WhoHeardALaterStageIsNotToldThatNobodyAnswered) {
  ClimbingCase w;
  w.opened("CM-1", "2026-06-12T10:00");
  w.told.push_back({w.o.key, "SV-1", 0, false, instant("2026-06-15T08:30")});
  EXPECT_EQ(w.turn("2026-06-15T09:00"), "CC-1 2026-06-15 10:30");
}

TEST(Climbing, WhatIsOwedAndNotToldDoesNotClimb) {
  ClimbingCase w;
  EXPECT_EQ(w.turn("2026-06-12T10:00"), "look again 2026-06-12 12:00") << "not even owed";
  w.told.push_back({w.o.key, "CM-1", opened_rank(w.o.kind), true, {}});
  w.opened("SV-1", "2026-06-12T10:00");
  EXPECT_EQ(w.turn("2026-06-12T15:00"), "look again 2026-06-12 17:00");
}

TEST(Climbing, WhoWasToldInSomebodysPlaceCountsAsTold) {
  ClimbingCase w;
  w.told.push_back({w.o.key, "CM-1", opened_rank(w.o.kind), true, {}});
  w.opened("SV-1", "2026-06-12T10:00");
  w.told.push_back(
      {w.o.key, "SV-1", opened_rank(w.o.kind) + 1, false, instant("2026-06-12T10:30"), true});
  EXPECT_EQ(w.turn("2026-06-12T11:00"), "CC-1 2026-06-12 12:30");
}

TEST(Climbing, AnAnswerHoldsUntilTheEndOfTheNextOpenDay) {
  ClimbingCase w;
  w.opened("CM-1", "2026-06-12T10:00");
  w.says("CM-1", "2026-06-12");
  EXPECT_EQ(w.turn("2026-06-12T11:59"), "SV-1 2026-06-16 07:00");
  EXPECT_EQ(w.turn("2026-06-18T11:59"), "SV-1 2026-06-16 07:00") << "also looked at later";
  ClimbingCase lapse(ObligationKind::lapse);
  lapse.opened("CM-1", "2026-06-12T08:30");
  lapse.says("SV-1", "2026-06-12");
  EXPECT_EQ(lapse.turn("2026-06-12T11:59"), "SV-1 2026-06-16 08:30");
}

TEST(Climbing, WhatIsQuietOrOfASelfPlanDoesNotClimb) {
  ClimbingCase w;
  const Day today = day("2026-06-12");
  EXPECT_TRUE(climbs(w.o, w.facts, today));
  Obligation quiet = w.o;
  quiet.quiet = true;
  EXPECT_FALSE(climbs(quiet, w.facts, today));
  Obligation streak = w.o;
  streak.kind = ObligationKind::streak;
  EXPECT_FALSE(climbs(streak, w.facts, today));
  w.facts.periods.front().period.plan_kind = PlanKind::self_plan;
  EXPECT_FALSE(climbs(w.o, w.facts, today));
}

TEST(Climbing, CoordinatorsHaveOneTurnTogetherBetweenStandInAndSupervisor) {
  ClimbingCase w;
  w.chain.insert(w.chain.begin() + 1, {{"KO-1", Role::coordinator}, {"KO-2", Role::coordinator}});
  w.opened("CM-1", "2026-06-12T10:00");
  EXPECT_EQ(w.turn("2026-06-12T10:01"), "KO-1 and KO-2 2026-06-12 12:00");
  w.no_answer("KO-1", "2026-06-12T12:00");
  EXPECT_EQ(w.turn("2026-06-12T12:01"), "SV-1 2026-06-12 14:00") << "one of them has heard";
  w.no_answer("SV-1", "2026-06-12T14:00");
  EXPECT_EQ(w.turn("2026-06-12T14:01"), "CC-1 2026-06-12 16:00");
}

}  // namespace
}  // namespace omamori
