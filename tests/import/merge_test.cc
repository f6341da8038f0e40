// Whole imports: CSV text in, counts, changes, warnings and errors out as text.
#include "daemon/import/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_city.h"

namespace omamori {
namespace {

TEST(Importer, AFirstImport) {
  City city;
  EXPECT_EQ(city.import({{CsvKind::offices, kOffices},
                         {CsvKind::staff, kStaff},
                         {CsvKind::clients, kClientHead + "C-1,OF-1,SM-1,self_plan,2026-04-01,"
                                                          "2027-03-31,new\n"},
                         {CsvKind::safety_checks, kCheckHead + "S-1,C-1,2026-04-01,30,7,,\n"},
                         {CsvKind::check_ins, "check_code,at,outcome\nS-1,2026-11-23,ok\n"},
                         {CsvKind::monitorings, "client_code,on\nC-1,2026-06-10\n"}}),
            "offices: 1 new\n"
            "staff: 2 new\n"
            "clients: 1 new\n"
            "safety_checks: 1 new\n"
            "check_ins: 1 new\n"
            "monitorings: 1 new\n"
            "  offices OF-1: new\n"
            "  staff SM-1: new\n"
            "  staff SV-1: new\n"
            "  clients C-1 2026-04-01: new\n"
            "  safety_checks S-1: new\n"
            "  check_ins S-1 2026-11-23T03:00:00Z: ok\n"
            "  monitorings C-1 2026-06-10: new\n");
  EXPECT_EQ(to_string(city.registry.client("C-1")->watched_from), "2026-11-24");
  EXPECT_EQ(to_string(city.registry.check("S-1")->watched_from), "2026-11-24");
  EXPECT_EQ(city.import({}), "");
}

TEST(Importer, AnExportedCityChangesNothing) {
  SmallCity city;
  city.import(
      {{CsvKind::clients, kClientHead + "C-1,OF-1,SM-1,regular,2026-10-01,2027-09-30,changed\n"},
       {CsvKind::check_ins,
        "check_code,at,outcome,by,note\n"
        "S-1,2026-11-20 09:30,ok,\"見本, 花子\",\n"
        "S-1,2026-11-21,concern,,\"\"\"熱\"\"\"\n"},
       {CsvKind::monitorings,
        "client_code,on,for_month,by\n"
        "C-1,2026-07-02,2026-06,SM-1\nC-1,2026-07-03,,SM-1\n"}});
  ASSERT_TRUE(city.registry.periods("C-1").at(0).cut);
  Files files;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    files[static_cast<CsvKind>(i)] = city.export_kind(static_cast<CsvKind>(i));
  }
  EXPECT_EQ(city.import(files),
            "offices: 1 unchanged\n"
            "staff: 2 unchanged\n"
            "clients: 2 unchanged\n"
            "safety_checks: 1 unchanged\n"
            "check_ins: 2 known already\n"
            "monitorings: 2 known already\n"
            "contacts: no rows\n"
            "suspensions: no rows\n"
            "absences: no rows\n"
            "acknowledgements: no rows\n");
  const ImportResult again = city.merge(files);
  EXPECT_TRUE(again.changes.periods.empty());

