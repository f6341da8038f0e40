// A client's year, a mark a day.
#include "daemon/reports/client_year.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::month;
using testing_facts::terms;
using testing_facts::visit;

std::vector<YearMonth> year(const ClientFacts& facts, const std::string& today,
                            const std::string& first = "2026-04") {
  return client_year(facts, judge_months(facts, terms(), day(today)), month(first), day(today));
}

std::string strip(const YearMonth& drawn) {
  std::string out;
  for (const DayMark mark : drawn.days) out += "#!co?@]=x_. "[static_cast<std::size_t>(mark)];
  return out;
}

TEST(ClientYear, HasTwelveMonthsWithWhatIsAskedOfThem) {
  const auto months = year(client(), "2026-06-15");
  ASSERT_EQ(months.size(), 12U);
  EXPECT_EQ(to_string(months.front().month) + " " + to_string(months.back().month),
            "2026-04 2027-03");
  EXPECT_TRUE(months[0].rows.empty());
  ASSERT_EQ(months[2].rows.size(), 1U);
  EXPECT_EQ(months[2].rows[0].state, MonthState::open);
  EXPECT_EQ(strip(months[1]), "...............................");
  EXPECT_EQ(strip(months[2]), "..............@______________] ") << "June has thirty days";
}

TEST(ClientYear, RecordsCoverWhatLiesUnderThem) {
  ClientFacts facts = client();
  Check& made = check(facts);
  check_in(made, "2026-06-01");
  check_in(made, "2026-06-02", Outcome::unreachable);
  check_in(made, "2026-06-03", Outcome::concern);
  check_in(made, "2026-06-04");
  check_in(made, "2026-06-20");  // not yet
  facts.contacts.push_back({1, day("2026-06-05")});
  facts.contacts.push_back({2, day("2026-06-06")});
  visit(facts, "2026-06-06");
  const auto june = year(facts, "2026-06-10")[2];
  EXPECT_EQ(strip(june), "o?!oc#...@.................... ");
  ASSERT_EQ(june.events.size(), 4U);
  EXPECT_EQ(june.events[0].what, YearEvent::What::concern);
  EXPECT_EQ(june.events[0].check, "S-1");
  EXPECT_EQ(june.events[2].what, YearEvent::What::visit);
}

TEST(ClientYear, ALapseUntilTheDayBeforeTheNextOkAndASuspensionAlsoAhead) {
  ClientFacts facts = client();
  check_in(check(facts), "2026-06-01");  // the last day is 15 July
  check_in(facts.checks[0], "2026-07-20");
  facts.suspensions.push_back({1, day("2026-07-25"), day("2026-08-05")});
  visit(facts, "2026-06-30", "2026-06");
  const auto months = year(facts, "2026-07-27");
  EXPECT_EQ(strip(months[3]), "...............xxxxo....==@====");
  EXPECT_EQ(strip(months[4]), "=====..........................");
  ASSERT_EQ(months[3].events.size(), 2U);
  EXPECT_EQ(to_string(months[3].events[0].on), "2026-07-16");
  EXPECT_EQ(to_string(months[3].events[0].until.value()), "2026-07-19");
  EXPECT_EQ(to_string(months[3].events[1].until.value()), "2026-08-05");
}

TEST(ClientYear, WhatBeganBeforeTheYearIsToldInItsFirstMonth) {
  ClientFacts facts = client();
  facts.suspensions.push_back({1, day("2026-05-25"), day("2026-06-30")});
  EXPECT_EQ(year(facts, "2026-07-10", "2026-06")[0].events.size(), 1U);
  EXPECT_EQ(to_string(year(facts, "2026-07-10", "2026-06")[0].events[0].on), "2026-06-01");
  EXPECT_EQ(year(facts, "2026-07-10", "2026-07")[0].events.size(), 0U);
}

TEST(ClientYear, OutsideADecisionThereIsNothing) {
  ClientFacts facts = client("2026-04-10", "2027-03-20");
  facts.ended_on = day("2027-03-05");
  const auto months = year(facts, "2026-05-01", "2026-03");
  EXPECT_FALSE(months[0].decided);
  EXPECT_TRUE(months[1].decided);
  EXPECT_EQ(strip(months[1]), "         ..................... ");
  EXPECT_EQ(months[1].events.at(0).what, YearEvent::What::period_begins);
  const auto later = year(facts, "2026-05-01", "2027-01");
  EXPECT_EQ(strip(later[2]), "____]                          ");
}

TEST(ClientYear, TheFiscalYearBeginsInApril) {
  EXPECT_EQ(to_string(fiscal_year_of(day("2026-03-31"))), "2025-04");
  EXPECT_EQ(to_string(fiscal_year_of(day("2026-04-01"))), "2026-04");
  EXPECT_EQ(to_string(fiscal_year_of(day("2027-01-01"))), "2026-04");
}

}  // namespace
}  // namespace omamori
