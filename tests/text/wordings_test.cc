// What somebody is asked to do, and by when, as the line says it to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "daemon/text/phrasebook.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Phrases ja(const Line& line, const char* today) {
  return japanese_phrasebook().line(line, *parse_day(today));
}
Phrases en(const Line& line, const char* today) {
  return english_phrasebook().line(line, *parse_day(today));
}

Line with_link(Line line) {
  line.act = "{act:" + line.about.key + "}";
  return line;
}

std::vector<Line> lines_that_ask_for_a_day() {
  return {
      LineBuilder(ObligationKind::monitoring, "C-1", "2026-06-01", "2026-06-30")
          .months({"2026-06"}),
      LineBuilder(ObligationKind::streak, "C-1", "2026-05-01", "2026-05-31")
          .months({"2026-05"})
          .late(15),
      LineBuilder(ObligationKind::baseline, "C-1", "2026-06-01", "2026-07-01").months({"2026-03"}),
      LineBuilder(ObligationKind::lapse, "C-1", "2026-06-13", "2026-06-27").check("S-1"),
      LineBuilder(ObligationKind::concern, "C-1", "2026-06-15", "2026-06-18").check("S-1"),
      LineBuilder(ObligationKind::return_, "C-1", "2026-06-10", "2026-06-24"),
  };
}

// A case manager has no program to record with: there is a link, or somebody to be told.
TEST(WhatToDo, IsRecordedByTheLinkWhereThereIsOneAndReportedWhereThereIsNone) {
  for (const Line& line : lines_that_ask_for_a_day()) {
    const std::string kind(to_word(line.about.kind));
    EXPECT_THAT(ja(line, "2026-06-15").action,
                AllOf(HasSubstr("をご連絡ください。"), Not(HasSubstr("記録してください"))))
        << kind;
    EXPECT_THAT(ja(with_link(line), "2026-06-15").action,
                AllOf(HasSubstr("下のリンクから"), HasSubstr("を記録してください。")))
        << kind;
    EXPECT_THAT(en(line, "2026-06-15").action, HasSubstr("eport ")) << kind;
    EXPECT_THAT(en(with_link(line), "2026-06-15").action, HasSubstr("by the link below.")) << kind;
  }
}

TEST(WhatToDo, OfAProviderIsRecordedOnTheirPageWhereThereIsOne) {
  Line line = LineBuilder(ObligationKind::check_in, "C-1", "2026-06-14").check("S-1");
  line.reminder.as = Role::provider;
  EXPECT_THAT(ja(line, "2026-06-15").action,
              EndsWith("（変わりなし・気がかり・会えず）をご連絡ください。"));
  line.on_page = true;
  EXPECT_THAT(ja(line, "2026-06-15").action, EndsWith("結果を下のページで記録してください。"));
  EXPECT_THAT(en(line, "2026-06-15").action, HasSubstr("on the page below"));
}

TEST(WhatToDo, OfWhoeverDoesNotVisitIsToAskForADay) {
  for (Line line : lines_that_ask_for_a_day()) {
    line.reminder.as = Role::supervisor;
    EXPECT_EQ(
        ja(line, "2026-06-15").action,
        "担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者をお決めください。");
    line.reminder.as = Role::core_center;
    EXPECT_EQ(ja(line, "2026-06-15").action,
              "事業所に連絡し、対応する人と対応予定日をご確認ください。");
  }
}

TEST(WhenToDoIt, OfAConcernIsTodayAndItsTerm) {
  const Line line =
      LineBuilder(ObligationKind::concern, "C-1", "2026-12-08", "2026-12-11").check("S-1");
  EXPECT_EQ(ja(line, "2026-12-08").window, "本日中に連絡、12/11までに対応");
  EXPECT_EQ(ja(line, "2026-12-10").window, "本日中に連絡、12/11までに対応");
  EXPECT_EQ(ja(line, "2026-12-11").window, "本日中に連絡・対応");
  EXPECT_EQ(en(line, "2026-12-10").window, "make contact today, respond by 11 Dec");
  EXPECT_EQ(en(line, "2026-12-11").window, "make contact and respond today");
  Line late = line;
  late.days_late = 1;
  EXPECT_EQ(ja(late, "2026-12-12").window, "本日中に連絡・対応（期限 12/11 を過ぎています）");
  EXPECT_EQ(en(late, "2026-12-12").window, "make contact and respond today (was due 11 Dec)");
}

