// In which order somebody reads their lines, and what the subject says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "daemon/text/message_text.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Line monitoring(const std::string& client, const std::string& due_by) {
  return LineBuilder(ObligationKind::monitoring, client, "2026-06-01", due_by).months({"2026-06"});
}

Line concern(const std::string& opened, const std::string& stage) {
  const Day due = *parse_day(opened) + std::chrono::days{3};
  return LineBuilder(ObligationKind::concern, "C-9", opened, to_string(due))
      .check("S-9")
      .stage(stage, 0);
}

// The codes of the clients in the order of the text.
std::string order(std::vector<Line> lines) {
  const std::string text = compose(digest_of(std::move(lines)), "m-1").text;
  std::string out;
  for (std::size_t at = text.find(". C-"); at != std::string::npos;
       at = text.find(". C-", at + 1)) {
    out += text.substr(at + 2, 3) + " ";
  }
  return out;
}

// Today is 2026-06-15.
TEST(OrderOfLines, WhatIsDueTodayStandsAboveWhatIsDueLaterWhateverItsKind) {
  const Line baseline =
      LineBuilder(ObligationKind::baseline, "C-1", "2026-06-15", "2026-07-15").months({"2026-03"});
  EXPECT_EQ(order({baseline, monitoring("C-2", "2026-06-15")}), "C-2 C-1 ");
  EXPECT_EQ(order({baseline, monitoring("C-2", "2026-06-16")}), "C-2 C-1 ");
  EXPECT_EQ(order({baseline, monitoring("C-2", "2026-07-15")}), "C-1 C-2 ") << "as due: by kind";
}

TEST(OrderOfLines, TodayComesAfterWhatIsUrgentAndBeforeWhatIsLate) {
  const Line late = LineBuilder(ObligationKind::streak, "C-3", "2026-05-01", "2026-05-31")
                        .months({"2026-05"})
                        .late(15);
  const Line later =
      LineBuilder(ObligationKind::return_, "C-4", "2026-05-20", "2026-06-03").late(12);
  EXPECT_EQ(order({later, late, monitoring("C-5", "2026-06-30"), monitoring("C-6", "2026-06-15"),
                   concern("2026-06-14", "opened")}),
            "C-9 C-6 C-3 C-4 C-5 ");
}

TEST(OrderOfLines, AStreakWhoseOpenMonthEndsTodayIsDueToday) {
  const auto streak = [](const char* due_by) {
    return LineBuilder(ObligationKind::streak, "C-3", "2026-04-01", "2026-04-30")
        .months({"2026-04"})
        .also("2026-06", due_by)
        .late(46);
  };
  EXPECT_THAT(compose(digest_of({streak("2026-06-15")}), "m").text, HasSubstr("■ 本日が期限です"));
  EXPECT_THAT(compose(digest_of({streak("2026-06-16")}), "m").text,
              HasSubstr("■ 期限を過ぎています"));
}

TEST(SubjectOfDigest, CountsWhatIsUrgentDueTodayAndLate) {
  const Line late = LineBuilder(ObligationKind::streak, "C-3", "2026-05-01", "2026-05-31")
                        .months({"2026-05"})
                        .late(15);
  const Line lapse = LineBuilder(ObligationKind::lapse, "C-7", "2026-06-13", "2026-06-27")
                         .check("S-7", "2026-05-09");
  const std::vector<Line> lines = {late, lapse, monitoring("C-5", "2026-06-30"),
                                   monitoring("C-6", "2026-06-15")};
  EXPECT_EQ(compose(digest_of(lines), "m").subject,
            "【お守り】6/15 4件（至急1件・本日期限1件・期限超過1件）");
  EXPECT_EQ(compose(digest_of(lines, Language::en), "m").subject,
            "[omamori] 15 Jun: 4 items (1 urgent, 1 due today, 1 overdue)");
}

