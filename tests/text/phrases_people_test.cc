// Who acts for whom, as a message says it: why it comes to a stand-in, and who is in charge.
#include "daemon/text/phrases_people.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/text/message_text.h"
#include "daemon/text/phrasebook.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Line june(Role as = Role::case_manager, const std::string& client = "C-1") {
  Line line = LineBuilder(ObligationKind::monitoring, client, "2026-06-01", "2026-06-30")
                  .months({"2026-06"})
                  .as(as);
  line.reminder.staff = "SV-1";
  return line;
}

Line standing(Role as, Because because, const std::string& whom,
              const std::string& client = "C-1") {
  Line line = june(as, client);
  line.stands_in = Acting{"SV-1", because, whom};
  return line;
}

TEST(StandingIn, IsSaidWithTheReasonInBothLanguages) {
  struct Row {
    Role as;
    Because because;
    const char* whom;
    const char* ja;
    const char* en;
  };
  const Row rows[] = {
      {Role::case_manager, Because::delegate, "CM-1", "CM-1 の代理としてお知らせしています。",
       "You are told this as the delegate of CM-1."},
      {Role::case_manager, Because::away, "CM-1",
       "担当の CM-1 が不在のため、代わりにお知らせしています。",
       "You are told this because the case manager CM-1 is away."},
      {Role::case_manager, Because::has_left, "CM-1",
       "担当の CM-1 が退職したため、代わりにお知らせしています。",
       "You are told this because the case manager CM-1 has left."},
      {Role::case_manager, Because::none_named, "",
       "担当者が未定のため、代わりにお知らせしています。",
       "You are told this because no case manager is named."},
      {Role::case_manager, Because::unknown_code, "CM-9",
       "担当の CM-9 が登録されていないため、代わりにお知らせしています。",
       "You are told this because the case manager CM-9 is not registered."},
      {Role::supervisor, Because::delegate, "SV-2", "SV-2 の代理としてお知らせしています。",
       "You are told this as the delegate of SV-2."},
      {Role::supervisor, Because::none_named, "",
       "管理者が未定のため、代わりにお知らせしています。",
       "You are told this because no supervisor is named."},
      {Role::supervisor, Because::is_case_manager, "SV-2",
       "SV-2 が担当を務めているため、代わりにお知らせしています。",
       "You are told this because SV-2 acts as the case manager."},
      {Role::core_center, Because::away, "CC-1",
       "基幹相談支援センターの CC-1 が不在のため、代わりにお知らせしています。",
       "You are told this because the core centre CC-1 is away."},
  };
  for (const Row& row : rows) {
    const Line line = standing(row.as, row.because, row.whom);
    EXPECT_EQ(standing_in(line, Language::ja), row.ja);
    EXPECT_EQ(standing_in(line, Language::en), row.en);
  }
  EXPECT_EQ(standing_in(june(), Language::ja), "");
  EXPECT_EQ(standing_in(june(), Language::en), "");
}

TEST(StandingIn, IsANoteOfItsLineInEveryFormat) {
  const Digest digest = digest_of({standing(Role::case_manager, Because::away, "CM-1"),
                                   standing(Role::case_manager, Because::has_left, "CM-2", "C-2")});
  const Message message = compose(digest, "m-1");
  const std::string away = "担当の CM-1 が不在のため、代わりにお知らせしています。";
  const std::string left = "担当の CM-2 が退職したため、代わりにお知らせしています。";
  EXPECT_THAT(message.text, AllOf(HasSubstr("・" + away + "\n"), HasSubstr("・" + left + "\n")));
  EXPECT_THAT(message.html, AllOf(HasSubstr(">" + away + "</p>"), HasSubstr(">" + left + "</p>")));
  const auto items = boost::json::parse(message.json).at("items");
  EXPECT_EQ(items.at(0).at("reason").as_string(), away + "期限（6/30）まであと15日です。");
  EXPECT_EQ(items.at(1).at("reason").as_string(), left + "期限（6/30）まであと15日です。");
  Digest english = digest;
  english.language = Language::en;
  const auto item = boost::json::parse(compose(english, "m-1").json).at("items").at(0);
  EXPECT_EQ(item.at("reason").as_string(),
            "You are told this because the case manager CM-1 is away. Due 30 Jun, in 15 days.");
}

// What holds of the whole message is said once, before its lines; what holds of one, there.
TEST(StandingIn, IsSaidOnceWhereItHoldsOfEveryLine) {
  const auto of_two = [](const Line& second) {
    return compose(digest_of({standing(Role::case_manager, Because::delegate, "CM-1"), second}),
                   "m-1");
  };
  const std::string said = "CM-1 の代理としてお知らせしています。";
  const Message once = of_two(standing(Role::case_manager, Because::delegate, "CM-1", "C-2"));
  EXPECT_THAT(once.text, AllOf(HasSubstr("2件\n\n" + said + "\n\n■"), Not(HasSubstr("・" + said))));
  EXPECT_THAT(once.html, HasSubstr("<p style=\"margin:14px 0 0;\">" + said + "</p>"));
  const auto items = boost::json::parse(once.json).at("items");
  for (int i : {0, 1}) {
    EXPECT_THAT(std::string(items.at(static_cast<std::size_t>(i)).at("reason").as_string()),
                HasSubstr(said));
  }
  const Message mixed = of_two(june(Role::case_manager, "C-2"));
  EXPECT_THAT(mixed.text, AllOf(HasSubstr("2件\n\n■"), HasSubstr("・" + said + "\n")));
}

