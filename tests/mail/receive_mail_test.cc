// Replies by mail, from the message that is answered to what is recorded and said of it (P8).
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/reply_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

TEST_F(ReplyTest, AMessageSaysHowToReplyAndWhereTo) {
  turn_at(kMorning);
  const Message sent = newest(kTaro);
  EXPECT_THAT(sent.reply_to, MatchesRegex("omamori\\+[a-z2-7]{8}@city\\.example"));
  EXPECT_THAT(sent.subject, MatchesRegex(".* \\[#[A-Z2-7]{4}-[A-Z2-7]{4}\\]"));
  const std::string shown = sent.subject.substr(sent.subject.size() - 10, 9);
  EXPECT_THAT(sent.text, HasSubstr("「訪問 月/日」「予定 月/日」のように書いてください（受付番号 " +
                                   shown + "）"));
  const auto stored = store->message(sent.id)->content;
  EXPECT_THAT(stored.text + stored.subject + stored.html, Not(HasSubstr(shown)));
}

TEST_F(ReplyTest, AVisitIsRecordedForWhoWasToldAndTheyHearWhatItDid) {
  turn_at(kMorning);
  at(kNoon);
  EXPECT_EQ(reply(kTaro, "訪問 6/12 お元気でした").out, "a reply of CM-1: 1 of 1 recorded\n");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-06-12 by CM-1"));
  EXPECT_THAT(live(), IsEmpty());
  const auto heard = answers_to(kTaro);
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_THAT(heard[0].subject, StartsWith("【お守り・返信】記録しました（1件） [#"));
  EXPECT_THAT(heard[0].text,
              AllOf(HasSubstr("1. C-1　訪問した（2026-06-12）"),
                    HasSubstr("2026-06 分のモニタリングが完了しました"),
                    HasSubstr("12:30 までに、このメールに「取消」とだけ書いて返信してください"),
                    Not(HasSubstr("お元気"))));
  EXPECT_EQ(heard[0].html, "");
  EXPECT_THAT(heard[0].in_reply_to, HasSubstr("@mail.example"));
}

TEST_F(ReplyTest, WhatIsWrittenStandsInNoLogNoAnswerAndNoMessage) {
  turn_at(kMorning);
  at(kNoon);
  const Response response = reply(kTaro, "訪問 6/12 ひみつのはなし\n1 訪問 きのうのよる\n");
  std::string everything = response.out + response.err;
  for (const Try& one : tries) everything += one.parcel.message.text + one.parcel.message.json;
  store->journal().read({}, [&](const JournalRow& row) { everything += row.entry.detail; });
  EXPECT_THAT(everything, AllOf(Not(HasSubstr("ひみつ")), Not(HasSubstr("きのう"))));
}

TEST_F(ReplyTest, NumberedLinesEachCountAndAnUnnumberedOneIsAskedBack) {
  add_second_client();
  turn_at(kMorning);
  EXPECT_THAT(newest_to(kTaro), HasSubstr("「番号 訪問 月/日」"));
  at(kNoon);
  reply(kTaro, "訪問 6/12");
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(answer_to(kTaro), AllOf(HasSubstr("何も記録していません"),
                                      HasSubstr("お知らせの番号を先に書いてください"),
                                      HasSubstr("   番号 訪問 月/日\n")));
  reply(kTaro, "1 訪問 6/12\n2 予定 6/20");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-06-12 by CM-1"));
  EXPECT_THAT(records_of("C-2"), ElementsAre("plan 2026-06-20"));
}

TEST_F(ReplyTest, UndoneWithinHalfAnHourAndNotAfter) {
  turn_at(kMorning);
  at(kNoon);
  reply(kTaro, "訪問 6/12");
  at("2026-06-15T12:29:59+09:00");
  reply(kTaro, "取消");
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(answer_to(kTaro), HasSubstr("取り消しました"));
  reply(kTaro, "訪問 6/13");
  at("2026-06-15T12:59:59+09:00");
  reply(kTaro, "取消");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-06-13 by CM-1"));
  EXPECT_THAT(answer_to(kTaro), HasSubstr("取り消せませんでした"));
}

