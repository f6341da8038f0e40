// P8: what a provider can do with the page of attendance, and what nobody can.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/door_records.h"
#include "tests/support/attendance_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AttendancePage : public AttendanceTest {};

TEST_F(AttendancePage, ShowsEverybodyOfTheirsByCodeAndOwnName) {
  const HttpResponse page = ask("GET", link());
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("確認の記録（2人）"), HasSubstr("C-1"), HasSubstr("C-2"),
                               HasSubstr("青 &lt;12&gt;"), HasSubstr("5/22までに確認")));
  EXPECT_THAT(page.body, AllOf(HasSubstr("きょうは確認日でない方（1人）"), HasSubstr("赤 3"),
                               HasSubstr("次の確認日 6/30")));
  EXPECT_LT(page.body.find("C-2"), page.body.find("C-3")) << "who is not due is folded below";
  EXPECT_THAT(page.body,
              AllOf(Not(HasSubstr("S-9")), Not(HasSubstr("別名")), Not(HasSubstr("花子")),
                    Not(HasSubstr("9876543210")), Not(HasSubstr("通所")), Not(HasSubstr("checked")),
                    Not(HasSubstr("value=\"2026"))));
}

TEST_F(AttendancePage, LookingChangesNothing) {
  const std::string path = link();
  const auto head = store->journal().head().seq;
  for (const char* method : {"GET", "HEAD"}) EXPECT_EQ(ask(method, path).status, 200);
  for (const char* more : {"/file", "/undo"}) EXPECT_EQ(ask("GET", path + more).status, 404);
  EXPECT_EQ(store->journal().head().seq, head);
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendancePage, SaysWhoHasLapsedAndPutsThemFirst) {
  link();
  ASSERT_THAT(post(link(), "on=2026-05-15&outcome-S-1=ok").body, HasSubstr("記録しました"));
  at("2026-05-23T09:00:00+09:00");
  const std::string page = ask("GET", link()).body;
  EXPECT_THAT(page, HasSubstr("5/23から途切れ"));
  EXPECT_LT(page.find("C-2"), page.find("C-1"));
}

TEST_F(AttendancePage, WhereNobodyIsDueSaysSo) {
  post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok");
  EXPECT_THAT(ask("GET", link()).body, AllOf(HasSubstr("きょう確認する方はいません"),
                                             HasSubstr("きょうは確認日でない方（3人）")));
}

TEST_F(AttendancePage, LeavesOutWhoseServiceOrCheckIsOver) {
  const std::string path = link();
  at("2026-05-15T12:00:00+09:00");
  ASSERT_EQ(static_cast<int>(run("end", {{"client", "C-1"}, {"on", "2026-05-15"}}).exit), 0);
  at("2026-05-16T12:00:00+09:00");
  EXPECT_THAT(ask("GET", path).body, AllOf(Not(HasSubstr("C-1")), HasSubstr("C-2")));
}

TEST_F(AttendancePage, LeavesOutChecksThatAreNotInForce) {
  const auto with = [&](const std::string& row) {
    EXPECT_EQ(import({{CsvKind::safety_checks,
                       "check_code,client_code,provider,from,until,every_days,agreed_on\n" + row +
                           "\n"}}),
              "");
    return ask("GET", link()).body;
  };
  EXPECT_THAT(with("S-8,C-3,PR-1,2026-05-15,,30,2026-04-01"), HasSubstr("S-8"));
  EXPECT_THAT(with("S-8,C-3,PR-1,2026-05-16,,30,2026-04-01"), Not(HasSubstr("S-8")));
  EXPECT_THAT(with("S-8,C-3,PR-1,2026-05-01,,30,"), Not(HasSubstr("S-8")));
  EXPECT_THAT(with("S-8,C-3,PR-1,2026-05-01,2026-05-15,30,2026-04-01"), HasSubstr("S-8"));
  EXPECT_THAT(with("S-8,C-3,PR-1,2026-05-01,2026-05-14,30,2026-04-01"), Not(HasSubstr("S-8")));
}

TEST_F(AttendancePage, FoldsWhoIsAwayBelow) {
  const std::string path = link();
  ASSERT_EQ(
      static_cast<int>(
          run("suspend",
              {{"client", "C-2"}, {"from", "2026-05-15"}, {"until", "2026-05-15"}, {"reason", "x"}})
              .exit),
      0);
  EXPECT_THAT(ask("GET", path).body, AllOf(HasSubstr("確認の記録（1人）"), HasSubstr("C-2")));
  at("2026-05-16T09:00:00+09:00");
  EXPECT_THAT(ask("GET", path).body, HasSubstr("確認の記録（2人）"));
}

