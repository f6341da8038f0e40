// Names beside codes: where the digest has them, and only in what people read (P7).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reports/weekly_figures.h"
#include "daemon/text/message_text.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

StaffNames names() {
  return std::make_shared<const std::map<std::string, std::string>>(
      std::map<std::string, std::string>{{"CM-1", "NAME-1"},
                                         {"CM-2", "NAME-2"},
                                         {"CM-9", "NAME-9"},
                                         {"PR-1", "NAME-P"},
                                         {"SV-1", "NAME-S"}});
}

Digest with_names(std::vector<Line> lines, Language language) {
  Digest digest = digest_of(std::move(lines), language);
  digest.staff_names = names();
  for (Line& line : digest.lines) line.staff_names = digest.staff_names;
  return digest;
}

Line a_line_with_everybody() {
  Line line = LineBuilder(ObligationKind::concern, "C-1", "2026-06-14", "2026-06-17")
                  .check("S-1")
                  .as(Role::supervisor);
  line.provider = "PR-1";
  line.acts_now = Acting{"CM-2", Because::delegate, "CM-1"};
  line.stands_in = Acting{"SV-1", Because::away, "SV-7"};
  line.instead_of = line.handed_over_from = line.not_reached = "CM-9";
  line.answered_by = "CM-2";
  line.answered_on = *parse_day("2026-06-14");
  return line;
}

TEST(ShownNames, StandBesideEveryCodeOfStaff) {
  const Message ja = compose(with_names({a_line_with_everybody()}, Language::ja), "m-1");
  for (const char* sentence :
       {"担当: CM-2 NAME-2（不在の CM-1 NAME-1 の代理）", "実施者 PR-1 NAME-P）",
        "管理者の SV-7 が不在のため", "CM-9 NAME-9 さんに届かないため",
        "CM-9 NAME-9 さんからの引き継ぎです", "この件は CM-9 NAME-9 さんに",
        "対応の返事: CM-2 NAME-2 さん", "お守り（宛先 CM-1 NAME-1）"}) {
    EXPECT_THAT(ja.text, HasSubstr(sentence));
  }
  const Message en = compose(with_names({a_line_with_everybody()}, Language::en), "m-1");
  EXPECT_THAT(en.text, AllOf(HasSubstr("Case manager: CM-2 NAME-2 (for CM-1 NAME-1, who is away)"),
                             HasSubstr("Handed over from CM-9 NAME-9.")));
  for (const Message* message : {&ja, &en}) {
    EXPECT_THAT(message->html, HasSubstr("NAME-9"));
    EXPECT_THAT(message->subject, Not(HasSubstr("NAME"))) << "it stands on lock screens";
    EXPECT_THAT(message->json, Not(HasSubstr("NAME"))) << "programs go by codes";
  }
}

TEST(ShownNames, AreNowhereWhereTheDigestHasNone) {
  const Message ja = compose(digest_of({a_line_with_everybody()}), "m-1");
  EXPECT_THAT(ja.text,
              AllOf(HasSubstr("担当: CM-2（不在の CM-1 の代理）"), Not(HasSubstr("NAME"))));
}

Message weekly(bool shown, Language language) {
  auto report = std::make_shared<WeeklyReport>();
  report->monday = *parse_day("2026-06-15");
  report->from = report->monday;
  report->offices = {"OF-1"};
  WeeklyFigures& figures = report->figures;
  figures.clients = 2;
  figures.months = {{"CM-1", "C-1", *parse_month("2026-06"), *parse_day("2026-06-30")}};
  RiskItem risk;
  risk.kind = ObligationKind::streak;
  risk.acts = {"CM-2", Because::delegate, "CM-1"};
  risk.case_manager = "CM-1";
  risk.client = "C-2";
  risk.months = {*parse_month("2026-04")};
  risk.by = parse_day("2026-04-30");
  figures.risks = {risk};
  figures.acts_now["CM-1"] = {"CM-2", Because::delegate, "CM-1"};
  if (shown) {
    report->staff_names = names();
    report->client_names = std::make_shared<const std::map<std::string, std::string>>(
        std::map<std::string, std::string>{{"C-1", "NAME-C1"}, {"C-2", "NAME-C2"}});
  }
  Line line = LineBuilder(ObligationKind::weekly, "", "2026-06-15", "2026-06-21");
  Digest digest = digest_of({line}, language);
  digest.kind = MessageKind::weekly;
  digest.weekly = report;
  return compose(digest, "m-1");
}

TEST(ShownNames, StandInTheWeeklyToo) {
  const Message ja = weekly(true, Language::ja);
  EXPECT_THAT(ja.text, AllOf(HasSubstr("・C-2　NAME-C2　モニタリング 4月 未実施"),
                             HasSubstr("CM-2 NAME-2 が対応"),
                             HasSubstr("担当 CM-1 NAME-1（不在・代理 CM-2 NAME-2）"),
                             HasSubstr("1件　C-1 NAME-C1")));
  EXPECT_THAT(ja.html, HasSubstr("NAME-C2"));
  const Message en = weekly(true, Language::en);
  EXPECT_THAT(en.text, HasSubstr("- C-2 NAME-C2: "));
  for (const Message* message : {&ja, &en}) {
    EXPECT_THAT(message->subject, Not(HasSubstr("NAME")));
    EXPECT_THAT(message->json, Not(HasSubstr("NAME")));
  }
  for (const Language language : {Language::ja, Language::en}) {
    const Message codes = weekly(false, language);
    EXPECT_THAT(codes.text, Not(HasSubstr("NAME")));
    EXPECT_THAT(codes.html, Not(HasSubstr("NAME")));
  }
}

}  // namespace
}  // namespace omamori
