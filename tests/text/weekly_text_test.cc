// The weekly message in words: what a supervisor reads on Monday, and what a program gets.
#include <fstream>
#include <iterator>
#include <memory>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/text/message_text.h"
#include "daemon/text/phrases_weekly.h"
#include "tests/support/places.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Day day(const char* text) { return *parse_day(text); }
Month month(const char* text) { return *parse_month(text); }

std::string file(const std::string& name) {
  std::ifstream stream(source_path(name));
  return {std::istreambuf_iterator<char>(stream), {}};
}

RiskItem risk(ObligationKind kind, const std::string& acts, const std::string& client,
              const std::string& since, const std::string& by) {
  RiskItem item;
  item.kind = kind;
  item.acts.staff = acts;
  item.case_manager = acts;
  item.client = client;
  item.since = *parse_day(since);
  item.by = *parse_day(by);
  return item;
}
RiskItem streak(const std::string& acts, const std::string& client, std::vector<Month> months,
                const std::string& due_by) {
  RiskItem item = risk(ObligationKind::streak, acts, client, due_by, due_by);
  item.months = std::move(months);
  return item;
}
RiskItem of_check(ObligationKind kind, const std::string& check, RiskItem item) {
  item.kind = kind;
  item.check = check;
  return item;
}

// The week of 15 June 2026, with one of everything.
WeeklyReport full_week() {
  using Kind = ObligationKind;
  WeeklyReport report;
  report.monday = day("2026-06-15");
  report.from = day("2026-06-15");
  report.offices = {"OF-1"};
  WeeklyFigures& f = report.figures;
  f.clients = 42;
  f.months = {{"CM-1", "C-0003", month("2026-06"), day("2026-06-30")},
              {"CM-1", "C-0009", month("2026-06"), day("2026-06-20")},
              {"CM-2", "C-0044", month("2026-06"), day("2026-06-30")}};
  f.risks = {of_check(Kind::concern, "S-8",
                      risk(Kind::concern, "CM-2", "C-0032", "2026-06-13", "2026-06-16")),
             of_check(Kind::lapse, "S-31",
                      risk(Kind::lapse, "CM-2", "C-0031", "2026-06-13", "2026-06-27")),
             streak("CM-2", "C-0050", {month("2026-05")}, "2026-05-31"),
             streak("CM-1", "C-0012", {month("2026-04"), month("2026-05")}, "2026-04-30"),
             risk(Kind::monitoring, "CM-1", "C-0009", "2026-06-01", "2026-06-20"),
             risk(Kind::renewal, "CM-1", "C-0009", "2026-04-21", "2026-06-20"),
             risk(Kind::unassigned, "SV-1", "C-0070", "2026-06-08", "2026-06-15"),
             of_check(Kind::check_in, "S-7",
                      risk(Kind::check_in, "PR-1", "C-0007", "2026-06-04", "2026-06-18"))};
  const char* keys[] = {"C-0032/concern/S-8/2026-06-13T01:00:00Z",
                        "C-0031/lapse/S-31/2026-06-13",
                        "C-0050/streak/2026-05",
                        "C-0012/streak/2026-04",
                        "C-0009/monitoring/2025-06-21/2026-06",
                        "C-0009/renewal/2026-06-20",
                        "C-0070/unassigned/2026-06-08",
                        ""};
  for (std::size_t i = 0; i < f.risks.size(); ++i) f.risks[i].obligation = keys[i];
  f.risks[4].months = {month("2026-06")};
  f.risks[6].case_manager = "";
  f.risks[7].case_manager = "CM-1";
  f.suspended = {{"CM-1", "C-0060", day("2026-03-02"), {}, day("2026-07-31")},
                 {"CM-2", "C-0061", day("2026-06-01"), day("2026-06-30"), {}}};
  f.gaps = {{"", "C-0070", month("2026-12")}};
  f.dead_letters = {{*parse_instant("2026-06-10T00:00:00Z"), "CM-2", Channel::email, true, "m-1"},
                    {*parse_instant("2026-06-11T00:00:00Z"), "CM-2", Channel::email, false, "m-2"}};
  report.journal_seq = 1234;
  report.journal_hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  return report;
}

WeeklyReport quiet_week() {
  WeeklyReport report = full_week();
  report.figures = {};
  report.figures.clients = 42;
  return report;
}

