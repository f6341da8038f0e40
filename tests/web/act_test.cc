// P8: what somebody can do with the link in their message, and what nobody can.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/act_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(ActTest, EachLineOfAMessageHasALinkAndWhatIsStoredHasNone) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_THAT(link, SizeIs(29));
  const Message sent = to(kTaro).back().parcel.message;
  EXPECT_THAT(sent.html, HasSubstr("href=\"" + std::string(kUrl) + link + "\""));
  EXPECT_THAT(sent.json, HasSubstr("\"act_url\":\"" + std::string(kUrl) + link + "\""));
  const auto stored = store->message(sent.id);
  const std::string kept = stored->content.text + stored->content.html + stored->content.json;
  EXPECT_THAT(kept, AllOf(HasSubstr("{act:C-1/monitoring/"), Not(HasSubstr(kUrl))));
}

TEST_F(ActTest, WithoutAKeyOrAnAddressThereAreNoLinks) {
  token_key.reset();
  use(service->policy(), service->config());
  start();
  turn_at(kMorning);
  const Message sent = to(kTaro).back().parcel.message;
  EXPECT_THAT(sent.text + sent.html + sent.json,
              AllOf(Not(HasSubstr("{act:")), Not(HasSubstr("act_url")), Not(HasSubstr("/a/"))));
}

TEST_F(ActTest, LookingChangesNothing) {
  turn_at(kMorning);
  const auto head = store->journal().head().seq;
  for (const char* method : {"GET", "HEAD"}) {
    const HttpResponse page = ask(method, link_to(kTaro));
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, AllOf(HasSubstr("C-1"), HasSubstr("訪問を記録する"),
                                 Not(HasSubstr("仮 花子")), Not(HasSubstr("9876543210"))));
  }
  EXPECT_EQ(ask("GET", link_to(kTaro) + "/undo").status, 404);
  EXPECT_EQ(store->journal().head().seq, head);
}

TEST_F(ActTest, AVisitIsRecordedForWhomTheLinkWasMadeAndEndsTheMatter) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at("2026-06-05T12:00:00+09:00");
  const HttpResponse page = post(link, "act=visited&on=2026-06-04&note=%E5%85%83%E6%B0%97");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("記録しました"), HasSubstr("2026年6月4日"), Not(HasSubstr("元気"))));
  EXPECT_THAT(records(), ElementsAre("visit 2026-06-04 by CM-1"));
  EXPECT_THAT(live(), IsEmpty()) << page.body;
  EXPECT_THAT(ask("GET", link).body, HasSubstr("この件は終わりました"));
  EXPECT_EQ(post(link, "act=contacted&on=2026-06-05").status, 422) << "there is nothing to settle";
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(ActTest, WhatAPersonTypesIsUnderstoodAsInSpreadsheets) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at("2026-06-05T12:00:00+09:00");
  EXPECT_EQ(post(link, "act=contacted&on=6%2F4").status, 200);
  EXPECT_EQ(post(link, "act=contacted&on=R8.6.3").status, 200);
  EXPECT_EQ(post(link, "act=contacted&on=6%E6%9C%882%E6%97%A5").status, 200);  // 6月2日
  EXPECT_THAT(records(),
              ElementsAre("contact 2026-06-02", "contact 2026-06-03", "contact 2026-06-04"));
}

// What the act cannot be of is no day of another year.
TEST_F(ActTest, ADayWithoutAYearIsTheNearestOneAndASlipIsASlip) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  EXPECT_THAT(post(link, "act=visited&on=6/2").body, HasSubstr("2026-06-02 はまだ来ていません"));
  EXPECT_THAT(post(link, "act=visited&on=7/31").body, HasSubstr("2026-07-31 はまだ来ていません"));
  EXPECT_THAT(post(link, "act=will_visit&on=5/31").body, HasSubstr("2026-05-31 は過ぎています"));
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(post(link, "act=contacted&on=8/1").status, 200) << "61 days ahead, or last summer";
  EXPECT_THAT(records(), ElementsAre("contact 2025-08-01"));
}

