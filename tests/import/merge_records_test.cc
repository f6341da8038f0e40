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
  EXPECT_EQ(import("S-1,2026-11-20,ok,SM-1\n"),
            "check_ins.csv:2: at: record 1 (line 2 of its import) says something else of the same "
            "time; if it is wrong, void it first\n");
  EXPECT_EQ(import("S-1,2026-11-21,ok,\nS-1,2026-11-21,ok,SM-1\n"),
            "check_ins.csv:3: at: line 2 says something else of the same time\n");
  city.registry.void_all();
  EXPECT_EQ(import("S-1,2026-11-20,ok,\n"),
            "check_ins: 1 known already\n"
            "warning check_ins.csv:2: at: was recorded and voided; it is not recorded again\n");
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
  EXPECT_EQ(import("S-1,2026-11-20,concern,SM-1\n"),
            "check_ins.csv:2: at: record 2 (line 3 of its import) says something else of the same "
            "time; if it is wrong, void it first\n");
}

TEST(Importer, TheFutureIsAMistakeTodayIsNot) {
  SmallCity city;
  EXPECT_EQ(city.import({{CsvKind::check_ins,
                          "check_code,at,outcome\n"
                          "S-1,2026-11-24 09:00,ok\n"
                          "S-1,2026-11-24,ok\n"}}),
            "check_ins: 2 new\n"
            "  check_ins S-1 2026-11-24T00:00:00Z: ok\n"
            "  check_ins S-1 2026-11-24T03:00:00Z: ok\n");
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
  EXPECT_EQ(
      import("C-1,2026-07-02,2026-06,SM-1,長い話\n"),
      "monitorings.csv:2: on: record 1 (line 2 of its import) says something else of the same "
      "time; if it is wrong, void it first\n");
  EXPECT_EQ(import("C-1,2026-07-02,,SM-1,\n"),
            "monitorings: 1 new\n  monitorings C-1 2026-07-02: new\n")
      << "another month is another record";
}

}  // namespace
}  // namespace omamori