TEST_F(AttendancePage, SpeaksTheLanguageThatIsAskedFor) {
  HttpRequest request;
  request.method = "GET";
  request.path = link();
  request.query["lang"] = "en";
  WebContext context{*service, [] { return true; }};
  EXPECT_THAT(answer_http(request, context).body,
              AllOf(HasSubstr("Record those chosen"), Not(HasSubstr("来た"))));
}

class AttendanceForm : public AttendanceTest {};

TEST_F(AttendanceForm, RecordsThoseWhoWereChosenTogether) {
  const HttpResponse page =
      post(link(), "on=2026-05-14&outcome-S-1=ok&outcome-S-2=unreachable&on-S-2=5%2F13");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("記録しました（2件）"), HasSubstr("青 &lt;12&gt;"),
                               HasSubstr("5/13")));
  EXPECT_THAT(records(),
              ElementsAre("S-1 ok 2026-05-14 by PR-1", "S-2 unreachable 2026-05-13 by PR-1"));
  EXPECT_THAT(journalled("record.check_in"), ElementsAre("link:PR-1", "link:PR-1"));
  EXPECT_THAT(ask("GET", link()).body, HasSubstr("確認の記録（1人）"))
      << "S-2 is awaited from the 14th on";
}

TEST_F(AttendanceForm, TakesWhoIsNotDueAsWell) {
  EXPECT_EQ(post(link(), "on=2026-05-15&outcome-S-3=ok").status, 200);
  EXPECT_THAT(records(), ElementsAre("S-3 ok 2026-05-15 by PR-1"));
}

TEST_F(AttendanceForm, TellsOfAConcernAtOnce) {
  link();
  const auto before = to(kTaro).size();
  at("2026-05-15T09:00:00+09:00");
  const HttpResponse page =
      post(link(), "on=2026-05-15&outcome-S-1=concern&note-S-1=%E8%BB%A2%E3%82%93%E3%81%A0");
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("管理者または市担当者に知らせます"), Not(HasSubstr("転んだ"))));
  ASSERT_GT(to(kTaro).size(), before);
  ASSERT_THAT(to(kJiro), Not(IsEmpty()));
  EXPECT_THAT(to(kTaro).back().parcel.message.text,
              AllOf(HasSubstr("気がかり"), Not(HasSubstr("転んだ"))));
  std::vector<std::string> notes;
  store->each_check_in([&](const CheckInRecord& r) { notes.push_back(r.note); });
  EXPECT_THAT(notes, ElementsAre("転んだ")) << "kept, and sent nowhere";
  EXPECT_THAT(ask("GET", link()).body, Not(HasSubstr("転んだ")));
}

// A mail scanner submits forms as it finds them, or with something in every field.
TEST_F(AttendanceForm, ThatNobodyFilledInRecordsNothing) {
  for (const char* form :
       {"", "on=", "on=2026-05-15", "on=&outcome-S-1=ok", "outcome-S-1=ok",
        "on=test&outcome-S-1=ok", "on=2026-05-15&outcome-S-1=", "on=2026-05-15&outcome-S-1=drop",
        "on=2026-05-16&outcome-S-1=ok", "on=2025-04-09&outcome-S-1=ok", "on=%FF&outcome-S-1=ok"}) {
    const HttpResponse page = post(link(), form);
    EXPECT_EQ(page.status, 422) << form;
    EXPECT_THAT(page.body, HasSubstr("まだ記録していません")) << form;
  }
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(post(link(), "on=2026-05-15").body, HasSubstr("まだだれも選ばれていません"));
  EXPECT_EQ(post(link(), "on=2025-04-10&outcome-S-1=ok").status, 200) << "400 days ago";
}

