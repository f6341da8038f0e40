// What a supervisor reads who asks why. Golden texts: every word here is read by somebody.
#include <boost/json.hpp>

#include "daemon/answer/labels.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

class ExplainCommand : public AppTest {
 protected:
  ExplainCommand() {
    Policy policy;
    accept(policy);
    EXPECT_EQ(import(small_office()), "");
  }
  // Confirmed until 2026-06-03, seen in May (which closes nothing), told about June.
  void live_through_a_spring() {
    at("2026-04-20T12:00:00+09:00");
    store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "PR-1"), act());
    at("2026-05-12T12:00:00+09:00");
    store->record_monitoring(visit("C-1", day("2026-05-12")), act());
    at("2026-06-05T08:30:00+09:00");
    decide_due(*service, act());
  }
  std::string explained(std::map<std::string, std::string> more = {}) {
    more["client"] = "C-1";
    return out("explain", more);
  }
};

TEST_F(ExplainCommand, Japanese) {
  live_through_a_spring();
  EXPECT_EQ(explained(), golden("explain.ja.txt"));
}

TEST_F(ExplainCommand, English) {
  live_through_a_spring();
  EXPECT_EQ(explained({{"language", "en"}}), golden("explain.en.txt"));
}

// ---- the sentences that the texts above do not have ---------------------------------------------

TEST_F(ExplainCommand, ALivingCheckSaysUntilWhen) {
  live_through_a_spring();
  const std::string text = explained({{"at", "2026-05-15"}});
  EXPECT_THAT(text,
              HasSubstr("安否確認 S-1 が続いているので、3か月ごとを6か月ごとに延ばしています。"));
  EXPECT_THAT(text,
              HasSubstr("最後の確認は 2026-04-20。2026-06-03 の終わりまでに次の確認がなければ "
                        "3か月ごとに戻ります。"));
  EXPECT_THAT(text,
              HasSubstr("2026-06（期限 2026-06-30） 免除。安否確認 S-1 が続いていて6か月ごとで"
                        "よいため。"));
  EXPECT_THAT(text, HasSubstr("まだ何もお知らせしていません。")) << "told later than that day";
}

TEST_F(ExplainCommand, AConcernStopsEveryExtension) {
  live_through_a_spring();
  at("2026-05-25T12:00:00+09:00");
  store->record_check_in(seen("S-1", clock.now(), Outcome::concern), act());
  const std::string text = explained({{"language", "en"}});
  EXPECT_THAT(text, HasSubstr("While safety check S-1 has a concern, no safety check makes the "
                              "interval longer."));
  EXPECT_THAT(text, HasSubstr("At the next look: C-1/concern/S-1/2026-05-25T03:00:00Z opened -> "
                              "CM-1 (case manager)."));
}

TEST_F(ExplainCommand, AnOverrideIsNamedWithItsDates) {
  Policy policy;
  policy.terms.overrides = {
      {"C-1", 1, day("2026-04-01"), day("2026-09-30"), "退院直後", day("2026-03-20")}};
  accept(policy);
  EXPECT_THAT(explained(),
              HasSubstr("設定上の間隔は1か月ごとです（policy.toml の個別の定め（"
                        "2026-04-01〜2026-09-30、合意 2026-03-20、理由: 退院直後））。"));
}

TEST_F(ExplainCommand, ALongerRequestWithoutACheckIsRefused) {
  Policy policy;
  policy.terms.offices = {{"OF-1", 6}};
  accept(policy);
  const std::string text = explained({{"language", "en"}});
  EXPECT_THAT(text, HasSubstr("As set: every 6 months (policy.toml for office OF-1)."));
  EXPECT_THAT(text, HasSubstr("Longer than standard needs a confirmed safety check. There is none "
                              "now, so it is every 3 months."));
  EXPECT_THAT(text, HasSubstr("S-1 does not make it longer: it has not been confirmed once yet."));
}

