#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string said(const std::string& line, const std::string& path = "daemon/rules/plan.cc") {
  return listed(words_are_of_the_field(planted({{path, line + "\n"}})));
}

TEST(Words, OfTheFieldAreTaken) {
  EXPECT_EQ(said("std::string case_manager;  // the client's case manager"), "");
  EXPECT_EQ(said("// a safety check (安否確認) of the core centre"), "");
}

TEST(Words, ThatMeanTheSameAreRefusedWithTheOneToUse) {
  EXPECT_EQ(said("// the patient"), "daemon/rules/plan.cc:1: says \"patient\": write \"client\"\n");
  EXPECT_NE(said("int beneficiaries = 0;"), "");
  EXPECT_NE(said("// each customer's month"), "");
  EXPECT_NE(said("// a welfare-check"), "");
  EXPECT_NE(said("add(\"ケアマネに連絡\");"), "");
}

TEST(Words, AreFoundInNamesOfEverySpelling) {
  EXPECT_NE(said("int care_manager = 0;"), "");
  EXPECT_NE(said("struct CareManager {};"), "");
  EXPECT_NE(said("int careManager() { return 0; }"), "");
}

TEST(Words, AreWholeWords) { EXPECT_EQ(said("// patiently; an alertness"), ""); }

TEST(Words, HaveTheirOwnSpellingInCode) {
  EXPECT_EQ(said("Role::core_center;  // core centre"), "");
  EXPECT_NE(said("// the core center"), "");
  EXPECT_NE(said("Role::core_centre;"), "");
}

TEST(Words, OfTestsAreFree) { EXPECT_EQ(said("// the patient", "tests/rules/plan_test.cc"), ""); }

}  // namespace
}  // namespace omamori::tidy