TEST_F(AttendanceForm, WithOneWrongDayRecordsNobodyAndComesBackAsTyped) {
  const HttpResponse page = post(
      link(), "on=2026-05-15&outcome-S-1=concern&note-S-1=%3Cb%3E&outcome-S-2=ok&on-S-2=5%2F40");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(page.body, AllOf(HasSubstr("value=\"2026-05-15\""), HasSubstr("value=\"5/40\""),
                               HasSubstr("&lt;b&gt;"),
                               HasSubstr("name=\"outcome-S-1\" value=\"concern\" checked"),
                               HasSubstr("name=\"outcome-S-2\" value=\"ok\" checked")));
  EXPECT_EQ(times(page.body, "日付が読み取れません"), 1);
  EXPECT_GT(page.body.find("日付が読み取れません"), page.body.find("name=\"outcome-S-2\""))
      << "at its row";
  EXPECT_EQ(times(page.body, "aria-invalid"), 1);
}

TEST_F(AttendanceForm, SaysAllThatIsWrongAtOnce) {
  const std::string page =
      post(link(), "on=2026-05-15&outcome-S-1=ok&on-S-1=2026-05-16&outcome-S-2=concern&note-S-2=" +
                       std::string(501, 'x'))
          .body;
  EXPECT_THAT(page,
              AllOf(HasSubstr("2026-05-16 はまだ来ていません"), HasSubstr("メモは500字までです")));
  EXPECT_EQ(
      post(link(), "on=2026-05-15&outcome-S-2=concern&note-S-2=" + std::string(500, 'x')).status,
      200);
}

TEST_F(AttendanceForm, OfAnotherProvidersCheckIsRefusedAsOneThatIsNone) {
  const std::string others = post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-9=ok").body;
  const std::string none = post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-0=ok").body;
  EXPECT_THAT(others, AllOf(HasSubstr("一覧が変わりました"), Not(HasSubstr("S-9"))));
  EXPECT_EQ(others, none);
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendanceForm, SentAgainIsAnsweredAlikeAndRecordedOnce) {
  const HttpResponse first = post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=concern");
  const HttpResponse second =
      post(link(), "outcome-S-2=concern&on-S-2=5%2F15&outcome-S-1=ok&on=R8.5.15");
  EXPECT_EQ(first.body, second.body);
  EXPECT_THAT(records(), SizeIs(2));
}

TEST_F(AttendanceForm, MeetsWhatIsKnownByAnotherDoorAsOneRecord) {
  link();
  at("2026-05-15T10:00:00+09:00");
  ASSERT_EQ(static_cast<int>(
                run("record check-in", {{"check", "S-1"}, {"outcome", "ok"}, {"by", "x"}}).exit),
            0);
  const HttpResponse page = post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok");
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("記録しました（1件）"), HasSubstr("すでに記録がありました")));
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2026-05-15 by x", "S-2 ok 2026-05-15 by PR-1"));
  EXPECT_THAT(journalled("door.repeated"), ElementsAre("link:PR-1"));
  EXPECT_EQ(post(link(), "on=2026-05-15&outcome-S-1=concern").status, 200);
  EXPECT_THAT(records(), SizeIs(3)) << "another outcome is another record";
  // What is undone is what the form recorded, not what it found.
  EXPECT_EQ(post(link() + "/undo", "nonce=" + nonce_in(page)).status, 200);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2026-05-15 by x", "S-1 concern 2026-05-15 by PR-1"));
}