// A mail scanner submits forms as it finds them, or with something in every field.
TEST_F(ActTest, AFormThatNobodyFilledInRecordsNothing) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  for (const char* form :
       {"", "act=visited", "act=visited&on=", "act=visited&on=+&note=", "act=will_visit&on=&note=x",
        "act=&on=2026-06-01", "act=drop&on=2026-06-01", "on=2026-06-01", "act=visited&on=test",
        "act=visited&on=2026-06-02", "act=visited&on=2020-01-01", "act=visited&on=2026-02-30",
        "act=will_visit&on=2026-05-31", "act=visited&on=%FF", "act=visited&on=2026-06-01%00"}) {
    const HttpResponse page = post(link, form);
    EXPECT_EQ(page.status, 422) << form;
    EXPECT_THAT(page.body, HasSubstr("まだ記録していません")) << form;
  }
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(post(link, "act=visited&on=2026-06-01&note=" + std::string(501, 'x')).status, 422);
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(post(link, "act=visited&on=2026-06-01&note=" + std::string(500, 'x')).status, 200);
}

TEST_F(ActTest, WhatWasTypedIsShownAgainAndEscaped) {
  turn_at(kMorning);
  const HttpResponse page =
      post(link_to(kTaro), "act=visited&on=2026-06-02&note=%3C%2Ftextarea%3E%3Cb%3E%22");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("value=\"2026-06-02\""),
                    HasSubstr("&lt;/textarea&gt;&lt;b&gt;&quot;"), Not(HasSubstr("<b>\""))));
}

TEST_F(ActTest, TheSameFormAgainIsAnsweredAlikeAndRecordedOnce) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  const HttpResponse first = post(link, "act=visited&on=2026-06-01");
  const HttpResponse second = post(link, "act=visited&on=6/1&note=+");
  EXPECT_EQ(first.body, second.body);
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(ActTest, WhatIsKnownByAnotherDoorIsOneRecordAndBothAreKept) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_EQ(
      static_cast<int>(
          run("record monitoring", {{"client", "C-1"}, {"on", "2026-06-01"}, {"by", "CM-9"}}).exit),
      0);
  const HttpResponse page = post(link, "act=visited&on=2026-06-01&note=x");
  EXPECT_THAT(page.body, HasSubstr("すでに記録がありました"));
  EXPECT_EQ(nonce_in(page), "") << "it is not theirs to undo";
  EXPECT_THAT(records(), ElementsAre("visit 2026-06-01 by CM-9"));
  std::vector<std::string> journalled;
  store->journal().read({}, [&](const JournalRow& row) {
    if (row.entry.kind == "door.repeated") journalled.push_back(row.entry.actor);
  });
  EXPECT_THAT(journalled, ElementsAre("link:CM-1"));
}

