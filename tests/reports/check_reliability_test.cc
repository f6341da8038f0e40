// How well a safety check was kept: every 30 days with 14 of grace, from 10 April 2026. The first
// record is expected on 10 May; after 24 May the check has lapsed.
#include "daemon/reports/check_reliability.h"

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using std::chrono::days;
using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::terms;
using testing_facts::visit;

std::optional<Reliability> over(const ClientFacts& facts, const std::string& from,
                                const std::string& until, const std::string& today) {
  const ClientMonths months = judge_months(facts, terms(), day(today));
  return reliability(facts, months, facts.checks.at(0), day(from), day(until), day(today));
}
// To the day looked at.
Reliability until(const ClientFacts& facts, const std::string& today) {
  return over(facts, "2026-04-01", today, today).value();
}
std::string confirmations(const Reliability& r) {
  return "in time " + std::to_string(r.in_time) + ", late " + std::to_string(r.late) + ", missed " +
         std::to_string(r.missed) + ", pending " + std::to_string(r.pending) + ", lapsed " +
         std::to_string(r.lapsed_days);
}

struct FirstRecord {
  const char* on;  // "" = none
  const char* today;
  const char* expected;
};

TEST(Reliability, TheFirstConfirmation) {
  const FirstRecord rows[] = {
      {"", "2026-05-09", "in time 0, late 0, missed 0, pending 0, lapsed 0"},
      {"", "2026-05-10", "in time 0, late 0, missed 0, pending 1, lapsed 0"},
      {"", "2026-05-24", "in time 0, late 0, missed 0, pending 1, lapsed 0"},
      {"", "2026-05-25", "in time 0, late 0, missed 1, pending 0, lapsed 1"},
      {"2026-05-10", "2026-05-31", "in time 1, late 0, missed 0, pending 0, lapsed 0"},
      {"2026-05-11", "2026-05-31", "in time 0, late 1, missed 0, pending 0, lapsed 0"},
      {"2026-05-24", "2026-05-31", "in time 0, late 1, missed 0, pending 0, lapsed 0"},
      {"2026-05-25", "2026-05-31", "in time 0, late 1, missed 0, pending 0, lapsed 0"},
      {"2026-05-26", "2026-05-31", "in time 0, late 0, missed 1, pending 0, lapsed 1"}};
  for (const FirstRecord& row : rows) {
    ClientFacts facts = client();
    check(facts);
    if (*row.on != '\0') check_in(facts.checks[0], row.on);
    EXPECT_EQ(confirmations(until(facts, row.today)), row.expected) << row.on << " " << row.today;
  }
}

TEST(Reliability, OneIsMissedEveryThirtyDaysWhileTheCheckIsLapsed) {
  ClientFacts facts = client();
  check(facts);
  EXPECT_EQ(confirmations(until(facts, "2026-10-01")),
            "in time 0, late 0, missed 5, pending 0, lapsed 130");
  check_in(facts.checks[0], "2026-10-01");
  EXPECT_EQ(until(facts, "2026-10-15").missed, 5);
  EXPECT_EQ(until(facts, "2026-10-15").lapses, 1);
}

TEST(Reliability, MoreRecordsThanAgreedAreNotMoreThanExpected) {
  ClientFacts facts = client();
  check(facts);
  for (Day d = day("2026-04-10"); d <= day("2026-07-31"); d += days{7}) {
    check_in(facts.checks[0], to_string(d));
  }
  EXPECT_EQ(confirmations(until(facts, "2026-07-31")),
            "in time 3, late 0, missed 0, pending 0, lapsed 0");
}

TEST(Reliability, OnlyWhatWasExpectedInTheTimeCounts) {
  ClientFacts facts = client();
  check(facts);
  for (const char* on : {"2026-05-10", "2026-06-09", "2026-07-09"}) {
    check_in(facts.checks[0], on);
  }
  EXPECT_EQ(over(facts, "2026-06-09", "2026-06-09", "2026-08-01")->in_time, 1);
  EXPECT_EQ(over(facts, "2026-06-10", "2026-07-08", "2026-08-01")->in_time, 0);
  EXPECT_EQ(over(facts, "2026-05-01", "2026-07-31", "2026-08-01")->in_time, 3);
}

