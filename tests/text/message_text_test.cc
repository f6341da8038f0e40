#include "daemon/text/message_text.h"

#include <fstream>
#include <iterator>
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/bilingual.h"
#include "daemon/model/reminder.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_trouble.h"
#include "tests/support/places.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

Digest one(const Line& line, Language language = Language::ja) {
  return digest_of({line}, language);
}

// Each subject has words of its own, its name wherever it is spoken of, and no hole left open; one
// that nobody foresaw is named.
TEST(Words, EveryTroubleHasWordsForTheOperatorAndForTheSupervisor) {
  for (const Language language : {Language::ja, Language::en}) {
    std::set<std::string> headlines;
    for (const std::string subject :
         {"policy", "peer smtp", "peer webhook:tool-9", "endpoint tool-9", "client C-9",
          "row staff CM-9", "person CM-9", "clock", "disk", "config", "templates", "flux 9"}) {
      const TroubleWords mends = trouble_words(subject, Role::operator_, language);
      const TroubleWords asks = trouble_words(subject, Role::supervisor, language);
      EXPECT_TRUE(headlines.insert(mends.headline).second) << subject;
      EXPECT_EQ(mends.headline, asks.headline);
      EXPECT_NE(mends.action, asks.action) << subject;
      for (const auto* words : {&mends, &asks}) {
        for (const auto* text : {&words->headline, &words->why, &words->action}) {
          EXPECT_FALSE(text->empty()) << subject;
          EXPECT_THAT(*text, Not(HasSubstr("{}"))) << subject;
        }
      }
      const bool has_name = subject.find('9') != std::string::npos;
      EXPECT_EQ(mends.headline.find('9') != std::string::npos, has_name) << subject;
    }
  }
  EXPECT_THAT(trouble_words("endpoint tool-9", Role::operator_, Language::ja).action,
              HasSubstr("omamorictl endpoint enable tool-9"));
  EXPECT_THAT(trouble_words("clock", Role::operator_, Language::en).action,
              HasSubstr("omamorictl clock accept"));
}

TEST(Words, ALongDetailIsCutAtALine) {
  Digest digest = trouble("policy", Language::en);
  for (int i = 1; i <= 300; ++i) {
    digest.lines[0].detail += "policy.toml:" + std::to_string(i) + ":1: wrong\n";
  }
  const Message message = compose(digest, "m-1");
  EXPECT_THAT(message.text, HasSubstr("   policy.toml:20:1: wrong\n   …\n"));
  EXPECT_THAT(message.text, Not(HasSubstr("policy.toml:21:")));
  digest.lines[0].detail = std::string(100000, 'x');
  EXPECT_LT(compose(digest, "m-1").text.size(), 6000U);
}

TEST(Words, ATroubleAndATestAsJson) {
  Digest digest = trouble("peer smtp", Language::en);
  digest.lines[0].detail = "connection refused";
  Message message = compose(digest, "m-1");
  EXPECT_EQ(message.type, "omamori.trouble");
  const auto item = boost::json::parse(message.json).at("items").at(0);
  EXPECT_EQ(item.at("subject"), "peer smtp");
  EXPECT_EQ(item.at("detail"), "connection refused");
  message = compose(test_digest({"CM-1", Role::case_manager, "", "", "", {}, {}, {}, {}},
                                Channel::webhook, Language::ja, digest.slot, digest.slot_day),
                    "m-1");
  EXPECT_EQ(message.type, "omamori.test");
  EXPECT_EQ(message.json, R"({"to":"CM-1","slot":"2026-06-14T23:30:00Z","items":[]})");
}

TEST(Words, WhoeverStandsInIsToldForWhom) {
  Line line = case_manager_lines()[1];
  line.instead_of = "CM-9";
  line.handed_over_from = "CM-8";
  const std::string text = compose(one(line), "m-1").text;
  EXPECT_THAT(text, HasSubstr("・CM-9 さんに届かないため、代わりにお知らせしています。"
                              "CM-9 さんにもお伝えください。\n"));
  EXPECT_THAT(text, HasSubstr("・CM-8 さんからの引き継ぎです。\n"));
  const Message english = compose(one(line, Language::en), "m-1");
  EXPECT_THAT(english.html, HasSubstr("You are told because CM-9 cannot be reached."));
  EXPECT_THAT(english.text, HasSubstr("- Handed over from CM-8.\n"));
  const auto item = boost::json::parse(english.json).at("items").at(0);
  EXPECT_EQ(item.at("instead_of"), "CM-9");
  EXPECT_EQ(item.at("handed_over_from"), "CM-8");
}

