#include "daemon/rules/check_state.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "daemon/model/check_in_order.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;

std::string standing_on(const Check& c, const std::string& on) {
  const CheckStanding s = standing(current(c).terms, c.check_ins, day(on));
  return std::string(to_word(s.state)) + (s.fulfilled ? " fulfilled" : "") +
         (s.concern ? " stops" : "");
}

TEST(Standing, EveryStateAndItsEdges) {
  ClientFacts facts = client();
  Check& c = check(facts);  // from 4/10, every 30, grace 14
  CheckTerms& terms = c.versions.back().terms;
  terms.agreed_on = day("2026-04-15");
  terms.until = day("2026-12-31");
  check_in(c, "2026-05-08");
  check_in(c, "2026-07-01", Outcome::unreachable);
  check_in(c, "2026-07-10");
  check_in(c, "2026-07-20", Outcome::concern);
  check_in(c, "2026-07-25", Outcome::unreachable);
  check_in(c, "2026-08-01");
  struct Row {
    const char* on;
    const char* expected;
  };
  const Row rows[] = {
      {"2026-04-14", "not_agreed"},     {"2026-04-15", "awaiting_first"},
      {"2026-05-07", "awaiting_first"}, {"2026-05-08", "ok fulfilled"},
      {"2026-06-06", "ok fulfilled"},   {"2026-06-07", "due fulfilled"},  // 30 days after
      {"2026-06-21", "due fulfilled"},                                    // the last day of grace
      {"2026-06-22", "lapsed"},         {"2026-07-01", "lapsed"},  // unreachable confirms nothing
      {"2026-07-10", "ok fulfilled"},   {"2026-07-19", "ok fulfilled"},
      {"2026-07-20", "concern stops"},  {"2026-07-31", "concern stops"},
      {"2026-08-01", "ok fulfilled"},   {"2026-09-14", "due fulfilled"},
      {"2026-09-15", "lapsed"},         {"2026-12-31", "lapsed"},
      {"2027-01-01", "ended"},
  };
  for (const Row& row : rows) EXPECT_EQ(standing_on(c, row.on), row.expected) << row.on;
}

TEST(Standing, NoFirstOkLapsesToo) {
  ClientFacts facts = client();
  Check& c = check(facts);
  EXPECT_EQ(standing_on(c, "2026-05-24"), "awaiting_first");
  EXPECT_EQ(standing_on(c, "2026-05-25"), "lapsed");
}

TEST(Standing, AConcernOutsideItsTimeStopsNothing) {
  ClientFacts facts = client();
  Check& c = check(facts);
  c.versions.back().terms.until = day("2026-06-30");
  check_in(c, "2026-06-01", Outcome::concern);
  EXPECT_EQ(standing_on(c, "2026-06-30"), "concern stops");
  EXPECT_EQ(standing_on(c, "2026-07-01"), "ended");
}

TEST(Standing, AtOneInstantConcernOutranksOk) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08", Outcome::ok);
  check_in(c, "2026-05-08", Outcome::concern);
  EXPECT_EQ(standing_on(c, "2026-05-08"), "concern stops");
}

// Of a day without an hour the order is unknown: the concern of that day stands.
TEST(Standing, AnOkOfADayAloneAnswersNoConcernOfThatDay) {
  struct Row {
    const char *concern, *ok, *why, *seen;
  };
  for (const Row& row : {
           Row{"09:00", "", "the ok may have been before it", "concern stops"},
           Row{"", "17:00", "the concern may have been after it", "concern stops"},
           Row{"", "", "either may be", "concern stops"},
           Row{"09:00", "17:00", "an ok that is later", "ok fulfilled"},
           Row{"17:00", "09:00", "an ok that is earlier", "concern stops"},
       }) {
    ClientFacts facts = client();
    Check& c = check(facts);
    const auto say = [&](const std::string& hour, Outcome outcome) {
      check_in(c, "2026-05-08", outcome);
      CheckIn& said = c.check_ins.back();
      said.day_alone = hour.empty();
      if (!hour.empty()) said.at = parse_instant("2026-05-08T" + hour + ":00+09:00").value();
    };
    say(row.concern, Outcome::concern);
    say(row.ok, Outcome::ok);
    std::sort(c.check_ins.begin(), c.check_ins.end(), said_before);
    EXPECT_EQ(standing_on(c, "2026-05-08"), row.seen) << row.why;
    check_in(c, "2026-05-09", Outcome::ok);
    c.check_ins.back().day_alone = true;
    EXPECT_EQ(standing_on(c, "2026-05-09"), "ok fulfilled") << "a day later it is over";
  }
}

std::string lapses_until(const Check& c, const std::string& today) {
  std::string out;
  for (const Lapse& lapse : lapses(c, day(today))) {
    out += to_string(lapse.opened) + ".." + (lapse.closed ? to_string(*lapse.closed) : "") + " ";
  }
  return out;
}

