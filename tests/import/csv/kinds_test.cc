#include "daemon/import/csv/kinds.h"

#include <gtest/gtest.h>

#include "daemon/import/csv/encoding.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

CsvImport read(CsvKind kind, std::string_view text) {
  CsvImport import;
  read_csv(kind, std::string(csv_word(kind)) + ".csv", text, Zone("Asia/Tokyo"), import);
  return import;
}

std::string errors_of(CsvKind kind, std::string_view text) {
  std::string out;
  for (const auto& error : read(kind, text).errors) out += to_string(error) + "\n";
  return out;
}

TEST(Kinds, JapaneseHeadersInAnyOrderInCp932) {
  const auto import =
      read(CsvKind::clients, encode_cp932("支給決定終了日,利用者コード,事業所コード,"
                                          "計画区分,支給決定開始日,モニタリング期間,"
                                          "利用者名\n"
                                          "R9.3.31,C-1,OF-1,お守りの短期入所,"
                                          "令和8年4月1日,6か月,見本 花子\n"));
  ASSERT_EQ(import.errors, std::vector<CsvError>{});
  ASSERT_EQ(import.clients.rows.size(), 1U);
  const ClientRow& row = import.clients.rows[0];
  EXPECT_TRUE(row.whole);
  EXPECT_EQ(row.line, 2);
  EXPECT_EQ(row.code, "C-1");
  EXPECT_EQ(row.plan_kind, PlanKind::standby_short_stay);
  EXPECT_EQ(to_string(row.decision_start), "2026-04-01");
  EXPECT_EQ(to_string(row.decision_end), "2027-03-31");
  EXPECT_EQ(row.interval_months.value, 6);
  EXPECT_EQ(row.name.value, "見本 花子");
}

TEST(Kinds, AnAbsentColumnAnEmptyCellAndAValueAreThreeThings) {
  const auto import = read(CsvKind::staff,
                           "staff_code,name,role,email,channels\n"
                           "SM-1,見本,case_manager,,webhook email\n");
  ASSERT_EQ(import.errors, std::vector<CsvError>{});
  const StaffRow& row = import.staff.rows.at(0);
  std::string office = "OF-1", email = "a@example.com";
  std::vector<Channel> channels{Channel::file};
  row.office.apply_to(office);
  row.email.apply_to(email);
  row.channels.apply_to(channels);
  EXPECT_EQ(office, "OF-1") << "no column: kept";
  EXPECT_EQ(email, "") << "empty cell: cleared";
  EXPECT_EQ(channels, (std::vector<Channel>{Channel::webhook, Channel::email})) << "in order";
}