TEST_F(ActTest, ItIsUndoneOnceWithinHalfAnHourFromTheAnswerOnly) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  const std::string nonce = nonce_in(post(link, "act=visited&on=2026-06-01"));
  ASSERT_THAT(nonce, SizeIs(26));
  EXPECT_THAT(ask("GET", link).body, Not(HasSubstr(nonce)));
  at("2026-06-01T08:59:59+09:00");
  EXPECT_EQ(post(link + "/undo", "nonce=AAAAAAAAAAAAAAAAAAAAAAAAAA").status, 422);
  EXPECT_EQ(post(link + "/undo", "").status, 422);
  const HttpResponse undone = post(link + "/undo", "nonce=" + nonce);
  EXPECT_THAT(undone.body, HasSubstr("お知らせは続きます"));
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(live(), SizeIs(1));
  EXPECT_EQ(post(link + "/undo", "nonce=" + nonce).status, 422) << "once";
  const std::string again = nonce_in(post(link, "act=visited&on=2026-06-01"));
  EXPECT_THAT(records(), SizeIs(1)) << "a voided record counts as unknown";
  at("2026-06-01T09:29:59+09:00");
  EXPECT_EQ(post(link + "/undo", "nonce=" + again).status, 422) << "half an hour is over";
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(ActTest, TheSameFormIsANewEntryOnceItsRecordIsVoid) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  post(link, "act=visited&on=2026-06-01");
  ASSERT_EQ(
      static_cast<int>(
          run("void", {{"kind", "monitoring"}, {"id", "1"}, {"reason", "somebody else"}}).exit),
      0);
  EXPECT_THAT(records(), IsEmpty());
  turn();
  EXPECT_THAT(ask("GET", link).body, HasSubstr("取り消し済み"));
  EXPECT_THAT(nonce_in(post(link, "act=visited&on=2026-06-01")), SizeIs(26));
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(ActTest, WhatOneRecordedAnotherCannotUndo) {
  answers[kTaro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T12:30:00+09:00");
  answers.clear();
  run_to("2026-06-01T13:30:00+09:00");
  const std::string theirs = link_to(kTaro);
  const std::string others = link_to(kJiro);
  ASSERT_NE(theirs, others);
  const std::string nonce = nonce_in(post(theirs, "act=contacted&on=2026-06-01"));
  EXPECT_EQ(post(others + "/undo", "nonce=" + nonce).status, 422);
  EXPECT_THAT(records(), SizeIs(1));
  EXPECT_EQ(post(theirs + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(ActTest, APlannedVisitMakesTheirRemindersWait) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  const HttpResponse page = post(link, "act=will_visit&on=6/10");
  EXPECT_THAT(page.body, HasSubstr("2026-06-10 まで"));
  EXPECT_THAT(records(), ElementsAre("plan 2026-06-10"));
  EXPECT_THAT(live(), SizeIs(1)) << "it is not done by being planned";
  EXPECT_EQ(post(link, "act=will_visit&on=2028-06-10").status, 422);
}

TEST_F(ActTest, APlanThatWasReplacedIsMadeAnew) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  post(link, "act=will_visit&on=6/10");
  post(link, "act=will_visit&on=6/20");
  at("2026-06-01T09:00:00+09:00");
  EXPECT_THAT(nonce_in(post(link, "act=will_visit&on=6/10")), SizeIs(26));
  EXPECT_THAT(records(), ElementsAre("plan 2026-06-10", "plan 2026-06-20", "plan 2026-06-10"));
  post(link, "act=will_visit&on=6/10");
  EXPECT_THAT(records(), SizeIs(3)) << "that one stands";
}

TEST_F(ActTest, WhatIsOverBecauseSomebodyRecordedThatDaySaysSo) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_EQ(
      static_cast<int>(
          run("record monitoring", {{"client", "C-1"}, {"on", "2026-06-01"}, {"by", "CM-9"}}).exit),
      0);
  turn();
  EXPECT_THAT(live(), IsEmpty());
  const HttpResponse page = post(link, "act=visited&on=6/1");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("同じ日の記録がすでにあります"));
}

// A day has no hour: what was written down before a concern came is no answer to it.
TEST_F(ActTest, AContactOfTheMorningDoesNotAnswerAConcernOfTheAfternoon) {
  with_check = true;
  fill();
  at("2026-05-20T09:00:00+09:00");
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-20"}, {"by", "x"}}).exit),
            0);
  at("2026-05-20T13:00:00+09:00");
  ASSERT_TRUE(store->record_check_in(
      {0, "S-1", clock.now(), service->today(), Outcome::concern, "", "", false, 0}, act()));
  turn();
  EXPECT_THAT(live(), Contains(HasSubstr("/concern/")));
  ASSERT_THAT(link_to(kTaro), SizeIs(29)) << "they are told";
  at("2026-05-20T13:00:01+09:00");
  EXPECT_THAT(nonce_in(post(link_to(kTaro), "act=contacted&on=5/20")), SizeIs(26))
      << "not the contact of the morning";
  EXPECT_THAT(live(), Not(Contains(HasSubstr("/concern/"))));
}

TEST_F(ActTest, AWordThatSomebodyActsIsNotTheEndOfAConcern) {
  with_check = true;
  fill();
  at("2026-05-20T13:00:00+09:00");
  ASSERT_TRUE(store->record_check_in(
      {0, "S-1", clock.now(), service->today(), Outcome::concern, "", "", false, 0}, act()));
  turn();
  const std::string link = link_to(kTaro);
  ASSERT_THAT(link, SizeIs(29));
  EXPECT_EQ(post(link, "act=on_it&on=").status, 422);
  EXPECT_EQ(post(link, "act=on_it&on=5/19").status, 422);
  EXPECT_THAT(post(link, "act=on_it&on=5/21").body, HasSubstr("対応の返事を記録しました"));
  EXPECT_THAT(records(), ElementsAre("word of CM-1"));
  EXPECT_THAT(live(), Contains(HasSubstr("/concern/")));
  EXPECT_EQ(post(link, "act=contacted&on=5/20").status, 200);
  EXPECT_THAT(live(), Not(Contains(HasSubstr("/concern/"))));
}