TEST_F(ExplainCommand, EachKindOfMonthHasItsRule) {
  at("2026-11-24T09:00:00+09:00");
  EXPECT_EQ(import({{CsvKind::clients,
                     "client_code,office_code,plan_kind,decision_start,decision_end,"
                     "decision_kind,monitoring_months\n"
                     "C-2,OF-1,regular,2026-11-01,2027-10-31,new,\n"
                     "C-3,OF-1,standby_short_stay,2026-04-01,2027-03-31,,2026-05 2027-03\n"
                     "C-4,OF-1,self_plan,2026-04-01,2027-03-31,,\n"}}),
            "");
  store->suspend(pause("C-2", day("2027-01-10"), day("2027-02-10")), act());
  const std::tuple<const char*, const char*> rows[] = {
      {"C-2", "2026-12 (due by 2026-12-31): planned; one of the first months after the decision."},
      {"C-2",
       "2027-01 (due by 2027-01-31): suspended, due during the suspension 2027-01-10 to "
       "2027-02-10; one of the first months"},
      {"C-2", "2027-10 (due by 2027-10-31): planned; the last month of the period (standard)."},
      {"C-3",
       "2026-05 (due by 2026-05-31): no record; written on the certificate; before we began "
       "to watch on 2026-11-24."},
      {"C-3", "written on the certificate; a gap longer than standard with no confirmed safety"},
      {"C-3", "The certificate lists the months, so those are the months: 2026-05 2027-03."},
      {"C-4", "A self plan has no monitoring."},
  };
  for (const auto& [client, line] : rows) {
    EXPECT_THAT(out("explain", {{"client", client}, {"language", "en"}}), HasSubstr(line));
  }
}

// The standard was 3 months, 2 from 5 July on and 3 again from 2 October on.
TEST_F(ExplainCommand, AnOlderMonthNamesTheLineOfThePolicyOfItsTime) {
  Policy two;
  two.terms.standard_interval_months = 2;
  at("2026-07-05T09:00:00+09:00");
  store->accept_policy("# of July\n\nstandard_interval_months = 2\n", two, {}, act());
  at("2026-10-02T09:00:00+09:00");
  store->accept_policy("standard_interval_months = 3\n", Policy{}, {}, act());
  use(Policy{}, service->config());
  at("2026-10-20T09:00:00+09:00");
  const std::string text = explained();
  const char* sentences[] = {
      "\n  policy.toml: 第3版、2026-10-02 09:00 に受け入れ\n",
      "\n  policy.toml の1行目: standard_interval_months = 3\n",
      "\n  policy.toml（2026-07-05 から 2026-10-01 までの版）: 第2版、2026-07-05 09:00 に受け入れ。"
      "この版によるのは 2026-07 2026-09\n",
      "\n  policy.toml（2026-07-05 から 2026-10-01 までの版）の3行目: standard_interval_months = "
      "2\n",
      "\n  policy.toml（2026-04-01 から 2026-07-04 までの版）: 第1版、2026-04-01 09:00 に受け入れ。"
      "この版によるのは 2026-06\n",
      "\n  standard_interval_months = 3（初期値。policy.toml（2026-04-01 から 2026-07-04 "
      "までの版）"
      "には書かれていません）\n",
  };
  for (const char* sentence : sentences) EXPECT_THAT(text, HasSubstr(sentence));
}

