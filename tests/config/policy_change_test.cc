#include "config/policy_change.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

Day day(const char* text) { return *parse_day(text); }

const Override override_until_march{"C-0012",          1,          day("2026-10-01"),
                                    day("2027-03-31"), "退院直後", day("2026-09-20")};

TEST(PolicyChange, NothingChangedNothingSaid) {
  Policy policy;
  policy.terms.overrides = {override_until_march};
  EXPECT_THAT(describe_change(policy, policy), IsEmpty());
}

struct ChangeCase {
  std::function<void(Policy&)> change;
  std::vector<std::string> lines;
};

// One row per field: what differs from the default, and the line for the journal.
const std::vector<ChangeCase>& change_cases() {
  static const std::vector<ChangeCase> cases = {
      {[](Policy& p) { p.terms.standard_interval_months = 2; },
       {"standard_interval_months: 3 -> 2"}},
      {[](Policy& p) { p.terms.extended_interval_months = 9; },
       {"extended_interval_months: 6 -> 9"}},
      {[](Policy& p) { p.terms.max_interval_months = 6; }, {"max_interval_months: 12 -> 6"}},
      {[](Policy& p) { p.terms.initial_months = 0; }, {"initial_months: 3 -> 0"}},
      {[](Policy& p) { p.terms.include_start_month = true; }, {"start_month: skip -> include"}},
      {[](Policy& p) { p.terms.initial_from_next_month = true; },
       {"initial_starts: decision_month -> next_month"}},
      {[](Policy& p) { p.send_at = TimeOfDay{hours{9} + minutes{5}}; },
       {"send_at: 08:30 -> 09:05"}},
      {[](Policy& p) { p.language = Language::en; }, {"language: ja -> en"}},
      {[](Policy& p) {
         p.closed_days = {day("2026-08-13"), day("2026-08-14")};
       },
       {"closed_days: added 2026-08-13", "closed_days: added 2026-08-14"}},
      {[](Policy& p) { p.renewal_notice_days = {90}; }, {"renewal_notice_days: 60, 30, 7 -> 90"}},
      {[](Policy& p) { p.lapse_response_days = 7; }, {"lapse_response_days: 14 -> 7"}},
      {[](Policy& p) { p.baseline_days = 60; }, {"baseline_days: 30 -> 60"}},
      {[](Policy& p) { p.max_pause_days = 0; }, {"max_pause_days: 30 -> 0"}},
      {[](Policy& p) { p.fallback_after = hours{24}; }, {"fallback_after: 4h -> 1d"}},
      {[](Policy& p) { p.urgent_fallback_after = minutes{90}; },
       {"urgent_fallback_after: 30m -> 90m"}},
      {[](Policy& p) { p.urgent_answer_after = hours{4}; }, {"urgent_answer_after: 2h -> 4h"}},
      {[](Policy& p) { p.urgent_hours.until = TimeOfDay{hours{24}}; },
       {"urgent_hours: 07:00-21:00 -> 07:00-24:00"}},
      {[](Policy& p) { p.weekly_on = std::chrono::Friday; }, {"weekly_on: monday -> friday"}},
      {[](Policy& p) { p.contact = "山田太郎"; }, {"contact: changed"}},
      {[](Policy& p) {
         p.terms.offices = {{"OF-1", 2}};
       },
       {"office OF-1: added (2 months)"}},
      {[](Policy& p) { p.terms.overrides = {override_until_march}; },
       {"override C-0012 from 2026-10-01: added (1 month until 2027-03-31)"}},
      {[](Policy& p) { p.stages.pop_back(); },
       {"stage escalated: removed (day 14 to case_manager, supervisor, core_center, every 7 "
        "days)"}},
      {[](Policy& p) { p.stages[0].days = -20; },
       {"stage upcoming: day -30 to case_manager, once -> day -20 to case_manager, once"}},
      {[](Policy& p) { p.stages[2].to = {Role::operator_}; },
       {"stage overdue: day 1 to case_manager, supervisor, once -> day 1 to operator, once"}},
      {[](Policy& p) { p.stages[2].repeat_days = 3; },
       {"stage overdue: day 1 to case_manager, supervisor, once -> day 1 to case_manager, "
        "supervisor, every 3 days"}},
  };
  return cases;
}

TEST(PolicyChange, EveryFieldHasItsLine) {
  for (const ChangeCase& row : change_cases()) {
    Policy after;
    row.change(after);
    EXPECT_THAT(describe_change(Policy{}, after), ElementsAreArray(row.lines));
  }
}

std::vector<std::string> in_japanese(const std::function<void(Policy&)>& change) {
  Policy after;
  change(after);
  return describe_change(Policy{}, after, Language::ja);
}