TEST(WhenToDoIt, OfABaselineIsWhenToReportNotWhenToVisit) {
  Line line = LineBuilder(ObligationKind::baseline, "C-1", "2026-09-01", "2026-12-30");
  EXPECT_EQ(ja(line, "2026-12-01").window, "12/30までに、最後の訪問日をご報告ください");
  EXPECT_EQ(en(line, "2026-12-01").window, "report the last visit by 30 Dec");
  line.days_late = 1;
  EXPECT_EQ(ja(line, "2026-12-31").window,
            "最後の訪問日をご報告ください（期限 12/30 を過ぎています）");
}

TEST(WhenToDoIt, SaysThatATermIsOver) {
  Line line = LineBuilder(ObligationKind::return_, "C-1", "2026-08-12", "2026-08-26");
  EXPECT_EQ(ja(line, "2026-08-26").window, "8/26までに訪問");
  line.days_late = 1;
  EXPECT_EQ(ja(line, "2026-08-27").window, "8/26までに訪問（期限を過ぎています）");
  EXPECT_EQ(en(line, "2026-08-27").window, "visit by 26 Aug (past)");
}

TEST(ALapse, SaysWhatItMeansForTheVisitsWhereTheyHangOnIt) {
  Line line = LineBuilder(ObligationKind::lapse, "C-1", "2026-06-13", "2026-06-27")
                  .check("S-1", "2026-05-09");
  EXPECT_THAT(ja(line, "2026-06-15").why,
              HasSubstr("安否が確認されるまで、訪問は標準の間隔に戻ります。"));
  line.about.last_ok.reset();
  EXPECT_THAT(ja(line, "2026-06-15").why,
              HasSubstr("安否が確認されるまで、訪問は標準の間隔です。"));
  line.lengthens = false;
  EXPECT_THAT(ja(line, "2026-06-15").why, Not(HasSubstr("間隔")));
  EXPECT_THAT(en(line, "2026-06-15").why, Not(HasSubstr("interval")));
}

TEST(ALapse, NamesWhomToAskForTheRecord) {
  Line line = LineBuilder(ObligationKind::lapse, "C-1", "2026-06-13", "2026-06-27").check("S-1");
  EXPECT_THAT(ja(line, "2026-06-15").action, HasSubstr("実施者に記録の提出を"));
  line.provider = "PR-1";
  EXPECT_THAT(ja(line, "2026-06-15").action, HasSubstr("実施者 PR-1 に記録の提出を"));
  EXPECT_THAT(en(line, "2026-06-15").action, HasSubstr("ask PR-1 for the record"));
}

TEST(AStreak, WhoseOpenMonthEndsTodaySaysToday) {
  Line line = LineBuilder(ObligationKind::streak, "C-1", "2026-04-01", "2026-04-30")
                  .months({"2026-04"})
                  .also("2026-06", "2026-06-30")
                  .late(61);
  EXPECT_EQ(ja(line, "2026-06-29").headline, "4月 未実施、6月は6/30まで");
  EXPECT_EQ(ja(line, "2026-06-30").headline, "4月 未実施、6月は本日まで");
  EXPECT_EQ(en(line, "2026-06-30").headline, "Apr not visited; Jun by today");
  EXPECT_THAT(ja(line, "2026-06-30").action,
              EndsWith("訪問日が記録されると、このお知らせは止まります。"));
}

TEST(WhoSupervises, IsCalledByTheCityOrTheOffice) {
  Line line =
      LineBuilder(ObligationKind::streak, "C-1", "2026-05-01", "2026-05-31").months({"2026-05"});
  line.reminder.as = Role::supervisor;
  line.stands_in = Acting{"CC-1", Because::away, "SV-1"};
  EXPECT_THAT(japanese_phrasebook().standing_in(line), HasSubstr("管理者の SV-1 が不在のため"));
  line.of_city = true;
  EXPECT_THAT(japanese_phrasebook().standing_in(line), HasSubstr("市担当者の SV-1 が不在のため"));
}

}  // namespace
}  // namespace omamori