Message message_of(WeeklyReport report, Language language = Language::ja, int days_late = 0) {
  Digest digest = digest_of({}, language);
  digest.kind = MessageKind::weekly;
  digest.to = "SV-1";
  digest.slots_late_days = days_late;
  LineBuilder line(ObligationKind::weekly, "", "2026-06-15", "2026-06-21");
  line.line.about.key = "weekly/2026-W25";
  line.stage("overview", 0);
  digest.lines = {line.as(Role::supervisor)};
  digest.weekly = std::make_shared<const WeeklyReport>(std::move(report));
  return compose(digest, "m-1");
}

// Each way in which a case manager may not be there, in each language, and for programs.
TEST(WeeklyWords, SaysWhoActsForACaseManagerWhoIsNotThere) {
  struct Row {
    Acting acts;
    const char* ja;
    const char* en;
  };
  const Row rows[] = {
      {{"CM-3", Because::delegate, "CM-2"}, "（不在・代理 CM-3）", " (away, CM-3 acts)"},
      {{"SV-1", Because::away, "CM-2"}, "（不在・SV-1 が代行）", " (away, SV-1 acts)"},
      {{"SV-1", Because::has_left, "CM-2"}, "（退職・SV-1 が代行）", " (has left, SV-1 acts)"},
      {{"SV-1", Because::unknown_code, "CM-2"},
       "（登録なし・SV-1 が代行）",
       " (not registered, SV-1 acts)"},
  };
  for (const Row& row : rows) {
    WeeklyReport report = full_week();
    report.figures.acts_now["CM-2"] = row.acts;
    for (RiskItem& item : report.figures.risks) {
      if (item.acts.staff == "CM-2") item.acts = row.acts;
    }
    const Message ja = message_of(report);
    EXPECT_THAT(ja.text, AllOf(HasSubstr("・CM-2" + std::string(row.ja) + "　6月（6/30まで）　1件"),
                               HasSubstr("■ " + row.acts.staff + " が対応（"),
                               HasSubstr("担当 CM-2" + std::string(row.ja) + "\n"),
                               HasSubstr("担当 CM-1\n")));
    EXPECT_THAT(message_of(report, Language::en).text,
                HasSubstr("case manager CM-2" + std::string(row.en) + "\n"));
    const auto weekly = boost::json::parse(ja.json).at("weekly");
    EXPECT_EQ(weekly.at("overdue").at(1).at("acting_case_manager").as_string(), row.acts.staff);
    EXPECT_FALSE(weekly.at("overdue").at(0).as_object().contains("acting_case_manager"));
  }
}

TEST(WeeklyWords, ReadsAsASupervisorIsUsedTo) {
  EXPECT_EQ(message_of(full_week()).text, file("tests/data/weekly.ja.txt"));
  EXPECT_EQ(message_of(full_week(), Language::en).text, file("tests/data/weekly.en.txt"));
}

TEST(WeeklyWords, TheSubjectCountsWhatPresses) {
  EXPECT_EQ(
      message_of(full_week()).subject,
      "【お守り・週報】6/15〜6/22 気がかり1・期限超過2・安否確認2・支給決定1・担当なし1・期限前3");
  EXPECT_EQ(message_of(full_week(), Language::en).subject,
            "[omamori: weekly] 15 Jun to 22 Jun: 1 concern, 2 overdue, 2 checks, 1 decision, "
            "1 without case manager, 3 to do");
  EXPECT_EQ(message_of(quiet_week()).subject, "【お守り・週報】6/15〜6/22 変わりありません");
  EXPECT_EQ(message_of(quiet_week(), Language::en).subject,
            "[omamori: weekly] 15 Jun to 22 Jun: all is quiet");
}

TEST(WeeklyWords, AQuietWeekIsShortAndSaysThatItComesAnyhow) {
  const Message ja = message_of(quiet_week());
  EXPECT_THAT(ja.text, HasSubstr("このお知らせは毎週届きます。"));
  EXPECT_LT(std::count(ja.text.begin(), ja.text.end(), '\n'), 16);
  EXPECT_THAT(ja.text, HasSubstr("1234:9f86d081")) << "the journal's head is there all the same";
  EXPECT_THAT(message_of(quiet_week(), Language::en).text,
              HasSubstr("There is nothing to look into."));
}