TEST_F(ExplainCommand, ADayInThePastNamesThePolicyThatWasInForceThen) {
  Policy two;
  two.terms.standard_interval_months = 2;
  store->accept_policy("# of April\nstandard_interval_months = 2\n", two, {}, act());
  at("2026-07-01T09:00:00+09:00");
  store->accept_policy("standard_interval_months = 3\n", Policy{}, {}, act());
  use(Policy{}, service->config());
  at("2026-07-20T09:00:00+09:00");
  const auto asked = [&](const char* day) { return explained({{"at", day}, {"language", "en"}}); };
  EXPECT_THAT(asked("2026-06-30"),
              HasSubstr("\n  policy.toml (as it was from 2026-04-01 to 2026-06-30), line 2: "
                        "standard_interval_months = 2\n"));
  EXPECT_THAT(asked("2026-06-30"), HasSubstr("The stages are the default ones"));
  EXPECT_THAT(asked("2026-07-01"),
              HasSubstr("\n  policy.toml, line 1: standard_interval_months = 3\n"));
  const auto parsed = boost::json::parse(explained({{"at", "2026-06-30"}, {"json", ""}}));
  const auto& policies = parsed.at("policies").as_array();
  ASSERT_EQ(policies.size(), 2U) << "the months to come are judged by the one in force";
  EXPECT_EQ(policies[1].at("until").as_string(), "2026-06-30");
  EXPECT_TRUE(policies[1].at("interval").as_bool());
  EXPECT_EQ(boost::json::serialize(policies[1].at("months")), "[\"2026-05\"]");
}

TEST_F(ExplainCommand, WhatEndedSaysWhenAndWhy) {
  live_through_a_spring();
  at("2026-06-10T12:00:00+09:00");
  store->record_monitoring(visit("C-1", day("2026-06-10")), act());
  decide_due(*service, act());
  EXPECT_THAT(explained(), HasSubstr("モニタリング 2026-06 [C-1/monitoring/2026-04-01/2026-06]: "
                                     "済 2026-06-10 12:00（2026-06-10 の訪問）"));
  EXPECT_THAT(explained(),
              HasSubstr("CM-1（相談支援専門員）: 知らせていない（済: 2026-06-10 の訪問）"));
  EXPECT_THAT(explained({{"at", "2026-06-09"}}),
              HasSubstr("[C-1/monitoring/2026-04-01/2026-06]: 続いている"))
      << "the day before it was still open";
}

TEST_F(ExplainCommand, ReasonsThatNameSomebodyAreInTheReadersLanguage) {
  const Tongue japanese(Language::ja);
  EXPECT_EQ(japanese.reason("CM-1 has left"), "CM-1 の退職のため");
  EXPECT_EQ(japanese.reason("CM-1 was told meanwhile"), "CM-1 に届いたため");
  EXPECT_EQ(japanese.reason("handed over to CM-2"), "CM-2 への引き継ぎのため");
  EXPECT_EQ(japanese.reason("handed over"), "引き継ぎのため");
  EXPECT_EQ(Tongue(Language::en).reason("CM-1 has left"), "CM-1 has left");
}

TEST_F(ExplainCommand, AServiceThatEndedSaysWhyNothingComesNext) {
  store->end_service("C-1", day("2026-04-10"), act());
  at("2026-04-20T09:00:00+09:00");
  const std::string text = explained();
  EXPECT_THAT(text, HasSubstr("もう見直しません: 利用が 2026-04-10 に終わったため。"));
  EXPECT_THAT(text, HasSubstr("利用が 2026-04-10 に終了したため、訪問の必要はありません。"));
  EXPECT_THAT(text, HasSubstr("利用は 2026-04-10 までのため、その後の月はありません。"));
  EXPECT_THAT(text, HasSubstr("利用が終了したため、もう見守りません。"));
  for (const char* untrue : {"予定", "実施期間中", "2026-06（", "か月ごとです", "次の確認日"}) {
    EXPECT_THAT(text, Not(HasSubstr(untrue)));
  }
}

TEST_F(ExplainCommand, AnEndThatLiesAheadLeavesWhatComesBeforeIt) {
  store->end_service("C-1", day("2026-09-10"), act());
  const std::string text = explained({{"language", "en"}});
  EXPECT_THAT(text, HasSubstr("2026-09 (due by 2026-09-10): planned;"));
  EXPECT_THAT(text, Not(HasSubstr("2026-12 (")));
  EXPECT_THAT(text, HasSubstr("Service ends on 2026-09-10: no month is asked for after it."));
  EXPECT_THAT(text, HasSubstr("Every 3 months."));
}