TEST_F(ReplyTest, TheAnswerCanBeRepliedToLikeTheMessage) {
  turn_at(kMorning);
  const std::string address = newest(kTaro).reply_to;
  at(kNoon);
  reply(kTaro, "予定 6/20");
  EXPECT_EQ(newest(kTaro).type, "omamori.answer");
  EXPECT_EQ(newest(kTaro).reply_to, address);
  reply(kTaro, "取消\n\n" + answer_to(kTaro));
  EXPECT_THAT(records_of("C-1"), IsEmpty());
}

TEST_F(ReplyTest, AVisitByReplyAndByLinkIsOne) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at(kNoon);
  post(link, "act=visited&on=2026-06-12");
  reply(kTaro, "訪問 6/12");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-06-12 by CM-1"));
  EXPECT_THAT(answer_to(kTaro), HasSubstr("訪問した（2026-06-12）"));
}

TEST_F(ReplyTest, TheSameMailTwiceIsRecordedOnceAndAnsweredAlike) {
  turn_at(kMorning);
  at(kNoon);
  const std::string mail = reply_text(kTaro, "連絡 6/12", "", "once");
  receive(mail);
  receive(mail);
  EXPECT_THAT(records_of("C-1"), ElementsAre("contact 2026-06-12"));
  const auto heard = answers_to(kTaro);
  ASSERT_THAT(heard, SizeIs(2));
  EXPECT_EQ(heard[0].text, heard[1].text);
}

TEST_F(ReplyTest, AStrangerAnotherPersonAndAnotherCodeRecordNothingAndHearNothing) {
  turn_at(kMorning);
  at(kNoon);
  const std::string address = newest(kTaro).reply_to;
  const std::size_t before = tries.size();
  const auto mail = [](const std::string& from, const std::string& to) {
    return "From: " + from + "\r\nTo: " + to + "\r\nMessage-ID: <x@y>\r\n\r\n訪問 6/12\r\n";
  };
  for (const std::string& text :
       {mail("stranger@example.com", address), mail(kJiro, address),
        mail(kTaro, "omamori@city.example"), mail(kTaro, "omamori+aaaaaaaa@city.example"),
        mail(std::string(kTaro) + ", x@example.com", address)}) {
    const Response response = receive(text);
    EXPECT_EQ(response.exit, Exit::ok);
    EXPECT_EQ(response.out, "refused: no code of a message to its sender\n") << text;
  }
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_EQ(tries.size(), before);
  EXPECT_THAT(store->doors().mails().refused_since(service->today()),
              ElementsAre(RefusedMail{"no code of a message to its sender", 5}));
}

TEST_F(ReplyTest, AMessageIsAnsweredFromTheAddressItWasSentToAlone) {
  turn_at(kMorning);
  at(kNoon);
  const std::string to_us = newest(kTaro).reply_to;
  fill(
      "staff_code,name,role,office_code,email,channels,webhook\n"
      "CM-1,見本 太郎,case_manager,OF-1,new@example.com,email,\n");
  for (const std::string from : {"new@example.com", kTaro}) {
    EXPECT_THAT(
        receive("From: " + from + "\r\nTo: " + to_us + "\r\nMessage-ID: <n@x>\r\n\r\n訪問 6/12\r\n")
            .out,
        StartsWith("refused"))
        << from;
  }
  EXPECT_THAT(records_of("C-1"), IsEmpty());
}

TEST_F(ReplyTest, TheCodeInTheSubjectWillDo) {
  turn_at(kMorning);
  at(kNoon);
  const std::string subject = newest(kTaro).subject;
  const std::string code = subject.substr(subject.find("[#"));
  receive("From: TARO@example.com\r\nTo: someone@city.example\r\nSubject: Re: " + code +
          "\r\nMessage-ID: <s@x>\r\n\r\nvisited 6/12\r\n");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-06-12 by CM-1"));
}

