#include "config/policy_tables.h"

#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/policy_file.h"
#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using test::texts;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> errors_of(const std::string& text) {
  return texts(parse_policy(text, "p.toml").errors);
}

// A mistake and the one error it gives.
struct ErrorCase {
  const char* text;
  const char* error;
};

// What a failing row is called in the output.
void PrintTo(const ErrorCase& row, std::ostream* out) { *out << row.text; }

class PolicyListMistake : public testing::TestWithParam<ErrorCase> {};

TEST_P(PolicyListMistake, IsNamedWithItsPlace) {
  EXPECT_THAT(errors_of(GetParam().text), ElementsAre(GetParam().error));
}

#define INTERVAL_ERROR "must be between 1 and 12, found "
#define CODE_ERROR "must be a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -"
#define STAGE(rest) "[[stage]]\nname = \"a\"\ndays = 1\nto = [\"supervisor\"]\n" rest

INSTANTIATE_TEST_SUITE_P(
    Offices, PolicyListMistake,
    testing::Values(
        ErrorCase{"[[office]]\ncode = \"A\"", "p.toml:1:1: [[office]] needs `interval_months`"},
        ErrorCase{"[[office]]\ncode = \"A\"\ninterval_months = 0",
                  "p.toml:3:19: `interval_months` " INTERVAL_ERROR "0"},
        ErrorCase{"[[office]]\ncode = \"\"\ninterval_months = 1", "p.toml:2:8: `code` " CODE_ERROR},
        ErrorCase{"[[office]]\ncode = \"山田事業所\"\ninterval_months = 1",
                  "p.toml:2:8: `code` " CODE_ERROR},
        ErrorCase{"[[office]]\ncode = 1\ninterval_months = 1",
                  "p.toml:2:8: `code` must be a string, found an integer; put it in quotes"},
        ErrorCase{"[[office]]\ncode = \"A\"\ninterval_months = 1\n"
                  "[[office]]\ncode = \"A\"\ninterval_months = 2",
                  "p.toml:4:1: the tables on line 1 and line 4 are both for office A"},
        ErrorCase{"[office]\ncode = \"A\"\ninterval_months = 1",
                  "p.toml:1:1: `office` must be a list of tables; write each as [[office]]"},
        ErrorCase{"office = [1]",
                  "p.toml:1:10: `office` must be a list of tables; write each as [[office]]"}));

#define OVERRIDE(client, rest) "[[override]]\nclient = \"" client "\"\ninterval_months = 1\n" rest

INSTANTIATE_TEST_SUITE_P(
    Overrides, PolicyListMistake,
    testing::Values(
        ErrorCase{OVERRIDE("C-1", ""), "p.toml:1:1: [[override]] needs `from`"},
        ErrorCase{OVERRIDE("C 1", "from = 2026-10-01"), "p.toml:2:10: `client` " CODE_ERROR},
        ErrorCase{OVERRIDE("C-1", "from = \"2026-10-01\""),
                  "p.toml:4:8: `from` must be a date, found a string; write 2026-10-01 without "
                  "quotes"},
        ErrorCase{OVERRIDE("C-1", "from = 2026-10-01\nuntil = 2026-09-30"),
                  "p.toml:5:9: `until` (2026-09-30) is before `from` (2026-10-01)"},
        ErrorCase{OVERRIDE("C-1", "from = 2026-10-01\nreason = \"a\\tb\""),
                  "p.toml:5:10: `reason` must not contain line breaks, tabs or control "
                  "characters"},
        ErrorCase{OVERRIDE("C-1", "from = 2026-10-01\nagreed_on = 1999-12-31"),
                  "p.toml:5:13: `agreed_on` must be between 2000-01-01 and 2199-12-31"},
        ErrorCase{OVERRIDE("C-1", "from = 2026-10-01\n") OVERRIDE("C-1", "from = 2030-01-01\n"),
                  "p.toml:5:1: the overrides of client C-1 on line 1 and line 5 overlap; end the "
                  "earlier one with `until`"},
        // The later in time is the earlier in the file.
        ErrorCase{OVERRIDE("C-1", "from = 2026-10-31\n")
                      OVERRIDE("C-1", "from = 2026-10-01\nuntil = 2026-10-31\n"),
                  "p.toml:5:1: the overrides of client C-1 on line 1 and line 5 overlap; end the "
                  "earlier one with `until`"},
        // Another client stands between them.
        ErrorCase{OVERRIDE("C-1", "from = 2026-01-01\nuntil = 2026-12-31\n")
                      OVERRIDE("C-2", "from = 2026-02-01\nuntil = 2026-02-28\n")
                          OVERRIDE("C-1", "from = 2026-12-31\n"),
                  "p.toml:11:1: the overrides of client C-1 on line 1 and line 11 overlap; end "
                  "the earlier one with `until`"}));

