#include "config/policy_file.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/policy_change.h"
#include "daemon/model/calendar.h"
#include "tests/support/config_test_support.h"
#include "tests/support/policy_errors.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::errors_of;
using test::texts;
using testing::ElementsAre;
using testing::IsEmpty;

Day day(const char* text) { return *parse_day(text); }

TEST(PolicyFile, NothingWrittenIsTheDefault) {
  for (const char* text : {"", "# only a comment\n", "\xEF\xBB\xBF", "\r\n\r\n"}) {
    const auto parsed = parse_policy(text, "p.toml");
    ASSERT_THAT(texts(parsed.errors), IsEmpty());
    EXPECT_EQ(*parsed.value, Policy{});
  }
}

TEST(PolicyFile, TheExampleShowsTheDefaults) {
  const auto parsed = parse_policy(test::repository_file("config/policy.toml"), "policy.toml");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_THAT(describe_change(Policy{}, *parsed.value), IsEmpty());
  EXPECT_EQ(*parsed.value, Policy{});
}

TEST(PolicyFile, TheExamplesInTheExampleAreRightToo) {
  const std::string text = test::with_examples(test::repository_file("config/policy.toml"));
  const auto parsed = parse_policy(text, "policy.toml");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  Policy expected;
  expected.terms.offices = {{"OF-1", 2}};
  expected.terms.overrides = {
      {"C-0012", 1, day("2026-10-01"), day("2027-03-31"), "退院直後", day("2026-09-20")}};
  EXPECT_EQ(*parsed.value, expected);
}

// A key, and what it alone changes. Together the rows reach every field of Policy.
struct KeyCase {
  const char* text;
  std::function<void(Policy&)> change;
};

const std::vector<KeyCase> kKeyCases = {
    {"standard_interval_months = 1", [](Policy& p) { p.terms.standard_interval_months = 1; }},
    {"standard_interval_months = 12", [](Policy& p) { p.terms.standard_interval_months = 12; }},
    {"extended_interval_months = 1", [](Policy& p) { p.terms.extended_interval_months = 1; }},
    {"extended_interval_months = 12", [](Policy& p) { p.terms.extended_interval_months = 12; }},
    {"max_interval_months = 1", [](Policy& p) { p.terms.max_interval_months = 1; }},
    {"max_interval_months = 11", [](Policy& p) { p.terms.max_interval_months = 11; }},
    {"initial_months = 0", [](Policy& p) { p.terms.initial_months = 0; }},
    {"initial_months = 12", [](Policy& p) { p.terms.initial_months = 12; }},
    {"start_month = \"include\"", [](Policy& p) { p.terms.include_start_month = true; }},
    {"initial_starts = \"next_month\"", [](Policy& p) { p.terms.initial_from_next_month = true; }},
    {"send_at = \"00:00\"", [](Policy& p) { p.send_at = TimeOfDay{minutes{0}}; }},
    {"send_at = \"23:59\"", [](Policy& p) { p.send_at = TimeOfDay{minutes{1439}}; }},
    {"language = \"en\"", [](Policy& p) { p.language = Language::en; }},
    {"closed_days = [2026-08-14, 2026-08-13]",
     [](Policy& p) {
       p.closed_days = {day("2026-08-13"), day("2026-08-14")};
     }},
    {"renewal_notice_days = [7, 90]",
     [](Policy& p) {
       p.renewal_notice_days = {90, 7};
     }},
    {"renewal_notice_days = [1, 365]",
     [](Policy& p) {
       p.renewal_notice_days = {365, 1};
     }},
    {"lapse_response_days = 1", [](Policy& p) { p.lapse_response_days = 1; }},
    {"lapse_response_days = 90", [](Policy& p) { p.lapse_response_days = 90; }},
    {"baseline_days = 1", [](Policy& p) { p.baseline_days = 1; }},
    {"baseline_days = 180", [](Policy& p) { p.baseline_days = 180; }},
    {"max_pause_days = 0", [](Policy& p) { p.max_pause_days = 0; }},
    {"max_pause_days = 90", [](Policy& p) { p.max_pause_days = 90; }},
    {"fallback_after = \"1m\"", [](Policy& p) { p.fallback_after = minutes{1}; }},
    {"fallback_after = \"7d\"", [](Policy& p) { p.fallback_after = hours{168}; }},
    {"urgent_answer_after = \"90m\"", [](Policy& p) { p.urgent_answer_after = minutes{90}; }},
    {"urgent_fallback_after = \"2h\"", [](Policy& p) { p.urgent_fallback_after = hours{2}; }},
    {"urgent_hours = \"00:00-24:00\"",
     [](Policy& p) {
       p.urgent_hours = {TimeOfDay{hours{0}}, TimeOfDay{hours{24}}};
     }},
    {"urgent_hours = \"08:59-09:00\"",
     [](Policy& p) {
       p.urgent_hours = {TimeOfDay{minutes{539}}, TimeOfDay{minutes{540}}};
     }},
    {"weekly_on = \"tuesday\"", [](Policy& p) { p.weekly_on = std::chrono::Tuesday; }},
    {"weekly_on = \"never\"", [](Policy& p) { p.weekly_on.reset(); }},
    {"weekly_on = \"sunday\"", [](Policy& p) { p.weekly_on = std::chrono::Sunday; }},
    {"contact = \"市役所 042-000-0000\"", [](Policy& p) { p.contact = "市役所 042-000-0000"; }},
    {"[[office]]\ncode = \"B\"\ninterval_months = 12\n[[office]]\ncode = \"A.b_c-9\"\n"
     "interval_months = 1",
     [](Policy& p) {
       p.terms.offices = {{"A.b_c-9", 1}, {"B", 12}};
     }},
    {"[[override]]\nclient = \"C-2\"\ninterval_months = 1\nfrom = 2026-10-01\n"
     "[[override]]\nclient = \"C-1\"\ninterval_months = 2\nfrom = 2026-10-01\n"
     "[[override]]\nclient = \"C-1\"\ninterval_months = 4\nfrom = 2026-01-01\n"
     "until = 2026-09-30",
     [](Policy& p) {
       p.terms.overrides = {{"C-1", 4, day("2026-01-01"), day("2026-09-30"), "", {}},
                            {"C-1", 2, day("2026-10-01"), {}, "", {}},
                            {"C-2", 1, day("2026-10-01"), {}, "", {}}};
     }},
    {"[[stage]]\nname = \"late\"\ndays = 3\nto = [\"operator\", \"core_center\"]\n"
     "repeat_days = 2\n[[stage]]\nname = \"first\"\ndays = -1\nto = [\"supervisor\"]",
     [](Policy& p) {
       p.stages = {{"first", -1, {Role::supervisor}, 0},
                   {"late", 3, {Role::operator_, Role::core_center}, 2}};
     }},
};