  City other;
  other.import(files);
  for (const auto& [kind, text] : files) EXPECT_EQ(other.export_kind(kind), text) << text;
}

TEST(Importer, TenMistakesAreTenErrors) {
  SmallCity city;
  EXPECT_EQ(
      city.import({{CsvKind::clients,
                    "利用者コード,事業所コード,計画区分,支給決定開始日,支給決定終了日,決定区分,"
                    "モニタリング期間,モニタリング月\n"
                    "C 2,OF-1,regular,2026-04-01,2027-03-31,,,\n"
                    "C-3,OF-9,regular,2026-04-01,2027-03-31,,,\n"
                    "C-4,OF-1,通所,2026-04-01,2027-03-31,,,\n"
                    "C-5,OF-1,regular,平成25年4月31日,2027-03-31,,,\n"
                    "C-6,OF-1,regular,2026-04-01,2026-03-31,,,\n"
                    "C-1,OF-1,regular,2026-04-01,2027-03-31,変更,,\n"
                    "C-8,OF-1,regular,2026-04-01,2027-03-31,,13,\n"
                    "C-9,OF-1,regular,2026-04-01,2027-03-31,,3,2027-04\n"
                    "C-9,OF-1,regular,2026-04-01,2027-03-31,,3,\n"
                    "C-11,OF-1,regular,2026-04-01\n"}}),
      "clients.csv:2: 利用者コード: is not a code: 1 to 64 of A-Z a-z 0-9 . _ -\n"
      "clients.csv:3: 事業所コード: no office OF-9; import it in offices.csv\n"
      "clients.csv:4: 計画区分: is not one of standby_short_stay (お守りの短期入所, お守り), "
      "regular (通常), self_plan (セルフプラン)\n"
      "clients.csv:5: 支給決定開始日: \"平成25年4月31日\" is not a day: 2013-04 ends on "
      "2013-04-30\n"
      "clients.csv:6: 支給決定終了日: C-6: 2026-03-31 is before the start, 2026-04-01\n"
      "clients.csv:7: 支給決定開始日: C-1: 2026-04-01 is the start of a known period; for a "
      "changed decision give the day of the change\n"
      "clients.csv:8: モニタリング期間: \"13\" is not a number from 1 to 12\n"
      "clients.csv:9: モニタリング月: C-9: 2027-04 is outside the period "
      "2026-04-01..2027-03-31\n"
      "clients.csv:10: 支給決定開始日: C-9 2026-04-01 is on line 9 already\n"
      "clients.csv:11: 支給決定終了日: is empty\n");
  EXPECT_FALSE(city.registry.client("C-9").has_value());
}

TEST(Importer, OneMistakeIsNotReportedAgainWhereItsCodeIsUsed) {
  City city;
  EXPECT_EQ(
      city.import({{CsvKind::offices, "office_code,name,supervisor\nOF-1,,SV-1\n"},
                   {CsvKind::staff, "staff_code,name,role\nSV-1,x,boss\n"},
                   {CsvKind::clients, kClientHead + "C-1,OF-1,SV-1,regular,2026-04-01,someday,\n"},
                   {CsvKind::safety_checks, kCheckHead + "S-1,C-1,2026-04-01,0,,,\n"},
                   {CsvKind::check_ins, "check_code,at,outcome\nS-1,2026-11-23,fine\n"},
                   {CsvKind::monitorings, "client_code,on\nC-1,2026-06-31\nC-2,2026-06-30\n"}}),
      "offices.csv:2: name: is empty\n"
      "staff.csv:2: role: is not one of case_manager (相談支援専門員), supervisor (管理者, "
      "市担当者, 市担当), "
      "core_center (基幹相談支援センター, 基幹), operator (システム担当), provider (実施者, "
      "事業者), coordinator (コーディネーター, 拠点コーディネーター, "
      "地域生活支援拠点コーディネーター)\n"
      "clients.csv:2: decision_end: is not a date; write 2026-04-01, 2026/4/1, 令和8年4月1日 "
      "or R8.4.1\n"
      "safety_checks.csv:2: every_days: \"0\" is not a number from 1 to 3660\n"
      "check_ins.csv:2: outcome: is not one of ok (異常なし, 無事, ○), concern (異常あり, "
      "気がかり, "
      "心配), unreachable (不在, 確認できず, ×)\n"
      "monitorings.csv:2: on: \"2026-06-31\" is not a day: 2026-06 ends on 2026-06-30\n"
      "monitorings.csv:3: client_code: no client C-2; import it in clients.csv\n");
}

TEST(Importer, ARenewalTwoWeeksEarly) {
  SmallCity city;
  EXPECT_EQ(
      city.import({{CsvKind::clients, kClientHead + "C-1,OF-1,SM-1,standby_short_stay,2027-04-01,"
                                                    "2028-03-31,renewal\n"}}),
      "clients: 1 new\n"
      "  clients C-1 2027-04-01: new\n");
  ASSERT_EQ(city.registry.periods("C-1").size(), 2U);
  EXPECT_EQ(to_string(city.registry.periods("C-1")[0].period.end), "2027-03-31");
  EXPECT_FALSE(city.registry.periods("C-1")[0].cut);
}

TEST(Importer, ADecisionIsCorrectedOrCut) {
  SmallCity city;
  EXPECT_EQ(
      city.import({{CsvKind::clients, kClientHead + "C-1,OF-1,,regular,2026-04-01,2026-12-31,\n"}}),
      "clients: 1 changed\n"
      "  clients C-1 2026-04-01: case_manager SM-1 -> (empty), plan_kind standby_short_stay "
      "-> regular, decision_end 2027-03-31 -> 2026-12-31\n");
  EXPECT_EQ(city.import({{CsvKind::clients,
                          kClientHead + "C-1,OF-1,SM-1,regular,2026-12-01,2027-11-30,changed\n"}}),
            "clients: 1 new\n"
            "  clients C-1 2026-12-01: new\n"
            "  clients C-1: case_manager (empty) -> SM-1\n"
            "  clients C-1 2026-04-01: decision_end 2026-12-31 -> 2026-11-30 (a later decision "
            "begins)\n");
  ASSERT_EQ(city.registry.periods("C-1").size(), 2U);
  EXPECT_TRUE(city.registry.periods("C-1")[0].cut);
}

TEST(Importer, RowsOfOneClientInAnyOrderOfTheFile) {
  SmallCity city;
  const std::string rows =
      "C-2,OF-1,SM-1,regular,2026-10-01,2027-03-31,changed\n"
      "C-2,OF-1,SV-1,regular,2026-04-01,2027-03-31,\n";
  EXPECT_EQ(city.import({{CsvKind::clients, kClientHead + rows}}),
            "clients: 2 new\n"
            "1 known client is not in clients.csv and stays as it is: C-1\n"
            "  clients C-2 2026-04-01: new\n"
            "  clients C-2 2026-10-01: new\n"
            "warning clients.csv:3: case_manager: SV-1 has the role supervisor\n"
            "warning clients.csv:3: client_code: C-2 is described differently on line 2, which "
            "counts because its decision_start is later\n");
  EXPECT_EQ(city.registry.client("C-2")->case_manager, "SM-1");
  EXPECT_EQ(to_string(city.registry.periods("C-2").at(0).period.end), "2026-09-30");
  const ImportResult again = city.merge({{CsvKind::clients, kClientHead + rows}});
  EXPECT_TRUE(again.errors.empty());
  EXPECT_TRUE(again.changes.clients.empty() && again.changes.periods.empty())
      << "importing the same file twice changes nothing";
}

TEST(Importer, WatchedFromIsKeptUnlessTheColumnHasAValue) {
  SmallCity city;
  const auto said = [&](const std::string& cell) {
    const std::string text =
        city.import({{CsvKind::clients,
                      "client_code,office_code,plan_kind,decision_start,decision_end,"
                      "watched_from\nC-1,OF-1,standby_short_stay,2026-04-01,2027-03-31," +
                          cell + "\n"}});
    return text + to_string(city.registry.client("C-1")->watched_from);
  };
  EXPECT_EQ(said(""), "clients: 1 unchanged\n2026-11-24");
  EXPECT_EQ(said("R8.4.1"),
            "clients: 1 changed\n"
            "  clients C-1 2026-04-01: watched_from 2026-11-24 -> 2026-04-01\n2026-04-01");
  EXPECT_EQ(said(""), "clients: 1 unchanged\n2026-04-01");
  EXPECT_EQ(city.registry.client("C-1")->case_manager, "SM-1") << "absent column: kept";
}

TEST(Importer, NamesAndFreeTextAreOnlySaidToChange) {
  SmallCity city;
  EXPECT_EQ(city.import({{CsvKind::staff,
                          "staff_code,name,role,email,until\n"
                          "SM-1,見本 三郎,supervisor,,R9.3.31\n"},
                         {CsvKind::safety_checks,
                          "check_code,client_code,from,every_days,method,"
                          "provider\nS-1,C-1,2026-04-01,14,電話,民生委員\n"}}),
            "staff: 1 changed\n"
            "safety_checks: 1 changed\n"
            "  staff SM-1: name changed, role case_manager -> supervisor, email cleared, until "
            "(empty) -> 2027-03-31\n"
            "  safety_checks S-1: provider set, method set, every_days 30 -> 14\n"
            "warning staff.csv:2: channels: SM-1 is to be told by email but has no address\n");
}

TEST(Importer, WhatAProviderCallsSomebodyIsKeptUntilTheProviderChanges) {
  SmallCity city;
  const auto import = [&](const std::string& titles, const std::string& cells) {
    return city.import({{CsvKind::safety_checks, "check_code,client_code,from,every_days" + titles +
                                                     "\nS-1,C-1,2026-04-01,30" + cells + "\n"}});
  };
  const auto kept = [&] { return city.registry.check("S-1")->provider_ref; };
  EXPECT_EQ(import(",実施者,事業所の番号", ",PR-1,通所 12"),
            "safety_checks: 1 changed\n  safety_checks S-1: provider set, provider_ref set\n");
  EXPECT_EQ(kept(), "通所 12");
  import(",provider", ",PR-1");
  EXPECT_EQ(kept(), "通所 12") << "absent column: kept";
  import(",provider", ",PR-2");
  EXPECT_EQ(kept(), "") << "it is nothing for the next provider";
  import(",provider,provider_ref", ",PR-1,x");
  EXPECT_EQ(kept(), "x");
  import(",provider_ref", ",");
  EXPECT_EQ(kept(), "") << "empty cell: cleared";
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "字";
  import(",provider_ref", "," + forty);
  EXPECT_EQ(kept(), forty);
  EXPECT_THAT(import(",provider_ref", "," + forty + "x"),
              testing::HasSubstr("provider_ref: is too long: 41 characters, at most 40"));
  EXPECT_THAT(import(",provider_ref",
                     ",a\x01"
                     "b"),
              testing::HasSubstr("provider_ref: has "));
  EXPECT_EQ(kept(), forty);
}

TEST(Importer, StaffMayComeLaterOfficesAndClientsMayNot) {
  City city;
  EXPECT_EQ(
      city.import(
          {{CsvKind::offices, "office_code,name,supervisor,core_center\nOF-1,x,SV-1,SV-2\n"},
           {CsvKind::staff, "staff_code,name,role,email\nSV-2,y,supervisor,y@example.com\n"},
           {CsvKind::clients, kClientHead + "C-1,OF-1,SM-9,regular,2026-04-01,2027-03-31,\n"
                                            "C-2,OF-1,SM-9,regular,2026-04-01,2027-03-31,\n"}}),
      "offices: 1 new\n"
      "staff: 1 new\n"
      "clients: 2 new\n"
      "  offices OF-1: new\n"
      "  staff SV-2: new\n"
      "  clients C-1 2026-04-01: new\n"
      "  clients C-2 2026-04-01: new\n"
      "warning offices.csv:2: supervisor: no staff SV-1 yet\n"
      "warning offices.csv:2: core_center: SV-2 has the role supervisor, not core_center\n"
      "warning clients.csv:2: case_manager: no staff SM-9 yet\n");
  EXPECT_EQ(city.import({{CsvKind::staff, "staff_code,name,role,office_code\nA,a,provider,OF-9\n"},
                         {CsvKind::safety_checks, kCheckHead + "S-1,C-9,2026-04-01,30,7,,\n"},
                         {CsvKind::check_ins, "check_code,at,outcome\nS-9,2026-11-23,ok\n"}}),
            "staff.csv:2: office_code: no office OF-9; import it in offices.csv\n"
            "safety_checks.csv:2: client_code: no client C-9; import it in clients.csv\n"
            "check_ins.csv:2: check_code: no safety check S-9; import it in safety_checks.csv\n");
}

// `changed` of `all` known clients lose their case manager.
bool needs_yes(int all, int changed) {
  City city;
  std::string before, after;
  for (int i = 0; i < all; ++i) {
    const std::string code = "C-" + std::to_string(i);
    before += code + ",OF-1,SM-1,regular,2026-04-01,2027-03-31,\n";
    after += code + ",OF-1," + (i < changed ? "" : "SM-1") + ",regular,2026-04-01,2027-03-31,\n";
  }
  city.import({{CsvKind::offices, kOffices}, {CsvKind::staff, kStaff}});
  EXPECT_FALSE(city.merge({{CsvKind::clients, kClientHead + before}}).needs_yes()) << "all are new";
  city.import({{CsvKind::clients, kClientHead + before}});
  return city.merge({{CsvKind::clients, kClientHead + after}}).needs_yes();
}

TEST(Importer, ALargeChangeAsks) {
  EXPECT_FALSE(needs_yes(10, 10)) << "all, but no more than 10";
  EXPECT_TRUE(needs_yes(11, 11));
  EXPECT_FALSE(needs_yes(55, 11)) << "20 %";
  EXPECT_TRUE(needs_yes(54, 11));
  EXPECT_FALSE(needs_yes(60, 12));
  EXPECT_TRUE(needs_yes(60, 13));
}

TEST(Importer, RenewalsOfEverybodyDoNotAskAnotherPlanKindDoes) {
  City city;
  std::string before, renewed, slipped;
  for (int i = 0; i < 30; ++i) {
    const std::string code = "C-" + std::to_string(i) + ",OF-1,,";
    before += code + "regular,2026-04-01,2027-03-31,\n";
    renewed += code + "regular,2027-04-01,2028-03-31,\n";
    slipped += code + "self_plan,2027-04-01,2028-03-31,\n";
  }
  city.import({{CsvKind::offices, kOffices}, {CsvKind::clients, kClientHead + before}});
  EXPECT_FALSE(city.merge({{CsvKind::clients, kClientHead + renewed}}).needs_yes());
  EXPECT_TRUE(city.merge({{CsvKind::clients, kClientHead + slipped}}).needs_yes());
}

}  // namespace
}  // namespace omamori