TEST(SubjectOfDigest, OneLineThatIsDueTodaySaysSo) {
  EXPECT_EQ(compose(digest_of({monitoring("C-6", "2026-06-15")}), "m").subject,
            "【お守り】C-6 6月分のモニタリング（本日期限）");
  EXPECT_EQ(compose(digest_of({monitoring("C-6", "2026-06-15")}, Language::en), "m").subject,
            "[omamori] C-6: Monitoring visit for Jun (due today)");
  EXPECT_EQ(compose(digest_of({monitoring("C-6", "2026-06-16")}), "m").subject,
            "【お守り】C-6 6月分のモニタリング");
}

// It goes out in the digest from its fourth day on.
TEST(SubjectOfDigest, AConcernIsUrgentOnEveryDayItIsOpenAndCountsThem) {
  const struct {
    const char* opened;
    const char* stage;
    const char* ja;
    const char* en;
  } rows[] = {
      {"2026-06-15", "opened", "【お守り・至急】C-9 安否確認 S-9 で「気がかり」と記録されました",
       "[omamori: urgent] C-9: Safety check S-9 recorded a concern"},
      {"2026-06-15", "no_answer", "【お守り・至急】C-9 安否確認 S-9 で「気がかり」と記録されました",
       "[omamori: urgent] C-9: Safety check S-9 recorded a concern"},
      {"2026-06-14", "opened", "【お守り・至急】C-9 安否確認 S-9 で「気がかり」と記録されました",
       "[omamori: urgent] C-9: Safety check S-9 recorded a concern"},
      {"2026-06-14", "no_answer",
       "【お守り・至急】C-9 「気がかり」2日目、対応の記録がありません（安否確認 S-9）",
       "[omamori: urgent] C-9: Concern, day 2: nothing is recorded of it (safety check S-9)"},
      {"2026-06-08", "unanswered",
       "【お守り・至急】C-9 「気がかり」8日目、対応の記録がありません（安否確認 S-9）",
       "[omamori: urgent] C-9: Concern, day 8: nothing is recorded of it (safety check S-9)"},
  };
  for (const auto& row : rows) {
    const Line line = concern(row.opened, row.stage);
    EXPECT_EQ(compose(digest_of({line}), "m").subject, row.ja);
    EXPECT_EQ(compose(digest_of({line}, Language::en), "m").subject, row.en);
  }
  EXPECT_EQ(
      compose(digest_of({concern("2026-06-08", "unanswered"), monitoring("C-6", "2026-06-30")}),
              "m")
          .subject,
      "【お守り・至急】6/15 2件（至急1件）");
}

// R12: nobody is alarmed by an import.
TEST(SubjectOfDigest, AConcernThatIsOverOrWasImportedAlarmsNobody) {
  Line over = concern("2026-06-08", "withdrawn");
  over.withdrawn = true;
  Line imported = concern("2026-06-08", "opened");
  imported.about.quiet = true;
  for (const Line& line : {over, imported}) {
    EXPECT_THAT(compose(digest_of({line}), "m").subject, Not(HasSubstr("至急】")));
  }
}

TEST(AConcern, SaysByWhichCheckAndProviderItCame) {
  Line line = concern("2026-06-12", "unanswered");
  EXPECT_THAT(compose(digest_of({line}), "m").text,
              HasSubstr("6/12の確認（安否確認 S-9）で、気がかりなことがあると記録されました。"
                        "今日で4日目です。"));
  line.provider = "PR-1";
  EXPECT_THAT(compose(digest_of({line}), "m").text,
              HasSubstr("6/12の確認（安否確認 S-9、実施者 PR-1）で、"));
  EXPECT_THAT(compose(digest_of({line}, Language::en), "m").text,
              AllOf(HasSubstr("PR-1 recorded a concern on 12 Jun (safety check S-9)."),
                    HasSubstr("This is day 4.")));
}

}  // namespace
}  // namespace omamori
