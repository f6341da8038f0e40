// When stages come: open days, holidays, year end, Golden Week, repetitions. Local times of Tokyo.
#include "daemon/rules/reminder_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

struct World {
  Policy policy;
  Workdays workdays{{day("2026-05-04"), day("2026-05-05"), day("2026-05-06"), day("2026-04-29"),
                     day("2026-09-21"), day("2026-09-22"), day("2026-09-23"), day("2026-11-23"),
                     day("2027-01-01"), day("2027-01-11")},
                    {}};
  Zone zone{"Asia/Tokyo"};
  SlotRules rules() const { return {policy, workdays, zone}; }
};

Obligation due(ObligationKind kind, const std::string& window_from, const std::string& due_by) {
  Obligation o;
  o.kind = kind;
  o.key = "C-1/x";
  o.opened = kind == ObligationKind::streak ? day(due_by) + std::chrono::days{1} : day(window_from);
  o.window_from = day(window_from);
  o.due_by = day(due_by);
  o.count_from = day(due_by);
  return o;
}

// "09-01 08:30 upcoming, …": what has come by `now`, and what comes next after a bar.
std::string come(const Obligation& o, const std::string& now, const World& w = {},
                 const std::string& known_since = "2026-01-01T00:00:00Z") {
  std::string out;
  bool future = false;
  const Instant at = parse_instant(now + "+09:00").value();
  for (const Occurrence& c : occurrences(o, w.rules(), parse_instant(known_since).value(), at)) {
    if (c.slot > at && !future) {
      future = true;
      out += out.empty() ? "| " : " | ";
    } else if (!out.empty() && out.back() != ' ') {
      out += ", ";
    }
    out += w.zone.local_text(c.slot).substr(5) + " " + c.stage;
    if (c.repeat > 0) out += "+" + std::to_string(c.repeat);
  }
  return out;
}

TEST(Stages, BeforeDueNeverBeforeTheFirstOfTheMonth) {
  const Obligation o = due(ObligationKind::monitoring, "2026-09-01", "2026-09-30");
  EXPECT_EQ(come(o, "2026-08-31T23:59:59"), "| 09-01 08:30 upcoming, 09-18 08:30 due_soon")
      << "-7 is the 23rd, a holiday like the two days before it, after a weekend";
  EXPECT_EQ(come(o, "2026-09-01T08:29:59"), "| 09-01 08:30 upcoming, 09-18 08:30 due_soon");
  EXPECT_EQ(come(o, "2026-09-01T08:30:00"), "09-01 08:30 upcoming | 09-18 08:30 due_soon");
}

TEST(Stages, TheFirstOpenDayOfTheMonth) {
  EXPECT_EQ(
      come(due(ObligationKind::monitoring, "2026-05-01", "2026-05-31"), "2026-05-31T12:00:00"),
      "05-01 08:30 upcoming, 05-22 08:30 due_soon");
  EXPECT_EQ(
      come(due(ObligationKind::monitoring, "2026-11-01", "2026-11-30"), "2026-11-30T12:00:00"),
      "11-02 08:30 upcoming, 11-20 08:30 due_soon");
  EXPECT_EQ(
      come(due(ObligationKind::monitoring, "2027-01-01", "2027-01-31"), "2027-01-31T12:00:00"),
      "01-04 08:30 upcoming, 01-22 08:30 due_soon");
}

TEST(Stages, AShortLastMonthIsToldBeforeItBegins) {
  EXPECT_EQ(
      come(due(ObligationKind::monitoring, "2027-03-01", "2027-03-14"), "2027-03-14T12:00:00"),
      "02-12 08:30 upcoming, 03-05 08:30 due_soon");
  EXPECT_EQ(
      come(due(ObligationKind::monitoring, "2027-03-01", "2027-03-15"), "2027-03-15T12:00:00"),
      "03-01 08:30 upcoming, 03-08 08:30 due_soon");
}

TEST(Stages, AfterDueMovesLaterAndRepeats) {
  const Obligation o = due(ObligationKind::streak, "2026-04-01", "2026-04-30");
  EXPECT_EQ(come(o, "2026-04-30T23:59:59"), "| 05-01 08:30 overdue, 05-14 08:30 escalated");
  EXPECT_EQ(come(o, "2026-05-14T08:30:00"),
            "05-01 08:30 overdue, 05-14 08:30 escalated | 05-21 08:30 escalated+1");
  EXPECT_EQ(come(o, "2026-05-28T08:29:00"),
            "05-01 08:30 overdue, 05-14 08:30 escalated, 05-21 08:30 escalated+1 | "
            "05-28 08:30 escalated+2");
  EXPECT_EQ(come(due(ObligationKind::streak, "2026-12-01", "2026-12-31"), "2027-01-04T08:30:00"),
            "01-04 08:30 overdue | 01-14 08:30 escalated");
}