TEST_F(ReplyTest, AutomaticMailIsNeitherRecordedNorAnswered) {
  turn_at(kMorning);
  at(kNoon);
  for (const char* head :
       {"Auto-Submitted: auto-replied\r\n", "List-Id: <x>\r\n", "Precedence: bulk\r\n",
        "Return-Path: <>\r\n", "Subject: 自動返信: 不在です\r\n", "X-Autoreply: yes\r\n"}) {
    EXPECT_THAT(reply(kTaro, "訪問 6/12", head).out, StartsWith("refused: automatic")) << head;
  }
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(answers_to(kTaro), IsEmpty());
}

TEST_F(ReplyTest, AtMostTenAnswersADay) {
  turn_at(kMorning);
  at(kNoon);
  for (int i = 0; i < 12; ++i) reply(kTaro, "了解しました");
  EXPECT_THAT(answers_to(kTaro), SizeIs(10));
  at("2026-06-16T00:00:00+09:00");
  reply(kTaro, "了解しました");
  EXPECT_THAT(answers_to(kTaro), SizeIs(11));
}

TEST_F(ReplyTest, ARevokedCodeAndOneThatIsTooOldAreDead) {
  turn_at(kMorning);
  const std::string mail = reply_text(kTaro, "連絡 8/29");
  at("2026-08-30T08:29:59+09:00");
  EXPECT_THAT(receive_mail(mail, "", *service).out, StartsWith("a reply of CM-1"));
  at("2026-08-30T08:30:01+09:00");
  EXPECT_THAT(receive_mail(mail, "", *service).out, StartsWith("refused"));
  at(kNoon);
  run("token revoke", {{"staff", "CM-1"}});
  EXPECT_THAT(receive_mail(mail, "", *service).out, StartsWith("refused"));
}

TEST_F(ReplyTest, WhatALinkRefusesAReplyIsRefused) {
  turn_at(kMorning);
  at(kNoon);
  reply(kTaro, "訪問 6/20\n対応 6/20\n");
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(answer_to(kTaro), AllOf(HasSubstr("2026-06-20 はまだ来ていません"),
                                      HasSubstr("この件には、この言葉では答えられません")));
}

TEST_F(ReplyTest, AnAbsenceIsUntilTheDayThatIsSaidOrAsLongAsOneIsTaken) {
  turn_at(kMorning);
  at(kNoon);
  reply(kTaro, "入院 6/10〜6/30");
  EXPECT_THAT(records_of("C-1"), ElementsAre("away 2026-06-10 to 2026-06-30"));
  reply(kTaro, "取消");
  reply(kTaro, "入院 6/10");
  EXPECT_THAT(records_of("C-1"), ElementsAre("away 2026-06-10 to 2026-07-16"));
  turn_at("2026-06-16T08:30:00+09:00");
  EXPECT_THAT(newest_to(kJiro), HasSubstr("入院")) << "the supervisor's copy";
}

TEST_F(ReplyTest, WhoIsNotTheCaseManagerSaysWhoVisited) {
  run_to("2026-07-21T12:00:00+09:00");
  ASSERT_THAT(newest(kJiro).reply_to, HasSubstr("omamori+"));
  reply(kJiro, "訪問 7/18");
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(answer_to(kJiro), HasSubstr("訪問した人を、日付の後に書いてください"));
  reply(kJiro, "訪問 7/18 CM-1");
  EXPECT_THAT(records_of("C-1"), ElementsAre("visit 2026-07-18 by CM-1"));
}

TEST_F(ReplyTest, OnlyASenderOurServerVouchesForWhereThatIsAsked) {
  read_replies("dkim=pass");
  turn_at(kMorning);
  at(kNoon);
  const std::string by =
      "Received: from x by evil.example (x [192.0.2.1])\r\n\tby mx.city.example (Postfix) with "
      "ESMTP id 1\r\n\tfor <omamori@city.example>; Mon, 15 Jun 2026 12:00:00 +0900\r\n";
  const std::string dkim = "Authentication-Results: mx.city.example; dkim=";
  EXPECT_EQ(reply(kTaro, "訪問 6/12").out, "refused: not dkim=pass\n");
  EXPECT_EQ(reply(kTaro, "訪問 6/12", by + dkim + "fail header.d=example.com\r\n").out,
            "refused: not dkim=pass\n");
  EXPECT_THAT(reply(kTaro, "訪問 6/12", by + dkim + "pass header.d=example.com\r\n").out,
              StartsWith("a reply of CM-1"));
}