TEST(Reliability, DaysOfASuspensionDoNotCount) {
  ClientFacts facts = client();
  check(facts);
  check_in(facts.checks[0], "2026-04-12");  // expected on 12 May, holds until 26 May
  facts.suspensions.push_back({1, day("2026-05-01"), day("2026-05-31")});
  const Reliability r = until(facts, "2026-06-10");
  EXPECT_EQ(r.days, 62 - 31) << "10 April to 10 June";
  EXPECT_EQ(r.fulfilled_days, 19) << "12 to 30 April";
  EXPECT_EQ(r.lapsed_days, 10) << "of June only";
  EXPECT_EQ(r.expected(), 0) << "nobody could have looked in May; the next was expected in June";
}

// Day by day, by the rule itself.
int fulfilled_days_by_hand(const Check& check, Day from, Day until) {
  int count = 0;
  for (Day d = from; d <= until; d += days{1}) {
    if (standing(version_on(check, d).terms, check.check_ins, d).fulfilled) ++count;
  }
  return count;
}

TEST(Reliability, DaysConfirmedAreThoseOnWhichTheCheckIsFulfilled) {
  ClientFacts facts = client();
  Check& made = check(facts);
  check_in(made, "2026-04-15");
  check_in(made, "2026-05-03", Outcome::unreachable);
  check_in(made, "2026-05-20", Outcome::concern);
  check_in(made, "2026-06-02");
  check_in(made, "2026-06-02", Outcome::concern);
  check_in(made, "2026-06-05");
  check_in(made, "2026-09-01");
  CheckVersion weekly = made.versions[0];
  weekly.known_from = day("2026-09-10");
  weekly.terms.every_days = 7;
  weekly.terms.grace_days = 0;
  made.versions.push_back(weekly);
  check_in(made, "2026-09-20");
  const Reliability r = until(facts, "2026-10-31");
  EXPECT_EQ(r.fulfilled_days, fulfilled_days_by_hand(made, day("2026-04-10"), day("2026-10-31")));
  EXPECT_EQ(r.fulfilled_days, 35 + 45 + 9 + 8)
      << "until the concern, the life of two oks, what was left of one by shorter terms, the last";
  EXPECT_EQ(r.days, 205);
  EXPECT_EQ(r.concerns, 2);
}

TEST(Reliability, NothingBeforeTheAgreementOrAfterItWasWithdrawn) {
  ClientFacts facts = client();
  Check& made = check(facts);
  made.versions[0].terms.agreed_on.reset();
  EXPECT_FALSE(over(facts, "2026-04-01", "2026-06-30", "2026-06-30"));
  made.versions[0].terms.agreed_on = day("2026-05-01");
  EXPECT_FALSE(over(facts, "2026-04-01", "2026-04-30", "2026-06-30"));
  EXPECT_EQ(over(facts, "2026-04-01", "2026-05-01", "2026-06-30")->days, 1);
  check_in(made, "2026-05-05");
  CheckVersion withdrawn = made.versions[0];
  withdrawn.known_from = day("2026-07-01");
  withdrawn.terms.agreed_on.reset();
  made.versions.push_back(withdrawn);
  const Reliability r = until(facts, "2026-08-31");
  EXPECT_EQ(r.days, 61) << "May and June";
  EXPECT_EQ(r.lapsed_days, 12) << "19 to 30 June";
}

TEST(Reliability, NothingBeforeTheFirstDayOnRecord) {
  ClientFacts facts = client();
  Check& made = check(facts);
  made.watched_from = day("2026-08-01");
  EXPECT_EQ(until(facts, "2026-08-31").days, 31);
  check_in(made, "2026-07-20");
  EXPECT_EQ(until(facts, "2026-08-31").days, 43) << "records that came with the import count";
}

struct Trouble {
  const char* what;
  const char* visit;
  const char* concern;
  int troubled;
};