TEST(Kinds, HeadersThatCannotBeMeant) {
  const struct {
    const char* what;
    CsvKind kind;
    const char* text;
    const char* errors;
  } rows[] = {
      {"unknown", CsvKind::offices, "office_code,name,supervisr\n",
       "offices.csv:1: supervisr: unknown column; did you mean supervisor?\n"},
      {"unknown, Japanese", CsvKind::offices, "事業所コード,事業所名称\n",
       "offices.csv:1: 事業所名称: unknown column; did you mean 事業所名?\n"
       "offices.csv:1: name: the column is missing [事業所名]\n"},
      {"twice", CsvKind::offices, "office_code,name,事業所名\n",
       "offices.csv:1: 事業所名: column 3 is the same as column 2 (name)\n"},
      {"missing, all of them", CsvKind::check_ins, "\n結果\n",
       "check_ins.csv:2: check_code: the column is missing [安否確認コード]\n"
       "check_ins.csv:2: at: the column is missing [確認日時]\n"},
      {"a nameless column with cells", CsvKind::offices, "office_code,name,\nOF-1,A,x\n",
       "offices.csv:1: column 3 has cells but no header\n"},
      {"a nameless empty column", CsvKind::offices, "Office_Code,name,\nOF-1,A,\n", ""},
      {"no header: the row of data is not repeated", CsvKind::clients, "C-1,見本 花子,OF-1\n",
       "clients.csv:1: has no known column in its first line; it must be the header, with at least "
       "client_code, office_code, plan_kind, decision_start, decision_end\n"},
      {"nothing", CsvKind::offices, "\n\n",
       "offices.csv: is empty; the first line must be the header\n"},
      {"header only", CsvKind::offices, "office_code,name\n", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(errors_of(row.kind, row.text), row.errors) << row.what;
}

TEST(Kinds, EveryWrongCellIsNamedWithoutRepeatingWhatMayBeAName) {
  EXPECT_EQ(errors_of(CsvKind::clients,
                      "client_code,office_code,plan_kind,decision_start,decision_end,"
                      "interval_months,decision_kind,name\n"
                      "見本 花子,OF-1,standbye,R8.4.31,2027-03-31,13,renewed,\n"
                      ",OF 1,regular,2026-04-01,,0,,\n"
                      "C-3,OF-1,regular,花子,2027-03-31,１２,更新,\"a\nb\"\n"
                      "C-4,OF-1,regular,2026-04-01,2027-03-31,毎月,変更,ok\n"),
            "clients.csv:2: client_code: is not a code: 1 to 64 of A-Z a-z 0-9 . _ -\n"
            "clients.csv:2: plan_kind: is not one of standby_short_stay "
            "(お守りの短期入所, お守り), regular (通常), self_plan (セルフプラン)\n"
            "clients.csv:2: decision_start: \"R8.4.31\" is not a day: 2026-04 ends on 2026-04-30\n"
            "clients.csv:2: decision_kind: is not one of renewal (更新), new (新規), changed "
            "(変更, 変更決定, 著しい変更)\n"
            "clients.csv:2: interval_months: \"13\" is not a number from 1 to 12\n"
            "clients.csv:3: client_code: is empty\n"
            "clients.csv:3: office_code: is not a code: 1 to 64 of A-Z a-z 0-9 . _ -\n"
            "clients.csv:3: decision_end: is empty\n"
            "clients.csv:3: interval_months: \"0\" is not a number from 1 to 12\n"
            "clients.csv:4: decision_start: is not a date; write 2026-04-01, 2026/4/1, "
            "令和8年4月1日 or R8.4.1\n");
}

TEST(Kinds, CodesToTheEdges) {
  const std::string longest(64, 'x');
  for (const std::string& good : {std::string("a"), std::string("A-Z.0_9"), longest}) {
    EXPECT_EQ(read_code(good).value, good);
  }
  for (const std::string& bad : {longest + "x", std::string("a b"), std::string("あ"),
                                 std::string("a/b"), std::string("a,b")}) {
    EXPECT_FALSE(read_code(bad).value.has_value()) << bad;
  }
}

// Which ones: tests/contract/mail_addresses_test.cc.
TEST(Kinds, AnEmailAddressThatIsNoneIsToldWhatIsWrong) {
  EXPECT_EQ(read_email("taro.mihon+x@city.example.org").value, "taro.mihon+x@city.example.org");
  EXPECT_EQ(read_email("taro@localhost").error,
            "is not one email address: what stands after the @ is not a host name like example.jp");
}

TEST(Kinds, DaysOfAChecksRhythm) {
  EXPECT_EQ(errors_of(CsvKind::safety_checks,
                      "check_code,client_code,from,every_days,grace_days,extends_to_months\n"
                      "S-1,C-1,2026-04-01,1,0,1\n"
                      "S-2,C-1,2026-04-01,30日,7日,12か月\n"
                      "S-3,C-1,2026-04-01,0,-1,0\n"
                      "S-4,C-1,2026-04-01,3661,1.5,13\n"),
            "safety_checks.csv:4: every_days: \"0\" is not a number from 1 to 3660\n"
            "safety_checks.csv:4: grace_days: \"-1\" is not a number from 0 to 3660\n"
            "safety_checks.csv:4: extends_to_months: \"0\" is not a number from 1 to 12\n"
            "safety_checks.csv:5: every_days: \"3661\" is not a number from 1 to 3660\n"
            "safety_checks.csv:5: grace_days: \"1.5\" is not a number from 0 to 3660\n"
            "safety_checks.csv:5: extends_to_months: \"13\" is not a number from 1 to 12\n");
}

TEST(Kinds, WhatASpreadsheetMakesOfACodeIsNamed) {
  const std::string shortened =
      "is a number that the spreadsheet has shortened; format the column as text (文字列) there "
      "and "
      "type it again";
  const std::string date =
      "is a date; if the spreadsheet has made one of a code, format the column as text (文字列) "
      "there "
      "and type it again";
  const struct {
    const char* code;
    std::string error;
  } rows[] = {
      {"9.9E+09", shortened},
      {"1E+05", shortened},
      {"９．９Ｅ＋０９", shortened},
      {"1月2日", date},
      {"2026/1/2", date},
      {"9.9E9", ""},
      {"E+09", read_code("!").error},
  };
  for (const auto& row : rows) EXPECT_EQ(read_code(row.code).error, row.error) << row.code;
  EXPECT_EQ(read_code("ＯＦ－１").value, "OF-1");
  EXPECT_EQ(read_code("ＯＦー１").value, "OF-1");
  EXPECT_EQ(
      errors_of(CsvKind::offices,
                "office_code,name,supervisor\n"
                "9.9E+09,#REF!,#N/A\n"
                "OF-1,#1,####\n"),
      "offices.csv:2: office_code: \"9.9E+09\" " + shortened +
          "\n"
          "offices.csv:2: name: is an error of the spreadsheet, #REF!; mend it there\n"
          "offices.csv:2: supervisor: is an error of the spreadsheet, #N/A; mend it there\n"
          "offices.csv:3: supervisor: is ###…: the column was too narrow when the spreadsheet "
          "was saved; widen it and save again\n")
      << "#1 is a name like any other";
}

TEST(Kinds, ANumberOfACertificateHasTenDigits) {
  const struct {
    const char* number;
    const char* value;
    const char* warning;
  } rows[] = {
      {"0123456789", "0123456789", ""},
      {"０１２３４５６７８９", "0123456789", ""},
      {"123456789", "123456789",
       "has 9 digits, and the number of a certificate ten; did the spreadsheet cut zeros in "
       "front?"},
      {"01234567890", "01234567890", "has 11 digits, and the number of a certificate ten"},
      {"A-1", "A-1", "is not the number of a certificate: that has ten digits"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(read_certificate(row.number).value, row.value);
    EXPECT_EQ(read_certificate(row.number).warning, row.warning) << row.number;
  }
  EXPECT_FALSE(read_certificate("1.23457E+09").value.has_value());
  const auto import = read(CsvKind::clients,
                           "client_code,certificate_no,office_code,plan_kind,decision_start,"
                           "decision_end\n"
                           "C-1,123456789,OF-1,regular,R1.4.30,2027-03-31\n");
  ASSERT_EQ(import.warnings.size(), 2U);
  EXPECT_EQ(import.warnings[0].message, rows[2].warning) << "the number is not repeated (P7)";
  EXPECT_EQ(to_string(import.warnings[1]).substr(0, 50),
            "clients.csv:2: decision_start: \"R1.4.30\" is before");
}

TEST(Kinds, HeadersAreReadHoweverASpreadsheetKeepsThem) {
  for (const char* header :
       {"client_code\xC2\xA0,on", "利用者ｺｰﾄﾞ,実施日", "\"利用者\nコード\",実 施 日",
        "\xEF\xBB\xBF\xEF\xBB\xBF利用者コード,実施日", "Client Code,ＯＮ",
        "利用者コート\xE3\x82\x99,実施日"}) {
    const auto import =
        read(CsvKind::monitorings, std::string(header) + "\nＣ－１,2026/4/1 0:00,,\n");
    EXPECT_EQ(import.errors, std::vector<CsvError>{}) << header;
    ASSERT_EQ(import.monitorings.rows.size(), 1U);
    EXPECT_EQ(import.monitorings.rows[0].client, "C-1");
  }
  EXPECT_EQ(errors_of(CsvKind::offices, "office_code,\"事業所\n名 称\"\n"),
            "offices.csv:1: 事業所 名 称: unknown column; did you mean 事業所名?\n"
            "offices.csv:1: name: the column is missing [事業所名]\n");
}

TEST(Kinds, ALineBreakInANoteIsASpace) {
  const auto import = read(CsvKind::check_ins,
                           "check_code,at,outcome,note\n"
                           "\"S-1\n\",2026-04-01,ok,\"食事 可\r\n散歩\t庭\n\"\n"
                           "\"S\n1\",2026-04-02,ok,\n");
  EXPECT_EQ(import.check_ins.rows.at(0).note, "食事 可 散歩 庭");
  EXPECT_EQ(import.check_ins.rows.at(0).check, "S-1");
  ASSERT_EQ(import.errors.size(), 1U);
  EXPECT_EQ(to_string(import.errors[0]),
            "check_ins.csv:6: check_code: has a line break inside a cell; write it on one line");
}

TEST(Kinds, ABreakAtTheEdgeOfATextIsNoneOfIt) {
  const auto import = read(CsvKind::offices,
                           "office_code,name\n"
                           "OF-1,\"'\t見本\"\n"
                           "OF-2,\"見本\v\"\n"
                           "OF-3,\"\xE2\x80\xA8 見本\xE2\x80\xA9\"\n"
                           "OF-4,\"'\t\v\"\n");
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(import.offices.rows.at(i).name, "見本") << i;
  ASSERT_EQ(import.errors.size(), 1U);
  EXPECT_EQ(to_string(import.errors[0]), "offices.csv:5: name: is empty");
}

TEST(Kinds, CirclesAndCrossesAreOutcomesAndATriangleIsNone) {
  for (const char* ok : {"○", "◯", "〇", " ○ "})
    EXPECT_EQ(read_outcome(ok).value, Outcome::ok) << ok;
  for (const char* away : {"×", "✕", "☓"}) {
    EXPECT_EQ(read_outcome(away).value, Outcome::unreachable) << away;
  }
  EXPECT_EQ(read_outcome("異常　なし").value, Outcome::ok);
  const std::string words =
      "ok (異常なし, 無事, ○), concern (異常あり, 気がかり, 心配), unreachable (不在, 確認できず, "
      "×)";
  EXPECT_EQ(read_outcome("△").error, "does not say which; write one of " + words);
  EXPECT_EQ(read_outcome("▲").error, "does not say which; write one of " + words);
  EXPECT_EQ(read_outcome("欠席").error, "is not one of " + words);
  EXPECT_FALSE(read_fail_means("○").value.has_value()) << "a script that fails is never ok";
}

TEST(Kinds, AProviderIsACodeOrText) {
  EXPECT_EQ(read_provider("ＰＲ－１").value, "PR-1");
  EXPECT_EQ(read_provider("民生委員 見本").value, "民生委員 見本");
  EXPECT_EQ(read_provider("ｾﾝﾀｰ（東）").value, "ｾﾝﾀｰ（東）") << "text stays as it is written";
}

TEST(Kinds, WordsInBothLanguages) {
  const auto import = read(CsvKind::check_ins,
                           "check_code,at,outcome,by\n"
                           "S-1,2026-04-01 09:30,OK,見本\n"
                           "S-1,2026-04-02,異常あり,\n"
                           "S-1,2026-04-03,不在,\n");
  ASSERT_EQ(import.errors, std::vector<CsvError>{});
  ASSERT_EQ(import.check_ins.rows.size(), 3U);
  EXPECT_EQ(import.check_ins.rows[0].outcome, Outcome::ok);
  EXPECT_FALSE(import.check_ins.rows[0].day_only);
  EXPECT_EQ(import.check_ins.rows[1].outcome, Outcome::concern);
  EXPECT_TRUE(import.check_ins.rows[1].day_only);
  EXPECT_EQ(import.check_ins.rows[2].outcome, Outcome::unreachable);
}

}  // namespace
}  // namespace omamori
