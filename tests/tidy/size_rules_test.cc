#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string line_faults(const std::string& content, const std::string& path = "daemon/a.cc") {
  return listed(lines_are_short(planted({{path, content + "\n"}})));
}

TEST(Lines, MayHave100Columns) {
  EXPECT_EQ(line_faults(repeated("x", 100)), "");
  EXPECT_EQ(line_faults(repeated("x", 101)),
            "daemon/a.cc:1: has 101 columns: break it before 100 (./dev format)\n");
}

TEST(Lines, AreCountedInCharactersNotInBytes) {
  EXPECT_EQ(line_faults(repeated("お", 100)), "");
  EXPECT_NE(line_faults(repeated("お", 101)), "");
}

TEST(Lines, OfScriptsAreCountedAndThoseOfDocumentsAreNot) {
  EXPECT_NE(line_faults(repeated("x", 101), "tests/a.py"), "");
  EXPECT_NE(line_faults("#!/usr/bin/env bash\n" + repeated("x", 101), "dev"), "");
  EXPECT_EQ(line_faults(repeated("x", 101), "README.md"), "");
}

TEST(Lines, ThatAreQuotedWholeAreData) {
  const std::string wide = repeated("x", 101);
  EXPECT_EQ(line_faults("const char* kTable = R\"(\n" + wide + "\n)\";"), "");
  EXPECT_NE(line_faults("const char* kTable = \"" + wide + "\";"), "");
  EXPECT_NE(line_faults("// " + wide), "");
}

std::string function_faults(const std::string& content, const std::string& path = "daemon/a.cc") {
  return listed(functions_are_short(planted({{path, content}})));
}

// With its first and last line.
std::string function_of(int lines) {
  return "int f(int a) {\n" + repeated("  ++a;\n", lines - 2) + "}\n";
}

TEST(Functions, MayHave60Lines) {
  EXPECT_EQ(function_faults(function_of(60)), "");
  EXPECT_EQ(
      function_faults("\n" + function_of(61)),
      "daemon/a.cc:2: f has 61 lines: give a part of it a name of its own, at most 60 each\n");
}

TEST(Functions, OfATypeAndOfATestAreCounted) {
  const std::string body = " {\n" + repeated("  f();\n", 59) + "}\n";
  EXPECT_NE(function_faults("class A final : public B<int()> {\n public:\n  void f() const" + body +
                            "};\n"),
            "");
  EXPECT_NE(function_faults("TEST(Plan, Runs)" + body), "");
  EXPECT_NE(function_faults("A::A(int b) : b_{b}, c_(b)" + body), "");
  EXPECT_NE(function_faults("template <typename T>\nT f(T a)" + body), "");
}

TEST(Functions, BeginAtTheFirstLineOfTheirHead) {
  const std::string rest = repeated("  ++a;\n", 58) + "}\n";
  EXPECT_EQ(function_faults("int f(int a) {\n" + rest), "");
  EXPECT_NE(function_faults("int f(int a,\n      int b) {\n" + rest), "");
}

TEST(Functions, TypesTablesAndNamespacesAreNone) {
  const std::string body = repeated("  int a = 0;\n", 80);
  EXPECT_EQ(function_faults("namespace omamori {\nstruct A {\n" + body + "};\n}\n"), "");
  EXPECT_EQ(function_faults("constexpr std::array<int, 3> kTable{{\n" + body + "}};\n"), "");
  EXPECT_EQ(function_faults("const std::vector<int> kTable = {\n" + body + "};\n"), "");
}

TEST(Functions, LinesThatAreQuotedWholeDoNotCount) {
  const std::string table = "  const char* table = R\"(\n" + repeated("a row\n", 80) + ")\";\n";
  EXPECT_EQ(function_faults("void f() {\n" + table + "}\n"), "");
  EXPECT_NE(function_faults("void f() {\n" + table + repeated("  g();\n", 60) + "}\n"), "");
}

TEST(Functions, OfScriptsAreCounted) {
  const std::string python = "def f(a):\n" + repeated("    a += 1\n", 59);
  EXPECT_EQ(function_faults(python + "\n\nprint(1)\n", "tests/a.py"), "");
  EXPECT_NE(function_faults(python + "    a += 1\n", "tests/a.py"), "");
  const std::string shell = "#!/bin/sh\nf() {\n" + repeated("  true\n", 58);
  EXPECT_EQ(function_faults(shell + "}\n", "dev"), "");
  EXPECT_NE(function_faults(shell + "  true\n}\n", "dev"), "");
}

std::string file_faults(const std::string& path, int lines) {
  return listed(files_are_short(planted({{path, repeated("// x\n", lines)}})));
}

TEST(Files, MayHave400Lines) {
  EXPECT_EQ(file_faults("daemon/a.cc", 400), "");
  EXPECT_EQ(file_faults("daemon/a.cc", 401),
            "daemon/a.cc:401: is the last line: split the file by topic, at most 400 lines each\n");
  EXPECT_NE(file_faults("tests/a.py", 401), "");
  EXPECT_EQ(file_faults("tests/data/a.txt", 401), "");
}

}  // namespace
}  // namespace omamori::tidy