// With a check that is kept, June is waived; the next visit is asked for in September.
TEST(Reliability, WhetherTheVisitsItReplacedWereFollowedByTrouble) {
  const Trouble rows[] = {{"nothing", "2026-09-10", "", 0},
                          {"a concern before the next visit", "2026-09-10", "2026-07-20", 1},
                          {"on the day of the visit", "2026-09-10", "2026-09-10", 1},
                          {"after it", "2026-09-10", "2026-09-11", 0},
                          {"seen in between", "2026-07-19", "2026-07-20", 0},
                          {"before the month", "2026-09-10", "2026-05-31", 0}};
  for (const Trouble& row : rows) {
    ClientFacts facts = client();
    check(facts);
    for (const char* on : {"2026-04-20", "2026-05-20", "2026-06-20"}) {
      check_in(facts.checks[0], on);
    }
    Check& other = check(facts, "S-2", "2026-04-10");  // any check's concern is trouble
    if (*row.concern != '\0') check_in(other, row.concern, Outcome::concern);
    if (std::string(row.concern) == "2026-05-31") check_in(other, "2026-06-10");
    for (const char* on : {"2026-07-20", "2026-08-19", "2026-09-18"}) {
      check_in(facts.checks[0], on);
    }
    visit(facts, row.visit);
    const Reliability r = until(facts, "2026-09-30");
    EXPECT_EQ(r.waived, 1) << row.what;
    EXPECT_EQ(r.troubled, row.troubled) << row.what;
  }
}

TEST(Reliability, ALapseAfterAWaivedMonthIsTrouble) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-06-20");  // holds until 3 August
  EXPECT_EQ(until(facts, "2026-08-03").troubled, 0);
  EXPECT_EQ(until(facts, "2026-08-04").troubled, 1);
}

TEST(Reliability, AddsUp) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-05-11");
  Reliability sum = until(facts, "2026-05-31");
  sum.add(sum);
  EXPECT_EQ(sum.checks, 2);
  EXPECT_EQ(sum.late, 2);
  EXPECT_EQ(sum.days, 104);
  EXPECT_EQ(sum.fulfilled_days, 42);
  EXPECT_DOUBLE_EQ(sum.share_fulfilled().value(), 42.0 / 104);
  EXPECT_DOUBLE_EQ(sum.share_in_time().value(), 0);
  EXPECT_FALSE(Reliability{}.share_in_time());
}

// On 20 April at 10:00 something is wrong; who says when that they see to it, and who is reached.
TEST(Reliability, HowSoonSomebodyAnswersAConcern) {
  const Instant at = parse_instant("2026-04-20T10:00:00+09:00").value();
  const auto figures = [](const Reliability& r) {
    const auto hours = r.hours_until_word();
    return std::to_string(r.concerns) + " concern, answered " + std::to_string(r.answered) + ", " +
           (hours ? std::to_string(*hours).substr(0, 4) : "no word");
  };
  const auto said = [&](const std::vector<int>& words, const std::string& reached) {
    ClientFacts facts = client();
    check(facts);
    facts.checks[0].check_ins.push_back({1, at, day("2026-04-20"), Outcome::concern});
    for (const int after : words) {
      facts.acknowledgements.push_back({1,
                                        "C-1/concern/S-1/" + to_string(at),
                                        "CM-1",
                                        day("2026-04-20"),
                                        {},
                                        at + std::chrono::minutes{after}});
    }
    if (!reached.empty()) facts.contacts.push_back({1, day(reached)});
    return figures(until(facts, "2026-05-01"));
  };
  EXPECT_EQ(said({}, ""), "1 concern, answered 0, no word");
  EXPECT_EQ(said({90}, ""), "1 concern, answered 1, 1.50");
  EXPECT_EQ(said({90, 30}, ""), "1 concern, answered 1, 0.50") << "the first";
  EXPECT_EQ(said({}, "2026-04-20"), "1 concern, answered 1, no word");
  EXPECT_EQ(said({}, "2026-04-19"), "1 concern, answered 0, no word") << "before it";
  EXPECT_EQ(said({}, "2026-05-02"), "1 concern, answered 0, no word") << "not yet";
}

TEST(Reliability, TheMedianOfWordsIsOverAllChecks) {
  using std::chrono::minutes;
  Reliability sum;
  Reliability one;
  one.until_word = {minutes{60}, minutes{600}};
  sum.add(one);
  EXPECT_EQ(sum.hours_until_word(), 5.5) << "between two";
  one.until_word = {minutes{120}};
  sum.add(one);
  EXPECT_EQ(sum.hours_until_word(), 2);
}

}  // namespace
}  // namespace omamori
