// Days that no record may have: after today, or more than two years before the first period.
#include "daemon/model/record_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

TEST(RecordDays, TwoYearsBeforeTheFirstPeriodIsTheFirstDay) {
  EXPECT_EQ(why_before_records(day("2026-04-01"), day("2024-04-01")), "");
  EXPECT_EQ(why_before_records(day("2026-04-01"), day("2024-03-31")),
            "2024-03-31 is more than two years before the first decision period, which begins "
            "2026-04-01");
  EXPECT_EQ(why_before_records(day("2028-02-29"), day("2026-02-28")), "");
  EXPECT_NE(why_before_records(day("2028-02-29"), day("2026-02-27")), "");
}

// C-1's first period begins on 2026-04-01.
class DaysOfRecords : public AppTest {
 protected:
  DaysOfRecords() : AppTest("2026-06-10T12:00:00+09:00") { EXPECT_EQ(import(small_office()), ""); }
};

TEST_F(DaysOfRecords, ACommandTakesTheFirstDayAndNoEarlierOne) {
  const auto on = [&](const std::string& day, std::map<std::string, std::string> options,
                      const std::string& command, const std::string& option) {
    options[option] = day;
    return run(command, options);
  };
  struct Row {
    std::string command, option;
    std::map<std::string, std::string> options;
  };
  const Row rows[] = {
      {"record contact", "on", {{"client", "C-1"}}},
      {"record monitoring", "on", {{"client", "C-1"}}},
      {"record check-in", "at", {{"check", "S-1"}, {"outcome", "ok"}}},
      {"suspend", "from", {{"client", "C-1"}, {"reason", "x"}, {"until", "2026-04-01"}}}};
  for (const Row& row : rows) {
    const Response early = on("2024-03-31", row.options, row.command, row.option);
    EXPECT_EQ(early.exit, Exit::refused) << row.command;
    EXPECT_THAT(early.err, HasSubstr("more than two years before the first")) << row.command;
    EXPECT_EQ(on("1970-01-02", row.options, row.command, row.option).exit, Exit::refused);
    if (row.command != "suspend") {
      EXPECT_EQ(on("2036-01-01", row.options, row.command, row.option).exit, Exit::refused);
    }
    EXPECT_EQ(on("2024-04-01", row.options, row.command, row.option).exit, Exit::ok) << row.command;
  }
}

TEST_F(DaysOfRecords, SoDoesAnImportByTheFirstPeriodThatItBringsItself) {
  const auto contacts = [](const std::string& client, const std::string& day) {
    return CsvFiles{{CsvKind::contacts, "client_code,on\n" + client + "," + day + "\n"}};
  };
  EXPECT_THAT(import(contacts("C-1", "2024-03-31")), HasSubstr("more than two years before"));
  EXPECT_EQ(import(contacts("C-1", "2024-04-01")), "");
  EXPECT_THAT(import({{CsvKind::monitorings, "client_code,on\nC-1,1970-01-01\n"}}),
              HasSubstr("more than two years before"));
  EXPECT_THAT(import({{CsvKind::check_ins, "check_code,at,outcome\nS-1,1970-01-01,ok\n"}}),
              HasSubstr("more than two years before"));
  EXPECT_THAT(import({{CsvKind::suspensions,
                       "client_code,from,until,reason\nC-1,1970-01-01,"
                       "1970-02-01,x\n"}}),
              HasSubstr("more than two years before"));
  CsvFiles both = contacts("C-2", "2021-03-31");
  both[CsvKind::clients] =
      "client_code,name,office_code,case_manager,plan_kind,decision_start,decision_end\n"
      "C-2,仮,OF-1,CM-1,regular,2025-04-01,2026-03-31\n"
      "C-2,仮,OF-1,CM-1,regular,2023-04-01,2024-03-31\n";
  EXPECT_THAT(import(both), HasSubstr("2021-03-31 is more than two years before"));
  both[CsvKind::contacts] = "client_code,on\nC-2,2021-04-01\n";
  EXPECT_EQ(import(both), "");
}

}  // namespace
}  // namespace omamori