// ---- the next stage, with all that puts it off or sends it elsewhere ---------------------------

constexpr const char* kJune = "C-1/monitoring/2026-04-01/2026-06";

TEST_F(ExplainCommand, AnAnnouncedVisitPutsTheNextStageOff) {
  live_through_a_spring();
  EXPECT_THAT(explained(), HasSubstr("次のお知らせ 2026-06-23 08:30 due_soon → CM-1"));
  ASSERT_TRUE(store->acknowledge(kJune, "CM-1", day("2026-06-25"), act()));
  EXPECT_THAT(explained(), HasSubstr("訪問予定 2026-06-25（CM-1、記録 1）。次のお知らせ 2026-06-26 "
                                     "08:30 due_soon → CM-1"));
}

TEST_F(ExplainCommand, OnlyTheLatestWordOfAPersonIsShown) {
  live_through_a_spring();
  ASSERT_TRUE(store->acknowledge(kJune, "CM-1", day("2026-06-25"), act()));
  at("2026-06-08T12:00:00+09:00");
  ASSERT_TRUE(store->acknowledge(kJune, "CM-1", day("2026-06-20"), act()));
  ASSERT_TRUE(store->acknowledge(kJune, "SV-1", day("2026-06-29"), act()));
  EXPECT_THAT(explained(), HasSubstr("。訪問予定 2026-06-20（CM-1、記録 2）。訪問予定 2026-06-29"
                                     "（SV-1、記録 3）。次のお知らせ 2026-06-23 08:30"));
  EXPECT_THAT(explained(), Not(HasSubstr("訪問予定 2026-06-25")));
  EXPECT_THAT(explained({{"at", "2026-06-07"}}), HasSubstr("訪問予定 2026-06-25（CM-1、記録 1）"))
      << "that day it was the latest";
}

TEST_F(ExplainCommand, WhoIsAwayIsNotSaidToBeToldNext) {
  live_through_a_spring();
  ASSERT_TRUE(store->add_absence(away("CM-1", day("2026-06-20"), day("2026-06-30")), act()));
  EXPECT_THAT(explained(),
              HasSubstr("次のお知らせ 2026-06-22 08:30 upcoming → SV-1（相談支援専門員）。"))
      << "a stand-in is told of what is open, from the first open day on";
  ASSERT_TRUE(store->add_absence(away("CM-1", day("2026-06-19"), day("2026-06-19")), act()));
  EXPECT_THAT(explained(),
              HasSubstr("次のお知らせ 2026-06-19 08:30 upcoming → SV-1（相談支援専門員）。"));
}

TEST_F(ExplainCommand, DuringASuspensionOnlyTheSupervisorHearsNext) {
  live_through_a_spring();
  ASSERT_TRUE(store->suspend(pause("C-1", day("2026-06-05")), act()));
  const std::string text = explained();
  EXPECT_THAT(text, HasSubstr("休止が続いている。次のお知らせ 2026-07-01 08:30"));
  EXPECT_THAT(text, HasSubstr("→ SV-1（管理者）。"));
  EXPECT_THAT(text, Not(HasSubstr("due_soon →")));
  EXPECT_THAT(text, HasSubstr("2026-06（期限 2026-06-30） 休止 期限が休止中（2026-06-05〜）。"));
}

TEST_F(ExplainCommand, JsonHasTheFactsAndTheSentences) {
  live_through_a_spring();
  const auto parsed = boost::json::parse(explained({{"json", ""}}));
  EXPECT_EQ(parsed.at("interval").at("asked").at("by").as_string(), "standard");
  EXPECT_EQ(parsed.at("items").at(0).at("state").as_string(), "owed");
  EXPECT_EQ(parsed.at("explanation").at(0).at("section").as_string(), "interval");
  EXPECT_EQ(parsed.at("explanation").at(0).at("lines").at(0).as_string(), "3か月ごとです。");
}

}  // namespace
}  // namespace omamori