TEST_F(ReplyTest, TakingBackIsOfTheAnswerThatIsRepliedTo) {
  add_second_client();
  turn_at(kMorning);
  at(kNoon);
  reply(kTaro, "1 訪問 6/12");
  const std::string first = newest(kTaro).id;
  reply(kTaro, "2 訪問 6/13");
  reply(kTaro, "取消");
  EXPECT_THAT(answer_to(kTaro), HasSubstr("番号を付けるか")) << "either could be meant";
  const std::string named = "In-Reply-To: <" + first + "@city.example>\r\n";
  reply(kTaro, "取消", named);
  EXPECT_THAT(records_of("C-1"), IsEmpty());
  EXPECT_THAT(records_of("C-2"), ElementsAre("visit 2026-06-13 by CM-1"));
  reply(kTaro, "取消", named);
  EXPECT_THAT(answer_to(kTaro), HasSubstr("すでに取り消してあります"));
  EXPECT_THAT(records_of("C-2"), ElementsAre("visit 2026-06-13 by CM-1"));
}

TEST_F(ReplyTest, AnAnswerMakesNoCodeLiveLonger) {
  turn_at(kMorning);
  const std::string mail = reply_text(kTaro, "連絡 8/1");
  at("2026-08-01T09:00:00+09:00");
  receive(reply_text(kTaro, "連絡 8/1"));
  at("2026-08-30T08:30:01+09:00");
  EXPECT_THAT(receive_mail(mail, "", *service).out, StartsWith("refused"));
}

TEST_F(ReplyTest, WhileTheClockIsHeldTheMailServerKeepsReplies) {
  turn_at(kMorning);
  const std::string mail = reply_text(kTaro, "訪問 6/1");
  store->set_meta("clock_hold", "x");
  EXPECT_EQ(receive_mail(mail, "", *service).exit, Exit::try_later);
  EXPECT_THAT(records_of("C-1"), IsEmpty());
}

TEST_F(ReplyTest, WhoeverHasAnAddressWithDotsInARowCanReply) {
  fill(
      "staff_code,name,role,office_code,email,channels,webhook\n"
      "CM-1,見本 太郎,case_manager,OF-1,a..b@docomo.example,email,\n"
      "SV-1,見本 次郎,supervisor,OF-1,jiro@example.com,email,\n");
  turn_at(kMorning);
  at(kNoon);
  const std::string to_us = newest("a..b@docomo.example").reply_to;
  for (const char* from : {"a..b@docomo.example", "\"a..b\"@docomo.example",
                           "=?utf-8?b?5aSq6YOO?= <a..b@docomo.example>"}) {
    EXPECT_THAT(receive("From: " + std::string(from) + "\r\nTo: " + to_us + "\r\nMessage-ID: <" +
                        std::to_string(tries.size()) + "@x>\r\n\r\n連絡 6/12\r\n")
                    .out,
                StartsWith("a reply of CM-1: 1 of 1"))
        << from;
  }
}

TEST_F(ReplyTest, WhereRepliesAreNotReadTheMailServerKeepsThem) {
  Config config = service->config();
  config.reply = {"desk@city.example", ""};
  use(service->policy(), config);
  start();
  turn_at(kMorning);
  EXPECT_EQ(newest(kTaro).reply_to, "desk@city.example");
  EXPECT_THAT(newest(kTaro).text, Not(HasSubstr("このメールへの返信")));
  EXPECT_EQ(reply(kTaro, "訪問 6/1").exit, Exit::try_later);
}

}  // namespace
}  // namespace omamori