TEST_F(AttendanceForm, WhatIsVoidIsRecordedAnewForAPerson) {
  post(link(), "on=2026-05-15&outcome-S-1=ok");
  ASSERT_EQ(
      static_cast<int>(run("void", {{"kind", "check-in"}, {"id", "1"}, {"reason", "wrong"}}).exit),
      0);
  EXPECT_EQ(post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok").status, 200);
  EXPECT_THAT(records(), SizeIs(2));
}

class AttendanceUndo : public AttendanceTest {};

TEST_F(AttendanceUndo, TakesBackAllOfItOnceWithinHalfAnHourFromTheAnswerOnly) {
  const HttpResponse page = post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok");
  const std::string nonce = nonce_in(page);
  ASSERT_THAT(nonce, SizeIs(26));
  EXPECT_THAT(page.body, HasSubstr("09:00 までは"));
  EXPECT_THAT(ask("GET", link()).body, Not(HasSubstr(nonce)));
  EXPECT_EQ(post(link() + "/undo", "").status, 422);
  EXPECT_EQ(post(link() + "/undo", "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAA").status, 422);
  EXPECT_THAT(records(), SizeIs(2));
  at("2026-05-15T08:59:59+09:00");
  const HttpResponse undone = post(link() + "/undo", "nonce=" + nonce);
  EXPECT_THAT(undone.body, AllOf(HasSubstr("取り消しました（2件）"), Not(HasSubstr(nonce))));
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(post(link() + "/undo", "nonce=" + nonce).status, 422) << "once";
  const std::string again = nonce_in(post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok"));
  EXPECT_THAT(records(), SizeIs(2)) << "what was undone is unknown";
  at("2026-05-15T09:29:59+09:00");
  EXPECT_EQ(post(link() + "/undo", "nonce=" + again).status, 422) << "half an hour is over";
  EXPECT_THAT(records(), SizeIs(2));
}

TEST_F(AttendanceUndo, TakesBackWhatIsLeftWhereOneOfThemWasVoidedMeanwhile) {
  const std::string nonce = nonce_in(post(link(), "on=2026-05-15&outcome-S-1=ok&outcome-S-2=ok"));
  ASSERT_EQ(
      static_cast<int>(run("void", {{"kind", "check-in"}, {"id", "2"}, {"reason", "wrong"}}).exit),
      0);
  EXPECT_EQ(post(link() + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(AttendanceUndo, LeavesARecordOfWhichASensorSaidTheSame) {
  const std::string nonce = nonce_in(post(link(), "on=2026-05-15&outcome-S-1=concern"));
  const auto made = store->facts("C-1")->checks.front().check_ins.back().id;
  store->doors().pings().count(made, clock.now());
  EXPECT_THAT(post(link() + "/undo", "nonce=" + nonce).body, HasSubstr("記録は残ります"));
  EXPECT_THAT(records(), ElementsAre("S-1 concern 2026-05-15 by PR-1"));
}

TEST_F(AttendanceForm, AConcernAfterAnOkOfThatDayStopsTheExtensionAgain) {
  link();
  at("2026-05-15T09:00:00+09:00");
  post(link(), "on=2026-05-15&outcome-S-1=concern&note-S-1=a");
  at("2026-05-15T11:00:00+09:00");
  post(link(), "on=2026-05-15&outcome-S-1=ok");
  at("2026-05-15T15:00:00+09:00");
  post(link(), "on=2026-05-15&outcome-S-1=concern&note-S-1=b");
  const auto facts = store->facts("C-1");
  EXPECT_EQ(facts->checks.front().check_ins.back().outcome, Outcome::concern);
  EXPECT_EQ(facts->checks.front().check_ins.back().at, clock.now());
}

// The hour is not known: what was seen on that day is no answer to it.
TEST_F(AttendanceForm, AConcernOfYesterdayIsTold) {
  at("2026-05-14T14:00:00+09:00");
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-14"}, {"by", "x"}}).exit),
            0);
  link();
  const auto told = to(kTaro).size();
  at("2026-05-15T09:00:00+09:00");
  post(link(), "on=2026-05-14&outcome-S-1=concern");
  EXPECT_GT(to(kTaro).size(), told);
}

// Of today the hour is known.
TEST_F(AttendanceForm, OfTodayComesWithItsHour) {
  link();
  at("2026-05-15T09:00:00+09:00");
  post(link(), "on=2026-05-15&outcome-S-1=ok");
  const auto facts = store->facts("C-1");
  EXPECT_EQ(facts->checks.front().check_ins.back().at, clock.now());
}

TEST_F(AttendanceForm, AConcernAfterOneThatWasAnsweredIsTold) {
  link();
  at("2026-05-15T09:00:00+09:00");
  post(link(), "on=2026-05-15&outcome-S-1=concern");
  const auto told = to(kTaro).size();
  at("2026-05-15T09:30:00+09:00");
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-15"}, {"by", "x"}}).exit),
            0);
  turn();
  at("2026-05-15T15:00:00+09:00");
  EXPECT_THAT(post(link(), "on=2026-05-15&outcome-S-1=concern").body, HasSubstr("記録しました"));
  EXPECT_THAT(records(), SizeIs(2)) << "the same form, and another matter";
  EXPECT_GT(to(kTaro).size(), told);
}

TEST_F(AttendanceUndo, IsNothingForAnotherProvider) {
  const std::string nonce = nonce_in(post(link(), "on=2026-05-15&outcome-S-1=ok"));
  EXPECT_EQ(post(link_to(kOther) + "/undo", "nonce=" + nonce).status, 422);
  EXPECT_THAT(records(), SizeIs(1));
}

}  // namespace
}  // namespace omamori