TEST(Stages, WhatBecomesKnownAfterItsSlotWaitsForTheNextOne) {
  const Obligation o = due(ObligationKind::streak, "2026-09-01", "2026-09-30");
  // Known at 12:00 on Friday 10-02: the overdue of 10-01 comes on Monday.
  EXPECT_EQ(come(o, "2026-10-02T12:00:00", World{}, "2026-10-02T03:00:00Z"),
            "| 10-05 08:30 overdue, 10-14 08:30 escalated");
}

TEST(Stages, ALapseIsToldTheNextMorningOnAnyDay) {
  Obligation o = due(ObligationKind::lapse, "2026-11-21", "2026-12-05");  // a Saturday
  EXPECT_EQ(come(o, "2026-11-21T08:29:00").substr(0, 20), "| 11-21 08:30 opened");
  o.quiet = true;
  EXPECT_EQ(come(o, "2026-11-21T09:00:00"),
            "| 11-24 08:30 opened, 12-07 08:30 overdue, 12-21 08:30 escalated");
}

TEST(Stages, AConcernIsToldAtOnceWithinUrgentHours) {
  Obligation o = due(ObligationKind::concern, "2026-11-21", "2026-11-24");
  const auto first = [&](const std::string& known) {
    return come(o, "2026-11-21T00:00:00", World{}, known).substr(2, 18);
  };
  EXPECT_EQ(first("2026-11-20T20:00:00Z"), "11-21 07:00 opened");  // 05:00 in Tokyo
  EXPECT_EQ(first("2026-11-21T05:00:00Z"), "11-21 14:00 opened");
  EXPECT_EQ(first("2026-11-21T11:59:00Z"), "11-21 20:59 opened");
  EXPECT_EQ(first("2026-11-21T12:00:00Z"), "11-22 07:00 opened");  // 21:00: tomorrow
}

// Sat 21, Sun 22 and the holiday of Mon 23 November have no slot of their own.
TEST(Stages, RepetitionsOfClosedDaysAreOneOnTheNextOpenDay) {
  const Obligation o = due(ObligationKind::concern, "2026-11-18", "2026-11-21");
  const std::string come_until_25 = come(o, "2026-11-25T08:30:00");
  EXPECT_THAT(come_until_25, testing::HasSubstr("11-24 08:30 unanswered+3"));
  EXPECT_THAT(come_until_25, testing::HasSubstr("11-25 08:30 unanswered+4"));
  EXPECT_THAT(come_until_25, testing::Not(testing::HasSubstr("unanswered+2")));
  EXPECT_THAT(come_until_25, testing::Not(testing::HasSubstr("unanswered,")));
}

TEST(Stages, RenewalAndTheOthers) {
  Obligation renewal = due(ObligationKind::renewal, "2026-08-01", "2026-09-30");
  EXPECT_EQ(come(renewal, "2026-09-30T12:00:00"),
            "07-31 08:30 renewal_60, 08-31 08:30 renewal_30, 09-18 08:30 renewal_7");
  Obligation unassigned = due(ObligationKind::unassigned, "2026-11-21", "2026-11-28");
  EXPECT_EQ(come(unassigned, "2026-11-24T08:30:00"),
            "11-24 08:30 unassigned | 11-30 08:30 unassigned+1");
  Obligation standing = due(ObligationKind::suspension_standing, "2026-10-20", "2026-10-20");
  standing.due_by.reset();
  EXPECT_EQ(come(standing, "2026-11-02T08:30:00"), "11-02 08:30 standing | 12-01 08:30 standing+1");
  Obligation expired = due(ObligationKind::expired, "2026-10-01", "2026-09-30");
  EXPECT_EQ(come(expired, "2026-10-01T08:30:00"), "10-01 08:30 expired | 11-02 08:30 expired+1");
  Obligation month_end = due(ObligationKind::expired, "2026-10-31", "2026-10-30");
  EXPECT_EQ(come(month_end, "2026-12-01T08:30:00"),
            "11-02 08:30 expired, 11-30 08:30 expired+1 | 01-04 08:30 expired+2")
      << "the 31st of each month, or its last day";
}

TEST(Workdays, OpenAndClosed) {
  const Workdays w({day("2026-11-23")}, {day("2026-11-25")});
  const std::pair<const char*, bool> rows[] = {
      {"2026-11-20", true},  {"2026-11-21", false}, {"2026-11-22", false}, {"2026-11-23", false},
      {"2026-11-24", true},  {"2026-11-25", false}, {"2026-12-28", true},  {"2026-12-29", false},
      {"2027-01-03", false}, {"2027-01-04", true},
  };
  for (const auto& [on, open] : rows) EXPECT_EQ(w.is_open(day(on)), open) << on;
  EXPECT_EQ(to_string(w.open_from(day("2026-11-21"))), "2026-11-24");
  EXPECT_EQ(to_string(w.open_until(day("2026-11-23"))), "2026-11-20");
}

}  // namespace
}  // namespace omamori
