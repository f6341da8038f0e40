#include "daemon/import/csv/writer.h"

#include <gtest/gtest.h>

#include "daemon/import/csv/kinds.h"
#include "daemon/import/csv/row_writer.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

Day day(const char* text) { return *parse_day(text); }

TEST(Writer, PlacesAndPeopleInTheirColumns) {
  std::string out = csv_header(CsvKind::offices);
  append_csv(out, OfficeRecord{"OF-1", "見本, \"みらい\"", "SV-1", "", 0});
  EXPECT_EQ(out,
            "office_code,name,supervisor,core_center\n"
            "OF-1,\"見本, \"\"みらい\"\"\",SV-1,\n");

  out = csv_header(CsvKind::staff);
  append_csv(out, StaffRecord{"SM-1",
                              "見本 太郎",
                              Role::operator_,
                              "OF-1",
                              "t@example.com",
                              "tool",
                              {Channel::webhook, Channel::email},
                              Language::en,
                              day("2027-03-31"),
                              0,
                              "03-1234-5678"});
  EXPECT_EQ(out,
            "staff_code,name,role,office_code,email,webhook,channels,language,until,phone\n"
            "SM-1,見本 太郎,operator,OF-1,t@example.com,tool,webhook email,en,2027-03-31,"
            "03-1234-5678\n");

  out = csv_header(CsvKind::clients);
  append_csv(
      out,
      ClientRecord{
          "C-1", "見本 花子", "0123", "OF-1", "", day("2026-04-02"), {}, 0, "見本の家", true},
      PeriodRecord{"C-1",
                   Period{day("2026-04-01"),
                          day("2027-03-31"),
                          PlanKind::self_plan,
                          DecisionKind::new_decision,
                          6,
                          {*parse_month("2026-06"), *parse_month("2027-03")}},
                   false, 0});
  EXPECT_EQ(out,
            "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
            "decision_end,decision_kind,interval_months,monitoring_months,watched_from,"
            "short_stay,emergency_list\n"
            "C-1,見本 花子,0123,OF-1,,self_plan,2026-04-01,2027-03-31,new,6,2026-06 2027-03,"
            "2026-04-02,見本の家,yes\n");
}

TEST(Writer, NoTextIsAFormulaToASpreadsheetAndReadingGivesTheTextBack) {
  const Zone tokyo("Asia/Tokyo");
  for (const std::string name :
       {"=cmd|'/c calc'!A0", "+81", "-1", "@x", "'=x", "''-", "'quoted'", "a=b", "'", "-", "'-"}) {
    std::string out = csv_header(CsvKind::offices);
    append_csv(out, OfficeRecord{"OF-1", name, "SV-1", "", 0});
    const bool guarded = out.find(",'" + name) != out.npos || out.find(",\"'" + name) != out.npos;
    EXPECT_EQ(guarded, begins_like_formula(name)) << out;
    CsvImport read;
    read_csv(CsvKind::offices, "o.csv", out, tokyo, read);
    ASSERT_EQ(read.offices.rows.size(), 1U) << name;
    EXPECT_EQ(read.offices.rows[0].name, name);
  }
  std::string out;
  RowWriter(out).cell(-7).cell("-7").cell("-a\"b");
  EXPECT_EQ(out, "-7,'-7,\"'-a\"\"b\"\n");
}

TEST(Writer, ChecksAndRecordsInTheirColumns) {
  const Zone tokyo("Asia/Tokyo");
  std::string out = csv_header(CsvKind::safety_checks);
  append_csv(
      out, CheckRecord{"S-1", "C-1",
                       CheckTerms{day("2026-04-01"), {}, 7, 2, 6, day("2026-03-20"), "PR-1"},
                       "電話", "見本市", day("2026-04-01"), 0, "通所 12", Outcome::concern, true});
  EXPECT_EQ(
      out,
      "check_code,client_code,provider,method,from,until,every_days,grace_days,"
      "extends_to_months,agreed_on,agreed_by,watched_from,provider_ref,fail_means,"
      "get_allowed\n"
      "S-1,C-1,PR-1,電話,2026-04-01,,7,2,6,2026-03-20,見本市,2026-04-01,通所 12,concern,yes\n");

  out = csv_header(CsvKind::check_ins);
  append_csv(out,
             CheckInRecord{1, "S-1", *parse_instant("2026-03-31T23:30:15Z"), day("2026-04-01"),
                           Outcome::concern, "見本", "-", false, 0},
             tokyo);
  EXPECT_EQ(out, "check_code,at,outcome,by,note\nS-1,2026-04-01T08:30:15+09:00,concern,見本,-\n");

  out = csv_header(CsvKind::monitorings);
  append_csv(out, MonitoringRecord{1, "C-1", day("2026-07-02"), *parse_month("2026-06"), "見本", "",
                                   false, 0});
  EXPECT_EQ(out, "client_code,on,for_month,by,note\nC-1,2026-07-02,2026-06,見本,\n");
}

TEST(Writer, InstantsKeepTheirZonesOffset) {
  const Instant winter = *parse_instant("2026-01-01T00:00:00Z");
  const Instant summer = *parse_instant("2026-07-01T00:00:00Z");
  EXPECT_EQ(offset_text(winter, Zone("Asia/Tokyo")), "2026-01-01T09:00:00+09:00");
  EXPECT_EQ(offset_text(winter, Zone("America/St_Johns")), "2025-12-31T20:30:00-03:30");
  EXPECT_EQ(offset_text(summer, Zone("America/St_Johns")), "2026-06-30T21:30:00-02:30");
  EXPECT_EQ(offset_text(winter, Zone("UTC")), "2026-01-01T00:00:00+00:00");
}

TEST(Writer, WhatIsWrittenIsReadTheSame) {
  const Zone tokyo("Asia/Tokyo");
  const CheckInRecord record{0,
                             "S-1",
                             *parse_instant("2026-03-31T23:30:15Z"),
                             day("2026-04-01"),
                             Outcome::unreachable,
                             "\"見本\"",
                             "a,b  c",
                             false,
                             0};
  std::string text = csv_header(CsvKind::check_ins);
  append_csv(text, record, tokyo);
  CsvImport import;
  read_csv(CsvKind::check_ins, "check_ins.csv", text, tokyo, import);
  ASSERT_EQ(import.errors, std::vector<CsvError>{});
  const CheckInRow& row = import.check_ins.rows.at(0);
  EXPECT_EQ(row.at, record.at);
  EXPECT_EQ(row.outcome, record.outcome);
  EXPECT_EQ(row.by, record.by);
  EXPECT_EQ(row.note, record.note);
}

}  // namespace
}  // namespace omamori
