#include "daemon/rules/acknowledgements.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

struct Said {
  const char* on;     // the day it was said
  const char* visit;  // the day announced
};

// A streak due by 30 June of C-1, as the last of `said` leaves it on its day.
std::string until(const std::vector<Said>& said, ObligationKind kind = ObligationKind::streak) {
  Obligation o;
  o.key = "C-1/streak/2026-06";
  o.kind = kind;
  o.due_by = day("2026-06-30");
  ClientFacts facts;
  for (const Said& s : said) {
    facts.acknowledgements.push_back({1, o.key, "CM-1", day(s.on), parse_day(s.visit)});
  }
  const auto end = paused_until(facts, o, "CM-1", Policy{}, day(said.back().on));
  return end ? to_string(*end) : "not paused";
}

TEST(Acknowledge, APauseHasItsLimits) {
  EXPECT_EQ(until({{"2026-07-01", "2026-07-14"}}), "2026-07-14");
  EXPECT_EQ(until({{"2026-07-01", "2026-07-15"}}), "2026-07-14") << "never past due-by + 14";
  EXPECT_EQ(until({{"2026-07-14", "2026-07-20"}}), "2026-07-14") << "its last day";
  EXPECT_EQ(until({{"2026-07-15", "2026-07-20"}}), "not paused") << "the day after";
  EXPECT_EQ(until({{"2026-06-01", "2026-07-01"}}), "2026-07-01") << "30 days";
  EXPECT_EQ(until({{"2026-06-01", "2026-07-02"}}), "2026-07-01") << "31 days are too many";
}

TEST(Acknowledge, ThirtyDaysInTotal) {
  EXPECT_EQ(until({{"2026-06-01", "2026-06-21"}, {"2026-06-22", "2026-07-05"}}), "2026-07-02")
      << "20 days are used, 10 are left";
  EXPECT_EQ(until({{"2026-06-01", "2026-07-01"}, {"2026-07-02", "2026-07-05"}}), "not paused")
      << "all 30 are used";
  EXPECT_EQ(until({{"2026-06-01", "2026-06-21"}, {"2026-06-06", "2026-07-10"}}), "2026-07-01")
      << "the same days are not counted twice: 5 are used, 25 are left";
}

TEST(Acknowledge, TheLatestWordCounts) {
  EXPECT_EQ(until({{"2026-06-01", "2026-06-21"}, {"2026-06-02", "2026-06-10"}}), "2026-06-10")
      << "going there sooner is reminded of sooner";
}

TEST(Acknowledge, ALapseIsNotPutOffPastItsDueBy) {
  EXPECT_EQ(until({{"2026-06-25", "2026-06-30"}}, ObligationKind::lapse), "2026-06-30");
  EXPECT_EQ(until({{"2026-06-25", "2026-07-01"}}, ObligationKind::lapse), "2026-06-30");
  EXPECT_EQ(until({{"2026-07-01", "2026-07-02"}}, ObligationKind::lapse), "not paused");
}

TEST(Acknowledge, WhatNoVisitSettlesIsNotPutOff) {
  using Kind = ObligationKind;
  for (const Kind kind : {Kind::concern, Kind::renewal, Kind::expired, Kind::unassigned,
                          Kind::suspension_standing, Kind::check_in, Kind::trouble, Kind::weekly}) {
    EXPECT_EQ(until({{"2026-06-25", "2026-06-26"}}, kind), "not paused") << to_word(kind);
    Obligation o;
    o.kind = kind;
    EXPECT_NE(why_not_acknowledged(o), "") << to_word(kind);
  }
  for (const Kind kind :
       {Kind::monitoring, Kind::streak, Kind::baseline, Kind::lapse, Kind::return_}) {
    EXPECT_EQ(until({{"2026-06-25", "2026-06-26"}}, kind), "2026-06-26") << to_word(kind);
  }
}

