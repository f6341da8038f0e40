// A list of attendance that a provider drops on their page: read by the importer, all or nothing,
// and of their own checks alone.
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/attendance_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AttendanceFile : public AttendanceTest {};

TEST_F(AttendanceFile, IsRecordedAsItStands) {
  const HttpResponse page = send_file(
      "check_code,at,outcome,by,note\r\nS-1,2026-05-14 "
      "10:30,ok,見本,元気\r\nS-2,R8.5.13,不在,,\r\n");
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, AllOf(HasSubstr("記録しました（2件）"), Not(HasSubstr("元気"))));
  EXPECT_THAT(records(),
              ElementsAre("S-1 ok 2026-05-14 by 見本", "S-2 unreachable 2026-05-13 by PR-1"));
  EXPECT_THAT(journalled("record.check_in"), ElementsAre("link:PR-1", "link:PR-1"));
}

TEST_F(AttendanceFile, MayBeWrittenAsTheImporterTakesIt) {
  EXPECT_EQ(send_file("\xEF\xBB\xBF結果,確認日時,安否確認コード\n異常なし,2026/5/12,S-1\n").status,
            200);
  // 安否確認コード,確認日時,結果 / S-2,2026-05-12,不在 in CP932.
  EXPECT_EQ(send_file("\x88\xC0\x94\xDB\x8A\x6D\x94\x46\x83\x52\x81\x5B\x83\x68,"
                      "\x8A\x6D\x94\x46\x93\xFA\x8E\x9E,\x8C\x8B\x89\xCA\r\n"
                      "S-2,2026-05-12,\x95\x73\x8D\xDD\r\n")
                .status,
            200);
  EXPECT_THAT(records(),
              ElementsAre("S-1 ok 2026-05-12 by PR-1", "S-2 unreachable 2026-05-12 by PR-1"));
}

TEST_F(AttendanceFile, ACellThatIsWarnedOfIsNoRecordThatWasVoided) {
  // Of a client who had a decision then: else so old a day is refused.
  ASSERT_EQ(import({{CsvKind::clients,
                     "client_code,office_code,plan_kind,decision_start,decision_end\n"
                     "C-1,OF-1,standby_short_stay,2020-04-01,2021-03-31\n"}}),
            "");
  const HttpResponse page = send_file("check_code,at,outcome\nS-1,R1.4.30,○\n");
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, HasSubstr("記録しました（1件）"));
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2019-04-30 by PR-1"));
}

TEST_F(AttendanceFile, WithOneMistakeRecordsNothingAndSaysAllOfThem) {
  const HttpResponse page = send_file(
      "check_code,at,outcome\nS-1,2026-05-14,ok\nS-2,2026-05-16,ok\nS-1,never,ok\nS-2,2026-05-14,"
      "fine\n");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, AllOf(HasSubstr("ファイルからは、まだ何も記録していません"),
                               HasSubstr("3行目 at: "), HasSubstr("is in the future"),
                               HasSubstr("4行目 at: "), HasSubstr("5行目 outcome: ")));
  EXPECT_LT(page.body.find("3行目"), page.body.find("5行目"));
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendanceFile, SaysOfAnothersCheckWhatItSaysOfNone) {
  const auto said = [&](const std::string& check) {
    std::string body =
        send_file("check_code,at,outcome\nS-1,2026-05-14,ok\n" + check + ",2026-05-14,ok\n").body;
    return body;
  };
  const std::string others = said("S-9");
  EXPECT_THAT(others, AllOf(HasSubstr("3行目 check_code: この一覧にない安否確認です"),
                            Not(HasSubstr("S-9")), Not(HasSubstr("safety_checks.csv"))));
  EXPECT_EQ(others, said("S-0"));
  // Nor does a row with another mistake, or a day on which it is known, say more.
  ASSERT_EQ(
      static_cast<int>(
          run("record check-in", {{"check", "S-9"}, {"at", "2026-05-14"}, {"outcome", "ok"}}).exit),
      0);
  EXPECT_EQ(others, said("S-9"));
  EXPECT_THAT(records(), ElementsAre("S-9 ok 2026-05-14 by "));
}

