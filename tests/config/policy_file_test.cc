#include "config/policy_file.h"

#include <functional>
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/policy_change.h"
#include "daemon/model/calendar.h"
#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::texts;
using testing::ElementsAre;
using testing::IsEmpty;

Day day(const char* text) { return *parse_day(text); }

std::vector<std::string> errors_of(const std::string& text) {
  const auto parsed = parse_policy(text, "p.toml");
  EXPECT_EQ(parsed.value.has_value(), parsed.errors.empty());
  return texts(parsed.errors);
}

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

const std::vector<KeyCase>& key_cases() {
  static const std::vector<KeyCase> cases = {
      {"standard_interval_months = 1", [](Policy& p) { p.terms.standard_interval_months = 1; }},
      {"standard_interval_months = 12", [](Policy& p) { p.terms.standard_interval_months = 12; }},
      {"extended_interval_months = 1", [](Policy& p) { p.terms.extended_interval_months = 1; }},
      {"extended_interval_months = 12", [](Policy& p) { p.terms.extended_interval_months = 12; }},
      {"max_interval_months = 1", [](Policy& p) { p.terms.max_interval_months = 1; }},
      {"max_interval_months = 11", [](Policy& p) { p.terms.max_interval_months = 11; }},
      {"initial_months = 0", [](Policy& p) { p.terms.initial_months = 0; }},
      {"initial_months = 12", [](Policy& p) { p.terms.initial_months = 12; }},
      {"start_month = \"include\"", [](Policy& p) { p.terms.include_start_month = true; }},
      {"initial_starts = \"next_month\"",
       [](Policy& p) { p.terms.initial_from_next_month = true; }},
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
  return cases;
}

TEST(PolicyFile, EachKeyChangesExactlyItsField) {
  for (const KeyCase& row : key_cases()) {
    SCOPED_TRACE(row.text);
    const auto parsed = parse_policy(row.text, "p.toml");
    ASSERT_THAT(texts(parsed.errors), IsEmpty());
    Policy expected;
    row.change(expected);
    EXPECT_NE(*parsed.value, Policy{});
    EXPECT_EQ(*parsed.value, expected);
  }
}

// A mistake and the one error it gives.
struct ErrorCase {
  const char* text;
  const char* error;
};

// What a failing row is called in the output.
void PrintTo(const ErrorCase& row, std::ostream* out) { *out << row.text; }

class PolicyMistake : public testing::TestWithParam<ErrorCase> {};

TEST_P(PolicyMistake, IsNamedWithItsPlace) {
  EXPECT_THAT(errors_of(GetParam().text), ElementsAre(GetParam().error));
}

#define INTERVAL_ERROR "must be between 1 and 12, found "
#define DURATION_ERROR \
  "must be a duration such as \"30m\", \"4h\" or \"1d\", from 1 minute to 7 days"
#define HOURS_ERROR "must be hours of one day such as \"07:00-21:00\", the end after the beginning"
#define CODE_ERROR "must be a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -"

INSTANTIATE_TEST_SUITE_P(
    Numbers, PolicyMistake,
    testing::Values(
        ErrorCase{"standard_interval_months = 0",
                  "p.toml:1:28: `standard_interval_months` " INTERVAL_ERROR "0"},
        ErrorCase{"extended_interval_months = 13",
                  "p.toml:1:28: `extended_interval_months` " INTERVAL_ERROR "13"},
        ErrorCase{"max_interval_months = 9223372036854775807",
                  "p.toml:1:23: `max_interval_months` " INTERVAL_ERROR "9223372036854775807"},
        ErrorCase{"initial_months = -1",
                  "p.toml:1:18: `initial_months` must be between 0 and 12, found -1"},
        ErrorCase{"initial_months = 13",
                  "p.toml:1:18: `initial_months` must be between 0 and 12, found 13"},
        ErrorCase{"standard_interval_months = \"3\"",
                  "p.toml:1:28: `standard_interval_months` must be an integer, found a string; "
                  "write the number without quotes"},
        ErrorCase{"standard_interval_months = 3.0",
                  "p.toml:1:28: `standard_interval_months` must be an integer, found a number "
                  "with a fraction"},
        ErrorCase{"standard_interval_months = true",
                  "p.toml:1:28: `standard_interval_months` must be an integer, found true or "
                  "false"},
        ErrorCase{"lapse_response_days = 0",
                  "p.toml:1:23: `lapse_response_days` must be between 1 and 90, found 0"},
        ErrorCase{"baseline_days = 181",
                  "p.toml:1:17: `baseline_days` must be between 1 and 180, found 181"},
        ErrorCase{"max_pause_days = 91",
                  "p.toml:1:18: `max_pause_days` must be between 0 and 90, found 91"},
        ErrorCase{"renewal_notice_days = [30, 0]",
                  "p.toml:1:28: an item of `renewal_notice_days` must be between 1 and 365, "
                  "found 0"},
        ErrorCase{"renewal_notice_days = [30, 7, 30]",
                  "p.toml:1:23: `renewal_notice_days` names the same number twice"},
        ErrorCase{"renewal_notice_days = []",
                  "p.toml:1:23: `renewal_notice_days` must name at least one day"},
        ErrorCase{"renewal_notice_days = 30",
                  "p.toml:1:23: `renewal_notice_days` must be an array, found an integer"}));

INSTANTIATE_TEST_SUITE_P(
    Words, PolicyMistake,
    testing::Values(
        ErrorCase{"start_month = \"Skip\"",
                  "p.toml:1:15: `start_month` must be \"skip\" or \"include\""},
        ErrorCase{"start_month = false",
                  "p.toml:1:15: `start_month` must be a string, found true or false; put it in "
                  "quotes"},
        ErrorCase{"initial_starts = \"\"",
                  "p.toml:1:18: `initial_starts` must be \"decision_month\" or \"next_month\""},
        ErrorCase{"language = \"jp\"", "p.toml:1:12: `language` must be \"ja\" or \"en\""},
        ErrorCase{"weekly_on = \"mon\"",
                  "p.toml:1:13: `weekly_on` must be \"monday\", \"tuesday\", \"wednesday\", "
                  "\"thursday\", \"friday\", \"saturday\", \"sunday\" or \"never\""},
        ErrorCase{"contact = \"a\\r\\nb\"",
                  "p.toml:1:11: `contact` must not contain line breaks, tabs or control "
                  "characters"},
        ErrorCase{"contact = \"a\\u0085b\"",
                  "p.toml:1:11: `contact` must not contain line breaks, tabs or control "
                  "characters"},
        ErrorCase{"language = \"ja\\u0000\"",
                  "p.toml:1:12: `language` must not contain line breaks, tabs or control "
                  "characters"}));

INSTANTIATE_TEST_SUITE_P(
    Times, PolicyMistake,
    testing::Values(
        ErrorCase{"send_at = \"8:30\"",
                  "p.toml:1:11: `send_at` must be a time of day such as \"08:30\""},
        ErrorCase{"send_at = \"24:00\"",
                  "p.toml:1:11: `send_at` must be a time of day such as \"08:30\""},
        ErrorCase{"send_at = \"08:60\"",
                  "p.toml:1:11: `send_at` must be a time of day such as \"08:30\""},
        ErrorCase{"send_at = \"+8:30\"",
                  "p.toml:1:11: `send_at` must be a time of day such as \"08:30\""},
        ErrorCase{"send_at = 08:30:00",
                  "p.toml:1:11: `send_at` must be a string, found a time; put it in quotes"},
        ErrorCase{"fallback_after = \"0m\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"8d\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"4\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"h\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"-4h\"", "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"fallback_after = \"99999999999h\"",
                  "p.toml:1:18: `fallback_after` " DURATION_ERROR},
        ErrorCase{"urgent_fallback_after = \"1h30m\"",
                  "p.toml:1:25: `urgent_fallback_after` " DURATION_ERROR},
        ErrorCase{"urgent_hours = \"07:00\"", "p.toml:1:16: `urgent_hours` " HOURS_ERROR},
        ErrorCase{"urgent_hours = \"07:00-07:00\"", "p.toml:1:16: `urgent_hours` " HOURS_ERROR},
        ErrorCase{"urgent_hours = \"21:00-07:00\"", "p.toml:1:16: `urgent_hours` " HOURS_ERROR},
        ErrorCase{"urgent_hours = \"07:00-24:01\"", "p.toml:1:16: `urgent_hours` " HOURS_ERROR},
        ErrorCase{"closed_days = [\"2026-08-13\"]",
                  "p.toml:1:16: an item of `closed_days` must be a date, found a string; write "
                  "2026-10-01 without quotes"},
        ErrorCase{"closed_days = [2026-08-13, 2026-08-13]",
                  "p.toml:1:15: `closed_days` names the same day twice"},
        ErrorCase{"closed_days = [2026-08-13T00:00:00]",
                  "p.toml:1:16: an item of `closed_days` must be a date, found a date and time"},
        ErrorCase{"closed_days = [0226-08-13]",
                  "p.toml:1:16: an item of `closed_days` must be between 2000-01-01 and "
                  "2199-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    Keys, PolicyMistake,
    testing::Values(
        ErrorCase{"standart_interval_months = 3",
                  "p.toml:1:1: unknown key `standart_interval_months`; did you mean "
                  "`standard_interval_months`?"},
        ErrorCase{"sendat = \"08:30\"",
                  "p.toml:1:1: unknown key `sendat`; did you mean `send_at`?"},
        ErrorCase{"[[ofice]]\ncode = \"A\"",
                  "p.toml:1:3: unknown table `ofice`; did you mean `office`?"},
        ErrorCase{"\"山田 太郎\" = 1",
                  "p.toml:1:1: unknown key; possible here: baseline_days, closed_days, contact, "
                  "extended_interval_months, fallback_after, initial_months, initial_starts, "
                  "language, lapse_response_days, max_interval_months, max_pause_days, office, "
                  "override, renewal_notice_days, send_at, stage, standard_interval_months, "
                  "start_month, urgent_fallback_after, urgent_hours, weekly_on"},
        ErrorCase{"start_month.x = 2", "p.toml:1:1: `start_month` must be a string, found a table"},
        ErrorCase{"[[office]]\ncode = \"A\"\ninterval = 2\ninterval_months = 2",
                  "p.toml:3:1: unknown key `interval` in [[office]]; possible here: code, "
                  "interval_months"},
        ErrorCase{"[[office]]\ncode = \"A\"\ninterval_months = 2\ncontact = \"x\"",
                  "p.toml:4:1: unknown key `contact` in [[office]]; it belongs at the top of the "
                  "file, before the first table"}));

INSTANTIATE_TEST_SUITE_P(
    Syntax, PolicyMistake,
    testing::Values(
        ErrorCase{"contact = \"\nstandard_interval_months = 0",
                  "p.toml:1:12: Error while parsing string: unescaped control characters other "
                  "than TAB (U+0009) are explicitly prohibited"},
        ErrorCase{"closed_days = [2026-02-29]",
                  "p.toml:1:26: Error while parsing date: expected day between 1 and 28 "
                  "(inclusive), saw 29"},
        ErrorCase{"contact = \"\x8e\x73\"",
                  "p.toml:1:11: this is not UTF-8; save the file in the encoding UTF-8"},
        ErrorCase{"contact = \"\xe5\xb8",
                  "p.toml:1:11: this is not UTF-8; save the file in the encoding UTF-8"}));

TEST(PolicyFile, AContactIsCountedInCharacters) {
  const auto contact = [](int length) {
    std::string text = "contact = \"";
    for (int i = 0; i < length; ++i) text += "市";
    return text + "\"";
  };
  EXPECT_THAT(errors_of(contact(500)), IsEmpty());
  EXPECT_THAT(errors_of(contact(501)),
              ElementsAre("p.toml:1:11: `contact` must not be longer than 500 characters"));
}

TEST(PolicyFile, EveryMistakeAtOnceInTheOrderOfTheFile) {
  const std::string text =
      "standard_interval_months = 0\n"                // 1
      "standart_interval_months = 3\n"                // 2
      "send_at = \"8:30\"\n"                          // 3
      "language = \"fr\"\n"                           // 4
      "closed_days = [2026-08-13, \"2026-08-14\"]\n"  // 5
      "renewal_notice_days = [\"60\", 400]\n"         // 6, two
      "  fallback_after = 4\n"                        // 7
      "[[office]]\n"                                  // 8
      "code = \"OF 1\"\n"                             // 9
      "interval_months = 13\n"                        // 10
      "[[stage]]\n"                                   // 11, name missing
      "days = 1\n"
      "too = [\"supervisor\"]\n"  // 13, and `to` missing
      "to = [\"boss\"]\n";        // 14
  EXPECT_THAT(
      errors_of(text),
      ElementsAre(
          "p.toml:1:28: `standard_interval_months` must be between 1 and 12, found 0",
          "p.toml:2:1: unknown key `standart_interval_months`; did you mean "
          "`standard_interval_months`?",
          "p.toml:3:11: `send_at` must be a time of day such as \"08:30\"",
          "p.toml:4:12: `language` must be \"ja\" or \"en\"",
          "p.toml:5:28: an item of `closed_days` must be a date, found a string; write 2026-10-01 "
          "without quotes",
          "p.toml:6:24: an item of `renewal_notice_days` must be an integer, found a string; "
          "write the number without quotes",
          "p.toml:6:30: an item of `renewal_notice_days` must be between 1 and 365, found 400",
          "p.toml:7:20: `fallback_after` must be a string, found an integer; put it in quotes",
          "p.toml:9:8: `code` " CODE_ERROR,
          "p.toml:10:19: `interval_months` must be between 1 and 12, found 13",
          "p.toml:11:1: [[stage]] needs `name`",
          "p.toml:13:1: unknown key `too` in [[stage]]; did you mean `to`?",
          "p.toml:14:7: an item of `to` must be \"case_manager\", \"supervisor\", "
          "\"core_center\" or \"operator\""));
}

TEST(PolicyFile, NoErrorRepeatsFreeText) {
  const std::string secret = "山田太郎";
  for (const std::string& text :
       {"contact = [\"" + secret + "\"]", "contact = \"" + secret + "\\n\"",
        "language = \"" + secret + "\"", "\"" + secret + "\" = 1",
        "[[override]]\nclient = \"C-1\"\ninterval_months = 1\nfrom = 2026-10-01\nreason = {\"" +
            secret + "\" = 1}",
        "[[override]]\nclient = \"" + secret + "\"\ninterval_months = 1\nfrom = 2026-10-01"}) {
    const auto errors = errors_of(text);
    EXPECT_THAT(errors, testing::Not(IsEmpty())) << text;
    EXPECT_THAT(errors, testing::Each(testing::Not(testing::HasSubstr(secret))));
  }
}

TEST(PolicyFile, AbsurdDepthIsRefusedNotObeyed) {
  std::string dotted = "x";
  for (int i = 0; i < 500'000; ++i) dotted += ".x";
  EXPECT_THAT(errors_of("# fine\n" + dotted + " = 1\n"),
              ElementsAre("p.toml:2:1: too many dots in one line; break it into several"));
  EXPECT_THAT(errors_of("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r = 1"),
              ElementsAre("p.toml:1:1: tables are nested too deeply"));
  const std::string brackets = "closed_days = " + std::string(100'000, '[');
  EXPECT_EQ(errors_of(brackets).size(), 1U);
  EXPECT_THAT(errors_of("# " + std::string(5'000, '.') + "\n"), IsEmpty());
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
  for (const std::string& text : {full + "\n", std::string(10'000'000, '\n')}) {
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