TEST_F(ActTest, WhoIsNotTheCaseManagerSaysWhoVisited) {
  answers[kTaro] = not_now();
  turn_at(kMorning);
  run_to("2026-06-01T12:30:00+09:00");
  const std::string link = link_to(kJiro);
  ASSERT_THAT(link, SizeIs(29));
  EXPECT_EQ(post(link, "act=visited&on=2026-06-01").status, 422);
  EXPECT_EQ(post(link, "act=visited&on=2026-06-01&by=CM-1").status, 200);
  EXPECT_THAT(records(), ElementsAre("visit 2026-06-01 by CM-1"));
}

// From outside whatever is no good looks the same, and shows nothing.
class DeadLink : public ActTest {
 protected:
  void expect_dead(const std::string& path) {
    const HttpResponse unknown = ask("GET", "/a/ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (const char* method : {"GET", "POST"}) {
      const HttpResponse answer = ask(method, path, "act=visited&on=2026-06-01");
      EXPECT_EQ(answer.status, 404);
      EXPECT_EQ(answer.body, unknown.body);
    }
    EXPECT_THAT(records(), IsEmpty());
  }
};

TEST_F(DeadLink, OneThatIsNone) {
  for (const char* path : {"/a/", "/a/x", "/a/ABCDEFGHIJKLMNOPQRSTUVWXYZ/more",
                           "/a/ABCDEFGHIJKLMNOPQRSTUVWXYZ2345", "/a//undo"}) {
    expect_dead(path);
  }
}

TEST_F(DeadLink, OneOfAnotherKey) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  token_key = TokenKey{std::string(32, 'o')};
  use(service->policy(), service->config());
  start();
  expect_dead(link);
}

TEST_F(DeadLink, OneThatWasRevokedAndTheNextMessageHasAnother) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  store->doors().raise_generation("CM-1");
  expect_dead(link);
  run_to("2026-06-24T09:00:00+09:00");
  ASSERT_GT(to(kTaro).size(), 1U);
  EXPECT_NE(link_to(kTaro), link);
  EXPECT_EQ(ask("GET", link_to(kTaro)).status, 200);
}

TEST_F(DeadLink, OneOfWhoHasLostTheClient) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,office_code,email,channels\n"
                     "CM-2,見本 五,case_manager,OF-1,go@example.com,email\n"}}),
            "");
  ASSERT_EQ(static_cast<int>(run("assign", {{"client", "C-1"}, {"staff", "CM-2"}}).exit), 0);
  expect_dead(link);
}

TEST_F(DeadLink, OneOfWhoHasLeft) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,office_code,email,channels,until\n"
                     "CM-1,見本 太郎,case_manager,OF-1,taro@example.com,email,2026-06-02\n"}}),
            "");
  at("2026-06-02T12:00:00+09:00");
  EXPECT_EQ(ask("GET", link).status, 200) << "their last day";
  at("2026-06-03T00:00:00+09:00");
  expect_dead(link);
}

TEST_F(DeadLink, IsForgottenWhenALaterMessageLeaves) {
  turn_at(kMorning);
  store->doors().carry({"old", "CM-1", "C-1/old", "act", 0, clock.now() - kLinkLives});
  run_to("2026-06-24T09:00:00+09:00");
  ASSERT_GT(to(kTaro).size(), 1U);
  EXPECT_EQ(store->doors().find("old"), std::nullopt);
  EXPECT_EQ(ask("GET", link_to(kTaro)).status, 200);
}

TEST_F(DeadLink, NinetyDaysAfterTheLastMessageThatCarriedIt) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at("2026-08-30T08:30:00+09:00");
  EXPECT_EQ(ask("GET", link).status, 200);
  at("2026-08-30T08:30:01+09:00");
  expect_dead(link);
}

}  // namespace
}  // namespace omamori
