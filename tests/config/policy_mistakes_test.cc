// Mistakes in policy.toml: each is named with its place, all at once.
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/policy_errors.h"

namespace omamori {
namespace {

using test::errors_of;
using testing::ElementsAre;
using testing::IsEmpty;

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
        ErrorCase{"urgent_answer_after = \"0h\"",
                  "p.toml:1:23: `urgent_answer_after` " DURATION_ERROR},
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
        ErrorCase{
            "\"山田 太郎\" = 1",
            "p.toml:1:1: unknown key; possible here: baseline_days, closed_days, contact, "
            "extended_interval_months, fallback_after, initial_months, initial_starts, "
            "language, lapse_response_days, max_interval_months, max_pause_days, office, "
            "override, renewal_notice_days, send_at, stage, standard_interval_months, "
            "start_month, urgent_answer_after, urgent_fallback_after, urgent_hours, weekly_on"},
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
                  "p.toml:1:12: this is not UTF-8; save the file in the encoding UTF-8"},
        ErrorCase{"contact = \"市\xe5\xb8",
                  "p.toml:1:13: this is not UTF-8; save the file in the encoding UTF-8"},
        ErrorCase{"# 設定\nlanguage = \"ja\"\nsend_at = \"08:30\"\n# \x8e\x73\nbaseline_days = 3\n",
                  "p.toml:4:3: this is not UTF-8; save the file in the encoding UTF-8"}));

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
          "\"coordinator\", \"core_center\" or \"operator\""));
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

}  // namespace
}  // namespace omamori
