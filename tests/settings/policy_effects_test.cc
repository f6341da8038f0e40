// What each setting does to the clients there are, and why one does nothing.
#include "daemon/settings/policy_effects.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;

const char* const kToday = "2026-05-10";

ClientFacts named(const std::string& code, const std::function<void(ClientFacts&)>& edit = {}) {
  ClientFacts facts = client();
  facts.code = code;
  if (edit) edit(facts);
  return facts;
}

std::vector<std::string> lines_of(const Policy& policy, const std::vector<ClientFacts>& clients,
                                  Language language = Language::en) {
  const Directory people = directory();
  EffectCounter counter(policy, people, day(kToday));
  const std::vector<TermsVersion> terms{{Day::min(), policy.terms}};
  for (const ClientFacts& facts : clients) {
    counter.add(facts, plan_of(facts, {terms, policy, people}, day(kToday)));
  }
  return effect_lines(counter.effects(), language);
}

TEST(PolicyEffects, AnOfficeActsOnThoseWhoAskedForNothingElse) {
  Policy policy;
  policy.terms.offices = {{"OF-1", 2}, {"OF-2", 2}, {"OF-9", 2}};
  const auto certificate = [](ClientFacts& f) { f.periods[0].period.interval_months = 1; };
  const auto elsewhere = [](ClientFacts& f) { f.versions[0].office = "OF-3"; };
  const auto ended = [](ClientFacts& f) { f.ended_on = day("2026-05-09"); };
  const auto lines = lines_of(policy, {named("C-1"), named("C-2", certificate), named("C-3"),
                                       named("C-4", elsewhere), named("C-5", ended)});
  EXPECT_THAT(lines, Contains("effect: office OF-1 (2): acts on 2 of 3 clients"));
  EXPECT_THAT(lines, Contains("warning: office OF-2 (2): no effect: no such code is known"));
  EXPECT_THAT(lines, Contains("effect: standard_interval_months (3): acts on 1 of 4 clients"));
}

TEST(PolicyEffects, WhyAnOverrideDoesNothing) {
  const struct {
    const char* what;
    Override item;
    std::function<void(ClientFacts&)> edit;
    const char* line;
  } rows[] = {
      {"it acts", {"C-1", 1, day("2026-06-01"), {}, "", {}}, {}, "acts on 1 of 1 client"},
      {"ends today", {"C-1", 1, day("2026-05-01"), day(kToday), "", {}}, {}, "acts on 1"},
      {"ended yesterday",
       {"C-1", 1, day("2026-04-01"), day("2026-05-09"), "", {}},
       {},
       "no effect: its last day has passed"},
      {"nobody", {"C-2", 1, day("2026-06-01"), {}, "", {}}, {}, "no such code is known"},
      {"service ended",
       {"C-1", 1, day("2026-06-01"), {}, "", {}},
       [](ClientFacts& f) { f.ended_on = day("2026-05-09"); },
       "service has ended"},
      {"after the period",
       {"C-1", 1, day("2027-04-01"), {}, "", {}},
       {},
       "no month of a known decision period"},
      {"self plan",
       {"C-1", 1, day("2026-06-01"), {}, "", {}},
       [](ClientFacts& f) { f.periods[0].period.plan_kind = PlanKind::self_plan; },
       "self plan"},
      {"months of the certificate",
       {"C-1", 1, day("2026-06-01"), {}, "", {}},
       [](ClientFacts& f) {
         f.periods[0].period.monitoring_months = {testing_facts::month("2026-06")};
       },
       "the certificate lists the months"},
      {"as standard", {"C-1", 3, day("2026-06-01"), {}, "", {}}, {}, "the same without it"},
      {"as the certificate",
       {"C-1", 2, day("2026-06-01"), {}, "", {}},
       [](ClientFacts& f) { f.periods[0].period.interval_months = 2; },
       "the same without it"},
      {"refused", {"C-1", 6, day("2026-05-01"), {}, "", {}}, {}, "no safety check is kept up"},
      {"monthly anyway",
       {"C-1", 1, day("2026-05-01"), day("2026-06-30"), "", {}},
       [](ClientFacts& f) { f.periods[0].period.decision_kind = DecisionKind::new_decision; },
       "the first months are monthly anyway"},
  };
  for (const auto& row : rows) {
    Policy policy;
    policy.terms.overrides = {row.item};
    EXPECT_THAT(lines_of(policy, {named("C-1", row.edit)}), Contains(HasSubstr(row.line)))
        << row.what;
  }
}

TEST(PolicyEffects, SettingsThatOnlySomeClientsFeel) {
  Policy policy;
  policy.terms.max_interval_months = 6;
  policy.terms.include_start_month = true;
  const auto checked = [](ClientFacts& f) { check_in(check(f), "2026-05-01"); };
  const auto nine = [](ClientFacts& f) {
    check_in(check(f), "2026-05-01");
    f.checks[0].versions[0].terms.extends_to = 12;
  };
  const auto lines = lines_of(policy, {named("C-1"), named("C-2", checked), named("C-3", nine)});
  EXPECT_THAT(lines, Contains("effect: extended_interval_months (6): acts on 1 of 3 clients"));
  EXPECT_THAT(lines, Contains("effect: max_interval_months (6): acts on 1 of 3 clients"));
  EXPECT_THAT(lines, Contains("effect: start_month (include): no effect: the months are the same "
                              "without it"));
}

TEST(PolicyEffects, AStageThatNobodyReceives) {
  Policy policy;
  policy.stages = {{"upcoming", -30, {Role::case_manager}, 0}, {"core", 7, {Role::core_center}, 0}};
  const auto lost = [](ClientFacts& f) { f.versions[0].office = "OF-9"; };
  EXPECT_THAT(lines_of(policy, {named("C-1"), named("C-2", lost)}),
              Not(Contains(HasSubstr("stage"))));
  const Directory nobody({}, {}, {});
  EffectCounter counter(policy, nobody, day(kToday));
  const std::vector<TermsVersion> terms{{Day::min(), policy.terms}};
  const ClientFacts facts = client();
  counter.add(facts, plan_of(facts, {terms, policy, nobody}, day(kToday)));
  EXPECT_THAT(effect_lines(counter.effects(), Language::en),
              Contains("warning: stage core (7): no effect: nobody receives it"));
  EXPECT_THAT(effect_lines(counter.effects(), Language::ja),
              Contains("注意: 段階 core (7): 効果なし: 受け取る人がいない"));
}

TEST(PolicyEffects, ManyOverridesAreOneLine) {
  for (const std::size_t count : {10U, 11U}) {
    Policy policy;
    std::vector<ClientFacts> clients;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string code = "C-" + std::to_string(10 + i);
      policy.terms.overrides.push_back({code, 1, day("2026-06-01"), {}, "", {}});
      clients.push_back(named(code));
    }
    const auto lines = lines_of(policy, clients);
    const bool together = count > 10;
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const auto& line) { return line.starts_with("effect: override"); }),
              together ? 0 : 10);
    if (together) {
      EXPECT_THAT(lines, Contains("effect: 11 overrides act on their clients"));
    }
  }
}

}  // namespace
}  // namespace omamori