TEST(PolicyChange, InJapaneseEveryFieldHasItsNameAndItsKey) {
  const std::vector<ChangeCase> cases = {
      {[](Policy& p) { p.terms.standard_interval_months = 2; },
       {"標準の間隔（standard_interval_months）: 3か月 → 2か月"}},
      {[](Policy& p) { p.terms.initial_months = 0; },
       {"決定当初に毎月とする月数（initial_months）: 3か月 → 0か月"}},
      {[](Policy& p) { p.terms.include_start_month = true; },
       {"開始月の扱い（start_month）: skip → include"}},
      {[](Policy& p) { p.closed_days = {day("2026-08-13")}; },
       {"休業日（closed_days）: 追加 2026-08-13"}},
      {[](Policy& p) {
         p.renewal_notice_days = {90, 30};
       },
       {"更新を知らせる日（満了の何日前か）（renewal_notice_days）: 60、30、7 → 90、30"}},
      {[](Policy& p) { p.lapse_response_days = 7; },
       {"安否確認が途切れてから対応するまでの日数（lapse_response_days）: 14日 → 7日"}},
      {[](Policy& p) { p.contact = "山田太郎"; }, {"連絡先（contact）: 変更"}},
      {[](Policy& p) {
         p.terms.offices = {{"OF-1", 2}};
       },
       {"事業所 OF-1: 追加（2か月）"}},
      {[](Policy& p) { p.terms.overrides = {override_until_march}; },
       {"個別の定め C-0012（2026-10-01 から）: 追加（1か月、2027-03-31 まで）"}},
      {[](Policy& p) { p.stages.pop_back(); },
       {"段階 escalated: 削除（期限の14日後に相談支援専門員、管理者、基幹相談支援センターへ、"
        "7日ごと）"}},
      {[](Policy& p) { p.stages[0].days = 0; },
       {"段階 upcoming: 期限の30日前に相談支援専門員へ、1回 → 期限の日に相談支援専門員へ、1回"}},
      {[](Policy& p) { p.stages[2].to = {Role::operator_}; },
       {"段階 overdue: 期限の1日後に相談支援専門員、管理者へ、1回 → "
        "期限の1日後に運用担当へ、1回"}},
  };
  for (const ChangeCase& row : cases)
    EXPECT_THAT(in_japanese(row.change), ElementsAreArray(row.lines));
}

// A line that has lost its words would be a key or English.
TEST(PolicyChange, NoFieldIsWithoutWordsInJapanese) {
  for (const ChangeCase& row : change_cases()) {
    const auto lines = in_japanese(row.change);
    ASSERT_EQ(lines.size(), row.lines.size());
    for (const std::string& line : lines) {
      EXPECT_TRUE(static_cast<unsigned char>(line.front()) >= 0x80U) << line;
      EXPECT_EQ(line.find(" -> "), std::string::npos) << line;
      EXPECT_EQ(line.find("removed"), std::string::npos) << line;
    }
  }
}

TEST(PolicyChange, AnOverrideInJapaneseSaysWhatOfItChanged) {
  Policy before;
  before.terms.overrides = {override_until_march};
  Policy after = before;
  after.terms.overrides[0].until = std::nullopt;
  after.terms.overrides[0].agreed_on = std::nullopt;
  after.terms.overrides[0].reason = "別の理由";
  const std::string name = "個別の定め C-0012（2026-10-01 から）: ";
  EXPECT_THAT(
      describe_change(before, after, Language::ja),
      ElementsAre(name + "1か月、2027-03-31 まで → 1か月、終わりなし",
                  name + "合意日（agreed_on）: 2026-09-20 → なし", name + "理由（reason）を変更"));
}

TEST(PolicyChange, AnOverrideIsKnownByClientAndFirstDay) {
  Policy before;
  before.terms.overrides = {override_until_march};
  EXPECT_THAT(describe_change(before, Policy{}),
              ElementsAre("override C-0012 from 2026-10-01: removed (1 month until 2027-03-31)"));

  Policy after = before;
  Override& item = after.terms.overrides[0];
  item.interval_months = 2;
  item.until = std::nullopt;
  item.agreed_on = std::nullopt;
  item.reason = "別の理由";
  EXPECT_THAT(describe_change(before, after),
              ElementsAre("override C-0012 from 2026-10-01: 1 month until 2027-03-31 -> 2 months "
                          "without end",
                          "override C-0012 from 2026-10-01: agreed_on: 2026-09-20 -> none",
                          "override C-0012 from 2026-10-01: reason changed"));

  after = before;
  after.terms.overrides[0].from = day("2026-10-02");
  EXPECT_THAT(describe_change(before, after),
              ElementsAre("override C-0012 from 2026-10-01: removed (1 month until 2027-03-31)",
                          "override C-0012 from 2026-10-02: added (1 month until 2027-03-31)"));
}

TEST(PolicyChange, OfficesAndClosedDaysGoAndChange) {
  Policy before;
  before.terms.offices = {{"OF-1", 2}, {"OF-2", 4}};
  before.closed_days = {day("2026-08-13")};
  Policy after;
  after.terms.offices = {{"OF-2", 6}};
  EXPECT_THAT(describe_change(before, after),
              ElementsAre("closed_days: removed 2026-08-13", "office OF-1: removed (2 months)",
                          "office OF-2: 4 months -> 6 months"));
}

TEST(PolicyChange, FreeTextStaysWhereItIs) {
  Policy before;
  before.contact = "山田太郎";
  before.terms.overrides = {override_until_march};
  Policy after = before;
  after.contact = "鈴木花子";
  after.terms.overrides[0].reason = "鈴木花子";
  EXPECT_THAT(describe_change(before, after),
              ElementsAre("contact: changed", "override C-0012 from 2026-10-01: reason changed"));
}

}  // namespace
}  // namespace omamori