INSTANTIATE_TEST_SUITE_P(
    Stages, PolicyListMistake,
    testing::Values(
        ErrorCase{"stage = []",
                  "p.toml:1:9: `stage` is an empty list; nobody would be told. Leave it out for "
                  "the default"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1", "p.toml:1:1: [[stage]] needs `to`"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1\nto = []",
                  "p.toml:4:6: `to` must name at least one role"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1\nto = [\"supervisor\", \"supervisor\"]",
                  "p.toml:4:6: `to` names the same item twice"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1\nto = \"supervisor\"",
                  "p.toml:4:6: `to` must be an array, found a string; put it in [ ]"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1\nto = [\"provider\"]",
                  "p.toml:4:7: an item of `to` must be \"case_manager\", \"supervisor\", "
                  "\"coordinator\", \"core_center\" or \"operator\""},
        ErrorCase{STAGE("repeat_days = -1"),
                  "p.toml:5:15: `repeat_days` must be between 0 and 365, found -1"},
        ErrorCase{STAGE("[[stage]]\nname = \"b\"\ndays = -1\nto = [\"supervisor\"]\n"
                        "repeat_days = 1"),
                  "p.toml:9:15: `repeat_days` is possible only from due-by on (`days` 0 or more)"},
        ErrorCase{STAGE("[[stage]]\nname = \"b\"\ndays = -91\nto = [\"supervisor\"]"),
                  "p.toml:7:8: `days` must be between -90 and 365, found -91"},
        ErrorCase{STAGE() STAGE(),
                  "p.toml:5:1: the stages on line 1 and line 5 have the same name \"a\""},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = 1\nto = [\"case_manager\"]",
                  "p.toml:1:1: no stage at or after due-by (`days` 0 or more) reaches anybody but "
                  "the case manager; add \"supervisor\", \"core_center\" or \"operator\" to one"},
        ErrorCase{"[[stage]]\nname = \"a\"\ndays = -1\nto = [\"supervisor\"]",
                  "p.toml:1:1: no stage at or after due-by (`days` 0 or more) reaches anybody but "
                  "the case manager; add \"supervisor\", \"core_center\" or \"operator\" to one"}));

TEST(PolicyTables, TheEdgesOfNeighboursDoNotOverlap) {
  EXPECT_THAT(errors_of(OVERRIDE("C-1", "from = 2026-10-01\nuntil = 2026-10-01\n")
                            OVERRIDE("C-1", "from = 2026-10-02\n")),
              IsEmpty());
  EXPECT_THAT(errors_of(STAGE("repeat_days = 1")), IsEmpty());
  EXPECT_THAT(errors_of("[[stage]]\nname = \"a\"\ndays = 0\nto = [\"core_center\"]\n"
                        "repeat_days = 365"),
              IsEmpty());
}

// The third begins after the second has ended, but inside the first.
TEST(PolicyTables, AnOverlapIsWithTheOneThatReachesFurthest) {
  EXPECT_THAT(errors_of(OVERRIDE("C-1", "from = 2026-01-01\nuntil = 2026-12-31\n")
                            OVERRIDE("C-1", "from = 2026-02-01\nuntil = 2026-02-28\n")
                                OVERRIDE("C-1", "from = 2026-12-31\n")),
              ElementsAre("p.toml:6:1: the overrides of client C-1 on line 1 and line 6 overlap; "
                          "end the earlier one with `until`",
                          "p.toml:11:1: the overrides of client C-1 on line 1 and line 11 overlap; "
                          "end the earlier one with `until`"));
}

TEST(PolicyTables, ACodeHas64CharactersAtMost) {
  const auto office = [](std::size_t length) {
    return "[[office]]\ncode = \"" + std::string(length, 'x') + "\"\ninterval_months = 2";
  };
  EXPECT_THAT(errors_of(office(64)), IsEmpty());
  EXPECT_THAT(errors_of(office(65)), ElementsAre("p.toml:2:8: `code` " CODE_ERROR));
}

}  // namespace
}  // namespace omamori