TEST(Words, AnEmptyWeeklySaysSo) {
  Digest digest = digest_of({});
  digest.kind = MessageKind::weekly;
  EXPECT_EQ(compose(digest, "m-1").subject, "【お守り・週報】6/15 お知らせはありません");
  EXPECT_THAT(compose(digest, "m-1").html, HasSubstr("現在、お知らせすることはありません。"));
}

TEST(Words, OneLineIsItsOwnSubject) {
  Digest digest =
      one(LineBuilder(ObligationKind::concern, "C-9", "2026-06-15", "2026-06-18").check("S-9"));
  digest.kind = MessageKind::urgent;
  const Message message = compose(digest, "id-77");
  EXPECT_EQ(message.subject, "【お守り・至急】C-9 安否確認 S-9 で「気がかり」と記録されました");
  EXPECT_EQ(message.id, "id-77");
  EXPECT_EQ(message.type, "omamori.urgent");
}

// Every kind has all its words in both languages, for every reader, before, on and after the day,
// and neither language leaks into the other.
TEST(Words, EveryKindHasWordsForEveryReaderAtEveryStage) {
  for (int kind = 0; kind <= static_cast<int>(ObligationKind::trouble); ++kind) {
    for (const Role role : {Role::case_manager, Role::supervisor, Role::core_center,
                            Role::operator_, Role::provider}) {
      for (const int days : {-30, -7, 0, 1, 14}) {
        Line line =
            LineBuilder(static_cast<ObligationKind>(kind), "C-1", "2026-06-01", "2026-06-30")
                .months({"2026-06"})
                .check("S-1")
                .as(role)
                .stage("office's own name", days, days == 14 ? 2 : 0)
                .late(days > 0 ? days : 0);
        const Day today = *line.about.due_by + std::chrono::days{days};
        for (const Language language : {Language::ja, Language::en}) {
          const Phrases phrases = phrasebook(language).line(line, today);
          const std::string all = phrases.headline + phrases.window + phrases.why + phrases.action;
          const std::string where =
              std::string(to_word(line.about.kind)) + " " + std::to_string(days) + ": " + all;
          EXPECT_FALSE(phrases.headline.empty() || phrases.window.empty() || phrases.why.empty() ||
                       phrases.action.empty())
              << where;
          EXPECT_THAT(all, Not(HasSubstr("office's own name"))) << where;
          const bool ascii = std::all_of(all.begin(), all.end(), [](char c) { return c > 0; });
          EXPECT_EQ(ascii, language == Language::en) << where;
          EXPECT_TRUE(role == Role::operator_ || all.find("omamorictl") == std::string::npos)
              << "only the operator has that command: " << where;
        }
      }
    }
  }
}

TEST(Words, TheDayItselfTheDayBeforeAndTheDayAfter) {
  const struct {
    const char* today;
    int days_late;
    const char* ja;
    const char* en;
  } rows[] = {
      {"2026-05-31", 0, "実施期間は6/1に始まります。期限（6/30）まであと30日です。",
       "The time to visit begins 1 Jun. Due 30 Jun, in 30 days."},
      {"2026-06-01", 0, "期限（6/30）まであと29日です。", "Due 30 Jun, in 29 days."},
      {"2026-06-29", 0, "期限（6/30）まであと1日です。", "Due 30 Jun, in 1 day."},
      {"2026-06-30", 0, "本日が期限です。", "Due today."},
      {"2026-07-01", 1, "期限（6/30）を1日過ぎています。", "Was due 30 Jun, 1 day ago."},
      {"2026-07-14", 14, "期限（6/30）を14日過ぎています。", "Was due 30 Jun, 14 days ago."},
  };
  for (const auto& row : rows) {
    Line line = LineBuilder(ObligationKind::monitoring, "C-1", "2026-06-01", "2026-06-30")
                    .months({"2026-06"})
                    .late(row.days_late);
    EXPECT_EQ(japanese_phrasebook().line(line, *parse_day(row.today)).why, row.ja);
    EXPECT_EQ(english_phrasebook().line(line, *parse_day(row.today)).why, row.en);
  }
}