TEST(Lapses, OpenTheDayAfterTheLastDayAndCloseWithTheNextOk) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  EXPECT_EQ(lapses_until(c, "2026-06-21"), "");
  EXPECT_EQ(lapses_until(c, "2026-06-22"), "2026-06-22.. ");
  check_in(c, "2026-06-30", Outcome::unreachable);
  EXPECT_EQ(lapses_until(c, "2026-07-02"), "2026-06-22.. ");
  check_in(c, "2026-07-01");
  EXPECT_EQ(lapses_until(c, "2026-07-02"), "2026-06-22..2026-07-01 ");
  EXPECT_EQ(lapses_until(c, "2026-08-15"), "2026-06-22..2026-07-01 2026-08-15.. ");
}

TEST(Lapses, AnOkOfTheDayItOpenedComesADayTooLate) {
  const std::pair<const char*, const char*> rows[] = {{"2026-06-21", ""},
                                                      {"2026-06-22", "2026-06-22..2026-06-22 "}};
  for (const auto& [ok, expected] : rows) {
    ClientFacts facts = client();
    Check& c = check(facts);
    check_in(c, "2026-05-08");
    check_in(c, ok);
    EXPECT_EQ(lapses_until(c, "2026-06-22"), expected) << ok;
  }
}

TEST(Lapses, ABackDatedOkShowsThatItNeverLapsed) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  check_in(c, "2026-06-20");
  EXPECT_EQ(lapses_until(c, "2026-07-01"), "");
}

TEST(Lapses, NotAgreedOrEndedDoesNotLapse) {
  ClientFacts facts = client();
  Check& c = check(facts);
  c.versions.back().terms.until = day("2026-05-24");
  EXPECT_EQ(lapses_until(c, "2026-07-01"), "");
  c.versions.back().terms.until.reset();
  EXPECT_EQ(lapses_until(c, "2026-07-01"), "2026-05-25.. ");
  c.versions.back().terms.agreed_on = day("2026-06-10");
  EXPECT_EQ(lapses_until(c, "2026-07-01"), "2026-06-10.. ");
  c.versions.back().terms.agreed_on.reset();
  EXPECT_EQ(lapses_until(c, "2026-07-01"), "");
}

TEST(Lapses, AShorterTimeSetTodayOpensTodayNotInThePast) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  CheckTerms shorter = c.versions.back().terms;
  shorter.every_days = 7;
  shorter.grace_days = 0;
  c.versions.push_back({day("2026-06-10"), shorter, {}});
  EXPECT_EQ(lapses_until(c, "2026-06-10"), "2026-06-10.. ");
}

TEST(Lapses, CorrectedTermsKeepTheDayAnOpenLapseOpened) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  CheckTerms corrected = c.versions.back().terms;
  corrected.agreed_on = day("2026-03-31");
  corrected.grace_days = 15;
  c.versions.push_back({day("2026-06-25"), corrected, {}});
  EXPECT_EQ(lapses_until(c, "2026-06-30"), "2026-06-22.. ") << "open since then, told since then";
  CheckTerms longer = corrected;
  longer.every_days = 60;
  c.versions.push_back({day("2026-06-26"), longer, {}});
  EXPECT_EQ(lapses_until(c, "2026-06-30"), "") << "by the new agreement it has not lapsed";
}

TEST(Lapses, OneWithAConcernIsCountedFromTheLastOk) {
  ClientFacts facts = client();
  Check& c = check(facts);
  check_in(c, "2026-05-08");
  check_in(c, "2026-05-20", Outcome::concern);
  EXPECT_EQ(lapses_until(c, "2026-06-21"), "");
  EXPECT_EQ(lapses_until(c, "2026-06-22"), "2026-06-22.. ");
}

// The planner's months and the obligation must see the same last day, whatever was re-agreed.
TEST(Lapses, OpenTheDayAfterTheStandingsDeadline) {
  for (const char* from : {"2026-04-10", "2026-06-15", "2026-07-01", "2026-09-01"}) {
    ClientFacts facts = client();
    Check& c = check(facts);
    check_in(c, "2026-05-08");
    CheckTerms renewed = c.versions.back().terms;
    renewed.from = day(from);
    c.versions.push_back({day("2026-06-01"), renewed, {}});
    const CheckStanding s = standing(renewed, c.check_ins, day("2026-06-10"));
    EXPECT_EQ(lapses_until(c, to_string(s.deadline)), "") << from;
    const std::string opened = to_string(s.deadline + std::chrono::days{1});
    EXPECT_EQ(lapses_until(c, opened), opened + ".. ") << from;
  }
}

}  // namespace
}  // namespace omamori