TEST_F(AttendanceFile, ThatIsNoneIsRefusedWithWords) {
  for (const char* csv : {"", "\r\n", "check_code,at,outcome\n", "S-1,2026-05-14,ok\n", "\x01\x02",
                          "check_code,at\nS-1,2026-05-14\n", "client_code,on\nC-1,2026-05-14\n"}) {
    const HttpResponse page = send_file(csv);
    EXPECT_EQ(page.status, 422) << csv;
    EXPECT_THAT(page.body, HasSubstr("ファイルからは、まだ何も記録していません")) << csv;
  }
  EXPECT_EQ(send_file("check_code,at,outcome\nS-1,2026-05-14,ok\n", "other").status, 422);
  EXPECT_EQ(ask("POST", link() + "/file", "file=x").status, 422) << "not sent as a file";
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendanceFile, SentAgainIsAnsweredAlikeAndALongerOneAddsWhatIsNew) {
  const std::string csv = "check_code,at,outcome\nS-1,2026-05-13,ok\n";
  const HttpResponse first = send_file(csv);
  EXPECT_EQ(send_file(csv).body, first.body);
  EXPECT_THAT(records(), SizeIs(1));
  const HttpResponse longer = send_file(csv + "S-1,2026-05-14,ok\n");
  EXPECT_THAT(longer.body,
              AllOf(HasSubstr("記録しました（1件）"), HasSubstr("すでに記録がありました")));
  EXPECT_THAT(records(), SizeIs(2));
}

TEST_F(AttendanceFile, MeetsWhatTheFormRecorded) {
  post(link(), "on=2026-05-14&outcome-S-1=ok");
  EXPECT_THAT(send_file("check_code,at,outcome,by\nS-1,2026-05-14 16:00,ok,見本\n").body,
              HasSubstr("すでに記録がありました"));
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2026-05-14 by PR-1"));
}

TEST_F(AttendanceFile, DoesNotBringBackWhatWasVoided) {
  send_file("check_code,at,outcome,by\nS-1,2026-05-14,ok,見本\n");
  ASSERT_EQ(
      static_cast<int>(run("void", {{"kind", "check-in"}, {"id", "1"}, {"reason", "wrong"}}).exit),
      0);
  const HttpResponse page =
      send_file("check_code,at,outcome,by\nS-1,2026-05-14,ok,見本\nS-2,2026-05-14,ok,\n");
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("記録しました（1件）"), HasSubstr("取り消された記録です")));
  EXPECT_THAT(records(), ElementsAre("S-2 ok 2026-05-14 by PR-1"));
}

TEST_F(AttendanceFile, IsUndoneAsAWhole) {
  const std::string nonce = nonce_in(send_file(
      "check_code,at,outcome\nS-1,2026-05-13,ok\nS-1,2026-05-14,concern\nS-2,2026-05-14,ok\n"));
  ASSERT_THAT(records(), SizeIs(3));
  EXPECT_EQ(post(link() + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendanceFile, OfMoreRowsThanAProviderWritesIsRefused) {
  std::string csv = "check_code,at,outcome\n";
  for (int i = 0; i < 5000; ++i) csv += "S-1,2026-05-14,unreachable\n";
  EXPECT_EQ(send_file(csv).status, 200) << "rows that repeat each other are one";
  EXPECT_THAT(send_file(csv + "S-1,2026-05-14,unreachable\n").body, HasSubstr("5000行まで"));
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(AttendanceFile, MayBeAMegabyteAndNoForm) {
  EXPECT_EQ(most_body("/attendance/TOKEN/file"), std::size_t{1024} * 1024);
  EXPECT_EQ(most_body("/a/TOKEN"), std::size_t{64} * 1024);
}

}  // namespace
}  // namespace omamori