// C-1's concern of Friday 12 June, as its words leave it on a day. "" = no visit announced.
std::string answered(const std::vector<Said>& said, const char* today, ObligationKind kind) {
  Obligation o;
  o.key = "C-1/it";
  o.kind = kind;
  o.due_by = day("2026-06-26");
  ClientFacts facts;
  for (const Said& s : said) {
    facts.acknowledgements.push_back({1, o.key, "CM-1", day(s.on), parse_day(s.visit)});
  }
  const auto last = last_answered_day(facts, o, Policy{}, Workdays({}, {}), day(today));
  return !last ? "never" : *last < day(today) ? "over" : to_string(*last);
}

TEST(Acknowledge, AWordHoldsUntilTheEndOfTheNextOpenDay) {
  using Kind = ObligationKind;
  for (const Kind kind : {Kind::concern, Kind::lapse}) {
    EXPECT_EQ(answered({}, "2026-06-12", kind), "never");
    EXPECT_EQ(answered({{"2026-06-12", ""}}, "2026-06-12", kind), "2026-06-15") << "over a weekend";
    EXPECT_EQ(answered({{"2026-06-12", ""}}, "2026-06-15", kind), "2026-06-15") << "its last day";
    EXPECT_EQ(answered({{"2026-06-12", ""}}, "2026-06-16", kind), "over") << "the day after";
    EXPECT_EQ(answered({{"2026-06-13", ""}}, "2026-06-15", kind), "2026-06-15") << "on a Saturday";
    EXPECT_EQ(answered({{"2026-06-12", ""}, {"2026-06-16", ""}}, "2026-06-17", kind), "2026-06-17")
        << "said again";
  }
  EXPECT_EQ(answered({{"2026-06-12", ""}}, "2026-06-12", Kind::streak), "never")
      << "of what is not urgent nobody has to say anything";
}

TEST(Acknowledge, AnAnnouncedVisitIsAnAnswerForAsLongAsItPauses) {
  using Kind = ObligationKind;
  EXPECT_EQ(answered({{"2026-06-12", "2026-06-19"}}, "2026-06-19", Kind::lapse), "2026-06-19");
  EXPECT_EQ(answered({{"2026-06-12", "2026-06-19"}}, "2026-06-20", Kind::lapse), "over");
  EXPECT_EQ(answered({{"2026-06-12", "2026-06-12"}}, "2026-06-15", Kind::lapse), "2026-06-15")
      << "not shorter than a word";
}

TEST(Acknowledge, AWordPutsNothingOff) {
  EXPECT_EQ(until({{"2026-07-01", ""}}, ObligationKind::lapse), "not paused");
  EXPECT_EQ(until({{"2026-06-20", "2026-06-25"}, {"2026-06-21", ""}}, ObligationKind::lapse),
            "2026-06-25")
      << "nor does it take back what was announced";
}

TEST(Acknowledge, SaysWhichLimitCameFirst) {
  Obligation o;
  o.key = "C-1/streak/2026-06";
  o.kind = ObligationKind::streak;
  o.due_by = day("2026-06-30");
  const auto limit = [&](const char* today, const char* visit, int used) {
    ClientFacts facts;
    if (used > 0) {
      const Day made = day(today) - std::chrono::days{used};
      facts.acknowledgements.push_back({1, o.key, "CM-1", made, day(today)});
    }
    const Pause pause = pause_of(facts, o, "CM-1", day(visit), Policy{}, day(today));
    return (pause.until ? to_string(*pause.until) : "no pause") + ": " + pause.limit;
  };
  EXPECT_EQ(limit("2026-07-01", "2026-07-14", 0), "2026-07-14: ");
  EXPECT_EQ(limit("2026-07-01", "2026-07-20", 0),
            "2026-07-14: reminders are put off until 14 days after the due-by at most, 2026-07-14");
  EXPECT_EQ(limit("2026-06-25", "2026-07-12", 20),
            "2026-07-05: reminders are put off for 30 days in total at most (max_pause_days)");
  EXPECT_EQ(limit("2026-06-25", "2026-07-12", 30),
            "no pause: reminders are put off for 30 days in total at most (max_pause_days)");
  o.kind = ObligationKind::lapse;
  EXPECT_EQ(limit("2026-06-25", "2026-07-12", 0),
            "2026-06-30: a lapse is put off until its due-by at most, 2026-06-30");
}

}  // namespace
}  // namespace omamori
