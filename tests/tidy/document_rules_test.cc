#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string path_faults(const std::string& line, const std::string& path = "README.md") {
  return listed(named_paths_exist(planted({{path, line + "\n"},
                                           {"RULES.md", "# Rules\n"},
                                           {"config/policy.toml", ""},
                                           {"daemon/rules/plan.cc", ""},
                                           {"daemon/rules/plan.h", ""},
                                           {"tests/stories/lapse.txt", ""}})));
}

TEST(PathsInDocuments, Exist) {
  EXPECT_EQ(path_faults("`daemon/rules/plan.cc`, `daemon/rules/`, `daemon/rules`"), "");
  EXPECT_EQ(path_faults("`daemon/rules/old.cc`"),
            "README.md:1: names daemon/rules/old.cc, which does not exist: name what took its "
            "place\n");
  EXPECT_NE(path_faults("`daemon/web/`"), "");
}

TEST(PathsInDocuments, MayBeShortened) {
  EXPECT_EQ(path_faults("`policy.toml`, `rules/plan.h`, `daemon/rules/plan`"), "");
  EXPECT_NE(path_faults("`polcy.toml`"), "");
}

TEST(PathsInDocuments, MayBePatterns) {
  EXPECT_EQ(path_faults("`daemon/rules/plan.{h,cc}`, `tests/stories/*.txt`"), "");
  EXPECT_NE(path_faults("`daemon/rules/plan.{h,py}`"), "");
  EXPECT_NE(path_faults("`tests/stories/*.json`"), "");
}

TEST(PathsInDocuments, AreNotCommandsProductsOrPathsOfTheMachine) {
  EXPECT_EQ(path_faults("`build/release/bin`, `/etc/omamori/omamori.toml`, `./dev test`"), "");
  EXPECT_EQ(path_faults("`C-12/monitoring/2026-04-01`, `--json`, `diff new.toml`"), "");
}

TEST(PathsInDocuments, OfLinksCountFromTheDocument) {
  EXPECT_EQ(path_faults("[rules](RULES.md#5-delivery), [elsewhere](https://example.org/a.md)"), "");
  EXPECT_EQ(path_faults("[rules](../../RULES.md)", "tests/stories/README.md"), "");
  EXPECT_NE(path_faults("[rules](RULES.md)", "tests/stories/README.md"), "");
  EXPECT_NE(path_faults("[plan](plan.cc)"), "");
}

TEST(PathsInDocuments, OfOtherFilesAreFree) {
  EXPECT_EQ(path_faults("// `daemon/rules/old.cc`", "daemon/a.cc"), "");
}

std::string rule_faults(const std::string& line, const std::string& path = "daemon/a.cc") {
  return listed(cited_rules_exist(planted({{path, line + "\n"},
                                           {"RULES.md",
                                            "# The rules\n## 4. Obligations\n"
                                            "- **P1 Nobody** is forgotten.\n"
                                            "- **R7 As of when.** A month's\n"
                                            "### R8 What a visit closes\n"}})));
}

TEST(CitedRules, Exist) {
  EXPECT_EQ(rule_faults("// By the settings of its time (R7, R8; promise P1a does not count)"), "");
  EXPECT_EQ(rule_faults("// See RULES.md section 4."), "");
  EXPECT_EQ(rule_faults("// Cut to the maximum (R13)."),
            "daemon/a.cc:1: cites R13, which RULES.md does not have: cite the one that is meant\n");
  EXPECT_EQ(rule_faults("// See RULES.md section 6."),
            "daemon/a.cc:1: cites section 6, which RULES.md does not have: cite the one that is "
            "meant\n");
}

TEST(CitedRules, AreLookedForInDocumentsStoriesAndScriptsToo) {
  EXPECT_NE(rule_faults("It is told once (P9).", "README.md"), "");
  EXPECT_NE(rule_faults("# It is told once (P9).", "tests/stories/lapse.txt"), "");
  EXPECT_NE(rule_faults("# It is told once (P9).", "tests/a.py"), "");
}

TEST(Merges, LeaveNoMarkBehind) {
  const auto said = [](const std::string& text) {
    return listed(merges_are_finished(planted({{"CHANGELOG.md", text}})));
  };
  EXPECT_EQ(said("a\n=======\n<<<<<<<\n"), "") << "a line of signs alone may be meant";
  const std::string mark(7, '<');
  EXPECT_EQ(said("a\n" + mark + " HEAD\nb\n" + std::string(7, '>') + " 12\n"),
            "CHANGELOG.md:2: is the mark of a merge: keep one of the two versions\n"
            "CHANGELOG.md:4: is the mark of a merge: keep one of the two versions\n");
}

TEST(CitedRules, AreInCommentsOnly) {
  EXPECT_EQ(rule_faults("const int R13 = read(\"R13\");"), "");
}

TEST(CitedRules, DaysOfAnEraAndOtherDocumentsAreNone) {
  EXPECT_EQ(rule_faults("// 令和8年4月1日 or R8.4.1 or R6.8, RFC 5321 section 4.5.3, MP3"), "");
}

}  // namespace
}  // namespace omamori::tidy
