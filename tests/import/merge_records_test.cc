// Imports of safety checks and of what was recorded: check-ins and monitorings.
#include <gtest/gtest.h>

#include "tests/support/small_city.h"

namespace omamori {
namespace {

TEST(Importer, SafetyChecksThatCannotBe) {
  SmallCity city;
  city.import({{CsvKind::clients, kClientHead + "C-2,OF-1,SM-1,regular,2026-04-01,2027-03-31,\n"}});
  EXPECT_EQ(
      city.import({{CsvKind::safety_checks, kCheckHead + "S-1,C-2,2026-04-01,30,7,,\n"
                                                         "S-2,C-2,2026-04-01,90,4,,\n"
                                                         "S-3,C-2,2026-04-01,30,7,2026-03-31,\n"
                                                         "S-4,C-2,2026-04-01,90,3,2026-04-01,\n"
                                                         "S-4,C-2,2026-04-01,90,3,,\n"}}),
      "safety_checks.csv:2: client_code: S-1 belongs to C-1; a check does not move to another "
      "client: end it, and give the other client a check with a new code\n"
      "safety_checks.csv:3: every_days: every_days + grace_days is 94, over 93: the check "
      "would look in less often than the visits it replaces\n"
      "safety_checks.csv:4: until: 2026-03-31 is before from, 2026-04-01\n"
      "safety_checks.csv:6: check_code: S-4 is on line 5 already\n");
  EXPECT_EQ(city.import({{CsvKind::safety_checks,
                          "check_code,client_code,from,every_days\n"
                          "S-1,C-1,2026-04-01,87\n"}}),
            "safety_checks.csv:2: every_days: every_days + grace_days is 94, over 93: the check "
            "would look in less often than the visits it replaces\n")
      << "the stored grace_days count";
}

TEST(Importer, CheckInsAreSkippedRefusedOrNew) {
  const std::string head = "check_code,at,outcome,by\n";
  SmallCity city;
  const auto import = [&](const std::string& rows) {
    return city.import({{CsvKind::check_ins, head + rows}});
  };
  EXPECT_EQ(import("S-1,2026-11-20,ok,\nS-1,2026-11-20 12:00,ok,\n"),
            "check_ins: 1 new, 1 known already\n  check_ins S-1 2026-11-20T03:00:00Z: ok\n");
  EXPECT_EQ(import("S-1,2026-11-20,ok,\n"), "check_ins: 1 known already\n");
  EXPECT_EQ(import("S-1,2026-11-20,ok,SM-1\n"), "check_ins: 1 known already\n");
  city.registry.void_all();
  const std::string voided =
      "check_ins: 1 known already\n"
      "warning check_ins.csv:2: at: was recorded and voided; it is not recorded again (if it is "
      "right after all: omamorictl record)\n";
  EXPECT_EQ(import("S-1,2026-11-20,ok,\n"), voided);
  EXPECT_EQ(import("S-1,2026-11-20,ok,SM-1\n"), voided) << "in other words, too";
  EXPECT_EQ(import("S-1,2026-11-20 17:00,ok,\n"),
            "check_ins: 1 new\n  check_ins S-1 2026-11-20T08:00:00Z: ok\n")
      << "another hour was never declared wrong";
  EXPECT_EQ(import("S-1,2026-11-20,unreachable,\n"),
            "check_ins: 1 new\n  check_ins S-1 2026-11-20T03:00:00Z: unreachable\n");
}

// An attendance list has no hour: whoever is worried on that day must not be turned away because
// the list says "was here".
TEST(Importer, SomebodyElseMayHaveFoundSomethingElseAtTheSameTime) {
  const std::string head = "check_code,at,outcome,by\n";
  SmallCity city;
  const auto import = [&](const std::string& rows) {
    return city.import({{CsvKind::check_ins, head + rows}});
  };
  EXPECT_EQ(import("S-1,2026-11-20,ok,\nS-1,2026-11-20,concern,\n"),
            "check_ins: 2 new\n  check_ins S-1 2026-11-20T03:00:00Z: ok\n"
            "  check_ins S-1 2026-11-20T03:00:00Z: concern\n");
  EXPECT_EQ(import("S-1,2026-11-20,concern,\nS-1,2026-11-20,ok,\n"),
            "check_ins: 2 known already\n");
  EXPECT_EQ(import("S-1,2026-11-20,concern,SM-1\n"), "check_ins: 1 known already\n");
}

// P8: the same by two doors is one record, whatever its by and note, and both are kept.
TEST(Importer, WhatIsKnownOfThatDayIsThatRecordWhateverItsWords) {
  SmallCity city;
  const auto merge = [&](CsvKind kind, const std::string& text) {
    ImportResult result = city.merge({{kind, text}});
    city.registry.apply(result.changes);
    return result.changes;
  };
  const std::string head = "check_code,at,outcome,by,note\n";
  merge(CsvKind::check_ins, head + "S-1,2026-11-20 09:00,ok,ping,\n");
  ImportChanges same = merge(CsvKind::check_ins, head + "S-1,2026-11-20,ok,見本,\n");
  EXPECT_TRUE(same.check_ins.empty());
  ASSERT_EQ(same.repeated.size(), 1U);
  EXPECT_EQ(same.repeated[0].record, 1);
  EXPECT_EQ(same.repeated[0].by, "見本");
  EXPECT_FALSE(same.repeated[0].at) << "a day alone says no hour";
  same = merge(CsvKind::check_ins, head + "S-1,2026-11-20 17:00,ok,,\n");
  EXPECT_TRUE(same.check_ins.empty());
  ASSERT_EQ(same.repeated.size(), 1U);
  EXPECT_EQ(same.repeated[0].at, *parse_instant("2026-11-20T08:00:00Z"));
  EXPECT_TRUE(merge(CsvKind::check_ins, head + "S-1,2026-11-20,ok,,\n").repeated.empty())
      << "it says no more than the record";
  const std::string visits = "client_code,on,for_month,by,note\n";
  merge(CsvKind::monitorings, visits + "C-1,2026-07-02,,CM-1,\n");
  same = merge(CsvKind::monitorings, visits + "C-1,2026-07-02,,SM-1,x\n");
  EXPECT_TRUE(same.monitorings.empty());
  ASSERT_EQ(same.repeated.size(), 1U);
  EXPECT_EQ(same.repeated[0].by + same.repeated[0].note, "SM-1x");
}

TEST(Importer, TwoRowsOfOneFileMayBeOneRecord) {
  SmallCity city;
  const ImportResult result =
      city.merge({{CsvKind::check_ins,
                   "check_code,at,outcome,by\nS-1,2026-11-20,ok,A\nS-1,2026-11-20,ok,B\n"}});
  ASSERT_EQ(result.changes.check_ins.size(), 1U);
  EXPECT_EQ(result.changes.check_ins[0].by, "A");
  ASSERT_EQ(result.changes.repeated.size(), 1U);
  EXPECT_EQ(result.changes.repeated[0].record, 0);
  EXPECT_EQ(result.changes.repeated[0].first_line, 2);
  EXPECT_EQ(result.changes.repeated[0].by, "B");
}

// An ok that comes after a concern ends that the check is stopped; a concern after an ok stops it.
TEST(Importer, WhatComesAfterAnotherWordOfThatDayIsARecordOfItsOwn) {
  const std::string head = "check_code,at,outcome\n";
  const auto added = [&](const std::string& first, const std::string& then) {
    SmallCity city;
    city.import({{CsvKind::check_ins, head + first}});
    return city.merge({{CsvKind::check_ins, head + then}}).changes.check_ins.size();
  };
  const std::string ok9 = "S-1,2026-11-20 09:00,ok\n", ok17 = "S-1,2026-11-20 17:00,ok\n";
  const std::string concern12 = "S-1,2026-11-20 12:00,concern\n";
  EXPECT_EQ(added(ok9 + concern12, ok17), 1U);
  EXPECT_EQ(added(ok9, ok17), 0U) << "nothing between";
  EXPECT_EQ(added(ok9, ok17 + concern12), 2U) << "whatever the order in the file";
  EXPECT_EQ(added(concern12, "S-1,2026-11-20 13:00,concern\n"), 0U);
  EXPECT_EQ(added(concern12 + ok17, "S-1,2026-11-20 18:00,concern\n"), 1U);
  EXPECT_EQ(added(concern12, "S-1,2026-11-20 11:59,concern\n"), 0U);
  EXPECT_EQ(added("S-1,2026-11-20 09:00,concern\n" + ok9, ok17), 1U)
      << "at one instant a concern outranks an ok";
  EXPECT_EQ(added("S-1,2026-11-20 09:00,unreachable\n" + ok9, "S-1,2026-11-20 17:00,unreachable\n"),
            0U);
}

TEST(Importer, TheFutureIsAMistakeTodayIsNot) {
  SmallCity city;
  EXPECT_EQ(city.import({{CsvKind::check_ins,
                          "check_code,at,outcome\n"
                          "S-1,2026-11-24 09:00,ok\n"
                          "S-1,2026-11-24,unreachable\n"}}),
            "check_ins: 2 new\n"
            "  check_ins S-1 2026-11-24T00:00:00Z: ok\n"
            "  check_ins S-1 2026-11-24T03:00:00Z: unreachable\n");
  EXPECT_EQ(
      city.import({{CsvKind::check_ins,
                    "check_code,at,outcome\n"
                    "S-1,2026-11-24 09:01,ok\n"
                    "S-1,2026-11-25,ok\n"},
                   {CsvKind::monitorings, "client_code,on\nC-1,2026-11-24\nC-1,2026-11-25\n"}}),
      "check_ins.csv:2: at: 2026-11-24 09:01 is in the future\n"
      "check_ins.csv:3: at: 2026-11-25 12:00 is in the future\n"
      "monitorings.csv:3: on: 2026-11-25 is in the future\n");
}

TEST(Importer, MonitoringsAreSkippedRefusedOrNew) {
  SmallCity city;
  const auto import = [&](const std::string& rows) {
    return city.import({{CsvKind::monitorings, "client_code,on,for_month,by,note\n" + rows}});
  };
  EXPECT_EQ(import("C-1,2026-07-02,2026-06,SM-1,\n"),
            "monitorings: 1 new\n  monitorings C-1 2026-07-02: new\n");
  EXPECT_EQ(import("C-1,R8.7.2,R8.6,SM-1,\n"), "monitorings: 1 known already\n");
  EXPECT_EQ(import("C-1,2026-07-02,2026-06,SM-1,長い話\n"), "monitorings: 1 known already\n");
  EXPECT_EQ(import("C-1,2026-07-02,,SM-1,\n"), "monitorings: 1 known already\n")
      << "it says nothing of the month";
  EXPECT_EQ(import("C-1,2026-07-02,2026-07,SM-1,\n"),
            "monitorings: 1 new\n  monitorings C-1 2026-07-02: new\n")
      << "another month is another record";
}

}  // namespace
}  // namespace omamori