TEST(PolicyFile, EachKeyChangesExactlyItsField) {
  for (const KeyCase& row : kKeyCases) {
    SCOPED_TRACE(row.text);
    const auto parsed = parse_policy(row.text, "p.toml");
    ASSERT_THAT(texts(parsed.errors), IsEmpty());
    Policy expected;
    row.change(expected);
    EXPECT_NE(*parsed.value, Policy{});
    EXPECT_EQ(*parsed.value, expected);
  }
}

TEST(PolicyFile, LoadingGivesTheTextAsWell) {
  const test::TemporaryDirectory directory;
  const auto path = directory.write("policy.toml", "standard_interval_months = 2\n");
  const LoadedPolicy loaded = load_policy(path);
  ASSERT_THAT(texts(loaded.parsed.errors), IsEmpty());
  EXPECT_EQ(loaded.parsed.value->terms.standard_interval_months, 2);
  EXPECT_EQ(loaded.text, "standard_interval_months = 2\n");
}

TEST(PolicyFile, AFileThatCannotBeReadIsAnError) {
  const test::TemporaryDirectory directory;
  const std::string missing = (directory.path() / "nowhere.toml").string();
  EXPECT_THAT(texts(load_policy(missing).parsed.errors),
              ElementsAre(missing + ": there is no such file"));
  EXPECT_THAT(texts(load_policy(directory.path()).parsed.errors),
              ElementsAre(directory.path().string() + ": is not a plain file"));
  EXPECT_THAT(texts(load_policy("/dev/zero").parsed.errors),
              ElementsAre("/dev/zero: is not a plain file"));
  const auto below_a_file = directory.write("file", "") / "policy.toml";
  EXPECT_THAT(texts(load_policy(below_a_file).parsed.errors),
              ElementsAre(below_a_file.string() + ": there is no such file"));
}

TEST(PolicyFile, OneMebibyteIsTheLimit) {
  const test::TemporaryDirectory directory;
  const std::string full = "#" + std::string((std::size_t{1} << 20) - 2, 'x') + "\n";
  EXPECT_THAT(texts(load_policy(directory.write("full.toml", full)).parsed.errors), IsEmpty());
  for (const std::string& text : {full + "\n", std::string(5'000'000, '\n')}) {
    const auto path = directory.write("more.toml", text);
    const LoadedPolicy loaded = load_policy(path);
    EXPECT_FALSE(loaded.parsed.value.has_value());
    EXPECT_THAT(
        texts(loaded.parsed.errors),
        ElementsAre(path.string() + ": is larger than 1 MiB; this cannot be a settings file"));
  }
  EXPECT_THAT(errors_of(full + "\n"),
              ElementsAre("p.toml: is larger than 1 MiB; this cannot be a settings file"));
}

}  // namespace
}  // namespace omamori