TEST(Words, StreaksAreOneLineHoweverLong) {
  const struct {
    std::vector<std::string> months;
    const char* ja;
    const char* en;
  } rows[] = {
      {{"2026-05"}, "5月 未実施", "May not visited"},
      {{"2026-04", "2026-05"}, "4月・5月 未実施", "Apr, May not visited"},
      {{"2025-11", "2025-12", "2026-01"},
       "2025年11月・12月・2026年1月 未実施",
       "Nov 2025, Dec 2025, Jan not visited"},
      {{"2026-01", "2026-02", "2026-03", "2026-04"},
       "1月・2月・3月・4月 未実施",
       "Jan, Feb, Mar, Apr not visited"},
      {{"2025-12", "2026-01", "2026-02", "2026-03", "2026-04"},
       "2025年12月〜2026年4月のうち5か月 未実施",
       "Dec 2025 to Apr: 5 months not visited"},
  };
  for (const auto& row : rows) {
    const Line line =
        LineBuilder(ObligationKind::streak, "C-1", "2026-05-01", "2026-05-31").months(row.months);
    EXPECT_EQ(japanese_phrasebook().line(line, *parse_day("2026-06-15")).headline, row.ja);
    EXPECT_EQ(english_phrasebook().line(line, *parse_day("2026-06-15")).headline, row.en);
  }
}

TEST(Words, AnotherYearIsWrittenOut) {
  const Line line = LineBuilder(ObligationKind::monitoring, "C-1", "2027-01-01", "2027-01-31")
                        .months({"2027-01"});
  const Phrases phrases = japanese_phrasebook().line(line, *parse_day("2026-12-28"));
  EXPECT_EQ(phrases.headline, "2027年1月分のモニタリング");
  EXPECT_EQ(phrases.window, "2027/1/1〜2027/1/31に実施");
}

// P7. Markers stand where names and free text could come from.
TEST(Words, NoNameLeavesTheMachine) {
  std::vector<Line> lines = case_manager_lines();
  for (const auto& line : supervisor_lines()) lines.push_back(line);
  for (auto& line : lines) line.about.provider = "MARKER-provider";
  for (const Language language : {Language::ja, Language::en}) {
    const Message message = compose(digest_of(lines, language), "m-1");
    for (const auto* part : {&message.subject, &message.text, &message.html, &message.json}) {
      EXPECT_THAT(*part, Not(HasSubstr("MARKER")));
    }
  }
  lines.resize(1);
  lines[0].client_name = "MARKER-name <b>";
  for (const Language language : {Language::ja, Language::en}) {
    const Message message = compose(digest_of(lines, language), "m-1");
    EXPECT_THAT(message.text, HasSubstr("MARKER-name <b>"));
    EXPECT_THAT(message.html, HasSubstr("MARKER-name &lt;b&gt;"));
    EXPECT_THAT(message.subject, Not(HasSubstr("MARKER"))) << "it stands on lock screens";
    EXPECT_THAT(message.json, Not(HasSubstr("MARKER"))) << "the webhook has no field for it";
  }
}

TEST(Words, HtmlIsEscapedAndTextIsNot) {
  Digest digest = one(case_manager_lines()[0]);
  digest.contact = "A & B <042>";
  const Message message = compose(digest, "m-1");
  EXPECT_THAT(message.text, HasSubstr("A & B <042>"));
  EXPECT_THAT(message.html, HasSubstr("A &amp; B &lt;042&gt;"));
}

std::string keys_of(const boost::json::object& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object) keys.insert(std::string(key));
  std::string out;
  for (const auto& key : keys) out += key + " ";
  return out;
}

TEST(Words, TheWebhookIsWhatThePublishedExampleShows) {
  std::ifstream file(source_path("daemon/text/templates/webhook-example.json"));
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto real = boost::json::parse(compose(digest_of(case_manager_lines()), "m-1").json);
  EXPECT_EQ(boost::json::parse(text), real);
  EXPECT_EQ(keys_of(real.as_object()), "items slot to ");
  for (const auto& item : real.at("items").as_array()) {
    EXPECT_EQ(keys_of(item.as_object()),
              "client days_late due_by from key kind month reason repeat stage ");
  }
}

TEST(Words, WordsOfKindsGoBothWays) {
  for (int i = 0; i <= static_cast<int>(ObligationKind::trouble); ++i) {
    const auto kind = static_cast<ObligationKind>(i);
    EXPECT_FALSE(to_word(kind).empty());
    EXPECT_EQ(obligation_kind(to_word(kind)), kind);
  }
  EXPECT_EQ(to_word(ObligationKind::return_), "return");
  EXPECT_EQ(obligation_kind("return_"), std::nullopt);
  EXPECT_EQ(obligation_kind(""), std::nullopt);
  EXPECT_EQ(to_word(BasisOf{Basis::override_, false}), "override");
  EXPECT_EQ(to_word(BasisOf{Basis::certificate, true}), "certificate_refused");
  EXPECT_EQ(to_word(MessageKind::weekly), "weekly");
}

}  // namespace
}  // namespace omamori
