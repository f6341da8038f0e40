// What somebody says by a link who did not visit: away, no longer served, not theirs.
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

// On Monday 1 June at 08:30 CM-1 is asked to visit C-1 in June; at 09:00 they answer.
class OtherAnswers : public ActTest {
 protected:
  void SetUp() override {
    turn_at(kMorning);
    link = link_to(kTaro);
    at("2026-06-01T09:00:00+09:00");
  }
  std::vector<std::string> suspended() {
    std::vector<std::string> found;
    const auto facts = store->facts("C-1");
    for (const Suspension& s : facts->suspensions) {
      found.push_back(to_string(s.from) + ".." + (s.until ? to_string(*s.until) : ""));
    }
    return found;
  }
  // Of every message to that address, the newest last.
  std::string all_to(const std::string& address) const {
    std::string texts;
    for (const Try& one : to(address)) texts += one.parcel.message.text;
    return texts;
  }
  std::string link;
};

TEST_F(OtherAnswers, AnAbsenceSuspendsAndIsReceiptedAtOnceAndToTheSupervisor) {
  const HttpResponse page = post(link, "act=away&on=5/30&until=6/20");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, AllOf(HasSubstr("2026年5月30日"), HasSubstr("〜2026年6月20日")));
  EXPECT_THAT(suspended(), ElementsAre("2026-05-30..2026-06-20"));
  EXPECT_EQ(when(kTaro).back(), "2026-06-01 09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("5/30から6/20まで入院・長期不在と記録されました"));
  run_to("2026-06-02T09:00:00+09:00");
  EXPECT_THAT(newest_to(kJiro), HasSubstr("5/30から6/20まで入院・長期不在と記録されました"));
}

TEST_F(OtherAnswers, AnAbsenceHasBothItsDaysTypedAndLasts31DaysAheadAtMost) {
  for (const char* form :
       {"act=away&on=6/1", "act=away&on=&until=6/20", "act=away&on=6/1&until=",
        "act=away&on=6/10&until=6/9", "act=away&on=5/1&until=5/31", "act=away&on=6/1&until=7/3",
        "act=away&on=4/30&until=6/10", "act=away&on=7/3&until=7/3", "act=away&on=6/1&until=x"}) {
    EXPECT_EQ(post(link, form).status, 422) << form;
  }
  EXPECT_THAT(suspended(), IsEmpty());
  EXPECT_EQ(post(link, "act=away&on=5/1&until=7/2").status, 200) << "31 days back, 31 ahead";
  EXPECT_THAT(suspended(), ElementsAre("2026-05-01..2026-07-02"));
}

TEST_F(OtherAnswers, AnAbsenceThatIsKnownIsOneAndOneThatOverlapsIsRefused) {
  ASSERT_EQ(static_cast<int>(run("suspend", {{"client", "C-1"},
                                             {"from", "2026-06-02"},
                                             {"until", "2026-06-20"},
                                             {"reason", "入院"}})
                                 .exit),
            0);
  EXPECT_THAT(post(link, "act=away&on=6/2&until=6/20").body, HasSubstr("すでに記録がありました"));
  const HttpResponse overlaps = post(link, "act=away&on=6/20&until=6/25");
  EXPECT_EQ(overlaps.status, 422);
  EXPECT_THAT(overlaps.body, HasSubstr("すでに休止の記録があります（2026-06-02〜2026-06-20）"));
  EXPECT_THAT(suspended(), SizeIs(1));
  EXPECT_EQ(post(link, "act=away&on=6/21&until=6/25").status, 200) << "the day after";
}

TEST_F(OtherAnswers, AnAbsenceIsUndone) {
  const std::string nonce = nonce_in(post(link, "act=away&on=6/1&until=6/20"));
  EXPECT_THAT(suspended(), SizeIs(1));
  EXPECT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(suspended(), IsEmpty());
}

TEST_F(OtherAnswers, AReportedEndIsConfirmedByTheSupervisorWhoIsAskedNextMorning) {
  const HttpResponse page = post(link, "act=ended&on=5/29");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, HasSubstr("2026-06-15 まで待ちます"));
  EXPECT_FALSE(store->facts("C-1")->ended_on) << "their word alone does not end it";
  EXPECT_THAT(newest_to(kTaro), HasSubstr("利用終了（5/29）の報告がありました"));
  run_to("2026-06-02T09:00:00+09:00");
  ASSERT_THAT(newest_to(kJiro), HasSubstr("利用終了（5/29）の報告がありました"));
  const std::string theirs = link_to(kJiro);
  ASSERT_THAT(theirs, SizeIs(29));
  EXPECT_THAT(ask("GET", theirs).body,
              AllOf(HasSubstr("利用終了を記録する"), Not(HasSubstr("担当ではない"))));
  ASSERT_EQ(post(theirs, "act=ended&on=5/29").status, 200);
  EXPECT_EQ(store->facts("C-1")->ended_on, day("2026-05-29"));
  EXPECT_THAT(live(), IsEmpty());
  run_to("2026-06-03T09:00:00+09:00");
  EXPECT_THAT(newest_to(kCore), HasSubstr("利用終了（5/29）が記録されました"))
      << "a supervisor cannot silence unnoticed either";
}

