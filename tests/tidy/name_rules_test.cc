#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string in_omamori(const std::string& code) {
  return "namespace omamori {\n" + code + "\n}  // namespace omamori\n";
}

std::string doubled(const std::string& first, const std::string& second) {
  return listed(type_names_are_unique(planted({{"daemon/a.h", first}, {"daemon/b.cc", second}})));
}

TEST(TypeNames, AreDefinedOnce) {
  EXPECT_EQ(doubled(in_omamori("struct Peer {\n};"), in_omamori("class Peer final : Host {\n};")),
            "daemon/b.cc:2: omamori::Peer is defined in daemon/a.h too: rename one, or put it into "
            "an unnamed namespace\n");
  EXPECT_NE(doubled(in_omamori("enum class Role { a };"), in_omamori("struct Role {};")), "");
  EXPECT_EQ(doubled(in_omamori("struct Peer {\n};"), in_omamori("struct Host {\n};")), "");
}

TEST(TypeNames, ThatAreOnlyDeclaredAreNotDefined) {
  EXPECT_EQ(doubled(in_omamori("struct Peer {\n};"), in_omamori("struct Peer;\nclass Peer;")), "");
}

TEST(TypeNames, OfAnUnnamedNamespaceAreItsOwn) {
  EXPECT_EQ(doubled(in_omamori("struct Peer {\n};"),
                    in_omamori("namespace {\nstruct Peer {\n};\n}  // namespace")),
            "");
}

TEST(TypeNames, InsideATypeOrAFunctionAreItsOwn) {
  const std::string peer = in_omamori("struct Peer {\n};");
  EXPECT_EQ(doubled(peer, in_omamori("struct Host {\n  struct Peer {\n  };\n};")), "");
  EXPECT_EQ(doubled(peer, in_omamori("int f() {\n  struct Peer {};\n  return 1;\n}")), "");
}

TEST(TypeNames, OfAnotherNamespaceAreOthers) {
  EXPECT_EQ(doubled(in_omamori("struct World {\n};"),
                    "namespace omamori::sim {\nstruct World {\n};\n}  // namespace omamori::sim\n"),
            "");
}

TEST(TypeNames, InATextAreNone) {
  EXPECT_EQ(doubled(in_omamori("struct Peer {\n};"),
                    in_omamori("const char* kText = R\"(struct Peer {};)\";  // struct Peer {}")),
            "");
}

std::string unused(const std::string& path, const std::string& code) {
  return listed(usings_are_used(planted({{path, code}})));
}

TEST(Usings, BringInWhatIsSaid) {
  EXPECT_EQ(unused("tests/a_test.cc", "#include <chrono>\nusing std::chrono::days;\nint a = 1;\n"),
            "tests/a_test.cc:2: nobody here says days: take the line away\n");
  EXPECT_EQ(unused("tests/a_test.cc", "using std::chrono::days;\nconst days kWeek{7};\n"), "");
}

TEST(Usings, AreNotUsedByAMemberOrAnotherNamespaceOrAText) {
  for (const std::string code : {"int a = b.days;", "int a = b->days;", "std::chrono::days a;",
                                 "const char* a = \"days\";", "int a;  // days", "int fewdays;"}) {
    EXPECT_NE(unused("db/a.cc", "using std::chrono::days;\n" + code + "\n"), "") << code;
  }
}

TEST(Usings, OfAHeaderAreForOthersAndOfAClassForItself) {
  EXPECT_EQ(unused("db/a.h", "using std::chrono::days;\n"), "");
  EXPECT_EQ(unused("db/a.cc", "struct A : B {\n  using B::B;\n};\n"), "");
}

TEST(Usings, ThatNameATypeOrANamespaceAreOthers) {
  EXPECT_EQ(unused("db/a.cc", "using Days = std::chrono::days;\n"), "");
  EXPECT_EQ(unused("db/a.cc", "using namespace std::chrono_literals;\n"), "");
}

}  // namespace
}  // namespace omamori::tidy