TEST(WeeklyWords, LatenessIsSaid) {
  EXPECT_THAT(message_of(full_week(), Language::ja, 3).text, HasSubstr("3日遅れて"));
  EXPECT_THAT(message_of(full_week(), Language::en, 3).html, HasSubstr("3 days late"));
  EXPECT_THAT(message_of(full_week()).text, Not(HasSubstr("遅れて")));
}

TEST(WeeklyWords, TheWholeCityIsNamedAsThat) {
  WeeklyReport city = full_week();
  city.whole_city = true;
  city.unreadable = 1;
  EXPECT_THAT(message_of(city).text,
              AllOf(HasSubstr("（全事業所、利用者42人）"), HasSubstr("1人分は含まれていません")));
  EXPECT_THAT(message_of(city, Language::en).text,
              AllOf(HasSubstr("(all offices, 42 clients)"), HasSubstr("1 client left out")));
}

TEST(WeeklyWords, WhatIsWrongWithOmamoriItselfIsSaidAndNoQuietWeek) {
  WeeklyReport report = quiet_week();
  EXPECT_THAT(message_of(report).text, Not(HasSubstr("運用状態")));
  report.health = {{"メールを送れません", "smtp is down"}};
  EXPECT_THAT(message_of(report).text,
              AllOf(HasSubstr("お守りの運用状態"), HasSubstr("・メールを送れません"),
                    Not(HasSubstr("ご確認いただくことはありません"))));
  EXPECT_THAT(message_of(report, Language::en).text, HasSubstr("- smtp is down"));
  EXPECT_EQ(boost::json::parse(message_of(report).json).at("weekly").at("health").at(0),
            "smtp is down");
}

TEST(WeeklyWords, ALongListIsCutAndCounted) {
  WeeklyReport report = quiet_week();
  for (std::size_t i = 0; i < kWeeklyRows + 2; ++i) {
    const std::string code = "C-" + std::to_string(i);
    report.figures.suspended.push_back({"CM-1", code, day("2026-06-01"), {}, {}});
    report.figures.months.push_back({"CM-1", code, month("2026-06"), day("2026-06-30")});
  }
  const WeeklyWords words = weekly_words(report, day("2026-06-15"), Language::ja);
  EXPECT_THAT(words.sections[0].rows[0].text,
              AllOf(HasSubstr("62件　C-0、"), HasSubstr("ほか32件")));
  EXPECT_EQ(words.sections[1].rows.size(), kWeeklyRows + 1);
  EXPECT_EQ(words.sections[1].rows.back().text, "ほか2件");
  const auto data = boost::json::parse(message_of(report).json);
  EXPECT_EQ(data.at("weekly").at("suspended").as_array().size(), kWeeklyRows + 2)
      << "programs get all";
}

TEST(WeeklyWords, OfALongListOfWhoMustActTheMostPressingAreShown) {
  WeeklyReport report = quiet_week();
  for (std::size_t i = 0; i < kWeeklyRisks + 2; ++i) {
    report.figures.risks.push_back(streak(i < 100 ? "CM-1" : "CM-2", "C-" + std::to_string(i),
                                          {month("2026-05")}, "2026-05-31"));
  }
  const WeeklyWords words = weekly_words(report, day("2026-06-15"), Language::ja);
  EXPECT_EQ(words.sections[0].title, "CM-1 が対応（100件）");
  EXPECT_EQ(words.sections[1].title, "CM-2 が対応（52件）") << "also of those that are not shown";
  EXPECT_EQ(words.sections[1].rows.size(), kWeeklyRisks - 100);
  EXPECT_EQ(words.sections[2].title, "ほか2件");
}

TEST(WeeklyWords, TheWebhookIsWhatThePublishedExampleShows) {
  const auto example =
      boost::json::parse(file("daemon/text/templates/webhook-weekly-example.json"));
  const Message message = message_of(full_week());
  EXPECT_EQ(message.type, "omamori.weekly");
  EXPECT_EQ(boost::json::parse(message.json), example);
}

TEST(WeeklyWords, HtmlHasEveryCodeAndEscapes) {
  Digest digest = digest_of({});
  const Message message = message_of(full_week(), Language::en);
  for (const char* code : {"C-0012", "C-0007", "C-0003", "C-0070", "C-0060", "CM-2", "1234:9f86"}) {
    EXPECT_THAT(message.html, HasSubstr(code));
  }
  EXPECT_THAT(message.html, Not(HasSubstr("{{")));
}

}  // namespace
}  // namespace omamori