TEST_F(OtherAnswers, WhileAnEndWaitsToBeConfirmedTheCaseManagersLinesWait14Days) {
  ASSERT_EQ(post(link, "act=ended&on=5/29").status, 200);
  const auto told = to(kTaro).size();  // the receipt is among them
  run_to("2026-06-15T23:59:59+09:00");
  EXPECT_THAT(to(kTaro), SizeIs(told));
  EXPECT_THAT(live(), Contains(HasSubstr("/monitoring/"))) << "it waits, and is not over";
  run_to("2026-06-23T09:00:00+09:00");
  ASSERT_GT(to(kTaro).size(), told) << "nobody confirmed it: a week before due they are reminded";
  EXPECT_THAT(newest_to(kTaro), HasSubstr("6月分のモニタリング"));
  EXPECT_THAT(live(), Not(Contains(HasSubstr("/end_report/"))));
}

TEST_F(OtherAnswers, TheSupervisorIsAskedTwiceInThoseDays) {
  ASSERT_EQ(post(link, "act=ended&on=5/29").status, 200);
  run_to("2026-06-20T09:00:00+09:00");
  std::vector<std::string> asked;
  for (const Try& one : to(kJiro)) {
    if (one.parcel.message.text.find("の報告がありました") == std::string::npos) continue;
    asked.push_back(zone.local_text(one.at));
  }
  EXPECT_THAT(asked, ElementsAre("2026-06-02 08:30", "2026-06-08 08:30"));
}

TEST_F(OtherAnswers, WhoIsReachedAfterTheReportedDayIsStillServed) {
  ASSERT_EQ(post(link, "act=ended&on=5/29").status, 200);
  EXPECT_THAT(live(), Contains(HasSubstr("/end_report/")));
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-29"}, {"by", "x"}}).exit),
            0);
  turn();
  EXPECT_THAT(live(), Contains(HasSubstr("/end_report/"))) << "that very day proves nothing";
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-30"}, {"by", "x"}}).exit),
            0);
  turn();
  EXPECT_THAT(live(), Not(Contains(HasSubstr("/end_report/"))));
}

TEST_F(OtherAnswers, AnEndCannotBeReportedAgainAndAgain) {
  ASSERT_EQ(post(link, "act=ended&on=5/29").status, 200);
  const HttpResponse other = post(link, "act=ended&on=5/30");
  EXPECT_EQ(other.status, 422);
  EXPECT_THAT(other.body, HasSubstr("利用終了は、すでに報告されています（2026-05-29"));
  at("2026-07-31T10:00:00+09:00");  // 60 days later
  turn();
  EXPECT_EQ(post(link_to(kTaro), "act=ended&on=7/30").status, 422);
  at("2026-08-01T10:00:00+09:00");
  EXPECT_EQ(post(link_to(kTaro), "act=ended&on=7/30").status, 200);
}

TEST_F(OtherAnswers, AnEndReportedAgainInOtherWordsIsTheSameReport) {
  ASSERT_EQ(post(link, "act=ended&on=5/29").status, 200);
  at("2026-06-10T09:00:00+09:00");
  turn();
  EXPECT_THAT(post(link, "act=ended&on=5/29&note=b").body, HasSubstr("すでに記録がありました"));
  EXPECT_THAT(store->facts("C-1")->end_reports, SizeIs(1));
  EXPECT_THAT(live(), Contains("C-1/end_report/1"));
}

TEST_F(OtherAnswers, AnEndBeforeTheyWereSeenIsRefused) {
  ASSERT_EQ(static_cast<int>(
                run("record contact", {{"client", "C-1"}, {"on", "2026-05-30"}, {"by", "x"}}).exit),
            0);
  turn();
  const HttpResponse page = post(link, "act=ended&on=5/29");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("（2026-05-30）に、会うか連絡がとれた記録があります"));
  EXPECT_EQ(post(link, "act=ended&on=5/30").status, 200);
}