TEST(InCharge, IsWhoActsAndHowItStandsWithTheOneOfTheRecord) {
  struct Row {
    Acting acts;
    const char* ja;
    const char* en;
  };
  const Row rows[] = {
      {{"CM-2", Because::delegate, "CM-1"},
       "担当: CM-2（不在の CM-1 の代理）",
       "Case manager: CM-2 (for CM-1, who is away)"},
      {{"CC-1", Because::away, "CM-1"},
       "担当: CC-1（CM-1 が不在のため）",
       "Case manager: CC-1 (for CM-1, who is away)"},
      {{"CC-1", Because::has_left, "CM-1"},
       "担当: CC-1（CM-1 が退職したため）",
       "Case manager: CC-1 (for CM-1, who has left)"},
      {{"CC-1", Because::unknown_code, "CM-9"},
       "担当: CC-1（CM-9 の登録がないため）",
       "Case manager: CC-1 (for CM-9, who is not registered)"},
      {{"CC-1", Because::none_named, ""},
       "担当: CC-1（担当者が未定のため）",
       "Case manager: CC-1 (nobody is named)"},
      // The reader is the one who acts.
      {{"SV-1", Because::away, "CM-1"}, "担当: CM-1（不在）", "Case manager: CM-1 (is away)"},
      {{"SV-1", Because::has_left, "CM-1"}, "担当: CM-1（退職）", "Case manager: CM-1 (has left)"},
      {{"SV-1", Because::none_named, ""}, "", ""},
  };
  for (const Row& row : rows) {
    Line line = june(Role::supervisor);
    line.acts_now = row.acts;
    EXPECT_EQ(in_charge(line, Language::ja), row.ja);
    EXPECT_EQ(in_charge(line, Language::en), row.en);
    line.reminder.as = Role::case_manager;
    EXPECT_EQ(in_charge(line, Language::ja), "") << "they are it";
  }
  EXPECT_EQ(in_charge(june(Role::supervisor), Language::ja), "担当: CM-1");
  Line nobody = june(Role::supervisor);
  nobody.case_manager.clear();
  EXPECT_EQ(in_charge(nobody, Language::ja), "");
}

TEST(NotReached, IsSaidToWhoeverElseIsTold) {
  Line line = LineBuilder(ObligationKind::concern, "C-1", "2026-06-14", "2026-06-17")
                  .check("S-1")
                  .as(Role::supervisor);
  line.not_reached = "CM-1";
  EXPECT_THAT(compose(digest_of({line}), "m-1").text,
              HasSubstr("・この件は CM-1 さんにまだ届いていません。直接お伝えください。\n"));
  EXPECT_THAT(compose(digest_of({line}, Language::en), "m-1").text,
              HasSubstr("- Nothing about this has reached CM-1 yet; please tell them.\n"));
}

TEST(WhomToCall, IsOneLineInTheOrderOfTheCallsWithWhoIsAway) {
  Line line =
      LineBuilder(ObligationKind::concern, "C-1", "2026-06-14", "2026-06-17").as(Role::supervisor);
  EXPECT_EQ(whom_to_call(line, Language::ja), "");
  line.to_call = {{Role::case_manager, "CM-1", "03-1111-2222", true},
                  {Role::coordinator, "KO-1", "090-3333-4444", false},
                  {Role::core_center, "CC-1", "", false}};
  EXPECT_EQ(whom_to_call(line, Language::ja),
            "電話連絡先: 担当 CM-1 03-1111-2222（不在） → コーディネーター KO-1 090-3333-4444 → "
            "基幹相談支援センター CC-1");
  EXPECT_EQ(whom_to_call(line, Language::en),
            "By telephone: case manager CM-1 03-1111-2222 (away) → coordinator KO-1 "
            "090-3333-4444 → core centre CC-1");
}

// There is nobody to ask: the supervisor is told what a case manager would be.
TEST(SelfPlan, TellsTheSupervisorWhatToDoThemselves) {
  Line line =
      LineBuilder(ObligationKind::concern, "C-1", "2026-06-14", "2026-06-17").as(Role::supervisor);
  const auto said = [&](Language language) {
    const Phrases phrases = phrasebook(language).line(line, *parse_day("2026-06-15"));
    return phrases.action + " / " + (phrases.notes.empty() ? "" : phrases.notes.front());
  };
  EXPECT_THAT(said(Language::ja), HasSubstr("担当者に"));
  line.self_plan = true;
  line.case_manager.clear();
  EXPECT_THAT(said(Language::ja),
              AllOf(HasSubstr("電話か訪問で"), Not(HasSubstr("担当者に")),
                    HasSubstr("セルフプランのため、担当の相談支援専門員はいません。")));
  EXPECT_THAT(said(Language::en), AllOf(HasSubstr("Call or visit."), HasSubstr("A self plan")));
}

TEST(SuspensionStanding, NamesTheDecisionThatEndsMeanwhile) {
  Line line =
      LineBuilder(ObligationKind::suspension_standing, "C-1", "2026-06-01").as(Role::supervisor);
  const auto notes = [&](Language language, const char* today) {
    std::string all;
    for (const std::string& note : phrasebook(language).line(line, *parse_day(today)).notes) {
      all += note + "\n";
    }
    return all;
  };
  EXPECT_THAT(notes(Language::ja, "2026-07-01"), Not(HasSubstr("支給決定")));
  line.decision_end = *parse_day("2026-07-31");
  EXPECT_THAT(notes(Language::ja, "2026-07-31"),
              HasSubstr("支給決定の有効期間は7/31に終わります。"));
  EXPECT_THAT(notes(Language::ja, "2026-08-01"), HasSubstr("に終わっています。"));
  EXPECT_THAT(notes(Language::en, "2026-07-01"), HasSubstr("The decision period ends "));
}

}  // namespace
}  // namespace omamori