TEST_F(OtherAnswers, AnEndThatSomebodyHasChangedSinceIsNotUndone) {
  post(link, "act=ended&on=5/29");
  run_to("2026-06-02T09:00:00+09:00");
  const std::string theirs = link_to(kJiro);
  std::string undo = nonce_in(post(theirs, "act=ended&on=5/29"));
  EXPECT_EQ(store->facts("C-1")->ended_on, day("2026-05-29"));
  EXPECT_EQ(post(theirs + "/undo", "nonce=" + undo).status, 200);
  EXPECT_EQ(store->facts("C-1")->ended_on, std::nullopt);
  turn();
  undo = nonce_in(post(theirs, "act=ended&on=5/29"));
  ASSERT_EQ(static_cast<int>(run("end", {{"client", "C-1"}, {"on", "2026-06-20"}}).exit), 0);
  EXPECT_EQ(post(theirs + "/undo", "nonce=" + undo).status, 422) << "somebody said another day";
  EXPECT_EQ(store->facts("C-1")->ended_on, day("2026-06-20"));
}

TEST_F(OtherAnswers, AReportedEndIsUndone) {
  const std::string nonce = nonce_in(post(link, "act=ended&on=5/29"));
  EXPECT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(live(), Not(Contains(HasSubstr("/end_report/"))));
  run_to("2026-06-24T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("6月分のモニタリング"));
  EXPECT_THAT(all_to(kJiro), Not(HasSubstr("の報告がありました")));
}

TEST_F(OtherAnswers, ADayThatHasNotComeIsNoEnd) {
  EXPECT_EQ(post(link, "act=ended&on=6/2").status, 422);
  EXPECT_EQ(post(link, "act=ended&on=").status, 422);
  EXPECT_EQ(post(link, "act=ended&on=6/1").status, 200);
}

TEST_F(OtherAnswers, NotMineWantsTheCodeAndTellsTheSupervisorAndNothingElse) {
  for (const char* form : {"act=not_mine", "act=not_mine&client=", "act=not_mine&client=C-2",
                           "act=not_mine&on=2026-06-01"}) {
    EXPECT_EQ(post(link, form).status, 422) << form;
  }
  const auto before = live();
  ASSERT_EQ(post(link, "act=not_mine&client=%EF%BD%83%EF%BC%8D%EF%BC%91").status, 200)
      << "as people type it";
  EXPECT_EQ(live(), before);
  EXPECT_THAT(records(), IsEmpty());
  const auto told = to(kTaro).size();
  EXPECT_EQ(when(kTaro).back(), "2026-06-01 08:30") << "it waits for the next digest";
  run_to("2026-06-02T09:00:00+09:00");
  EXPECT_THAT(to(kTaro), SizeIs(told + 1));
  EXPECT_THAT(newest_to(kTaro), HasSubstr("「担当ではない」との返事がありました"));
  EXPECT_THAT(newest_to(kJiro),
              AllOf(HasSubstr("「担当ではない」との返事がありました"),
                    HasSubstr("担当が違う場合は、システムの運用担当者に変更をご依頼ください")));
  run_to("2026-06-24T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("6月分のモニタリング")) << "reminders go on";
}

TEST_F(OtherAnswers, NotMineTwiceIsSaidOnce) {
  ASSERT_EQ(post(link, "act=not_mine&client=C-1").status, 200);
  EXPECT_THAT(post(link, "act=not_mine&client=C-1&note=x").body,
              HasSubstr("すでに記録がありました"));
  run_to("2026-06-02T09:00:00+09:00");
  const std::string text = newest_to(kJiro);
  const auto first = text.find("担当ではない");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("「担当ではない」", first + 1), std::string::npos) << text;
}

TEST_F(OtherAnswers, WhileTheClockIsNotBelievedOnlyWhatHasADayOfItsOwnIsTaken) {
  at("2026-06-02T09:00:00+09:00");
  store->set_meta("clock_hold", "forward: it stepped by 40 days");
  for (const char* form : {"act=will_visit&on=2026-06-10", "act=ended&on=2026-06-01&client=C-1",
                           "act=not_mine&client=C-1"}) {
    const HttpResponse page = post(link, form);
    EXPECT_EQ(page.status, 422) << form;
    EXPECT_THAT(page.body, AllOf(HasSubstr("まだ何も記録していません"), HasSubstr("もう一度")))
        << form;
  }
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(post(link, "act=visited&on=2026-06-01").status, 200);
  EXPECT_THAT(records(), ElementsAre("visit 2026-06-01 by CM-1"));
}

}  // namespace
}  // namespace omamori
