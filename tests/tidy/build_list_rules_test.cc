#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string order_faults(const std::string& list) {
  return listed(source_lists_are_sorted(planted({{"db/CMakeLists.txt", list}})));
}

TEST(SourceLists, AreSorted) {
  EXPECT_EQ(order_faults("omamori_sources(\n  detail.cc\n  journal.cc\n  sqlite/schema.cc)\n"), "");
  EXPECT_EQ(order_faults("omamori_sources(\n  journal.cc\n  detail.cc)\n"),
            "db/CMakeLists.txt:3: detail.cc stands behind journal.cc: sort the list\n");
}

TEST(SourceLists, NameNothingTwice) {
  EXPECT_EQ(order_faults("omamori_test(db SOURCES a.cc a.cc LIBRARIES db)\n"),
            "db/CMakeLists.txt:1: a.cc stands here twice: take one away\n");
}

TEST(SourceLists, EndWithWhatTheBuildMakes) {
  const std::string made = "${CMAKE_CURRENT_BINARY_DIR}/built.cc";
  EXPECT_EQ(order_faults("omamori_sources(a.cc b.cc " + made + ")\n"), "");
  EXPECT_EQ(order_faults("omamori_sources(a.cc " + made + " b.cc)\n"),
            "db/CMakeLists.txt:1: b.cc stands behind " + made +
                ", which the build makes: those come last\n");
}

TEST(SourceLists, OfTwoTargetsAreTwo) {
  EXPECT_EQ(order_faults("add_library(x b.cc)\nadd_library(y a.cc)\n"), "");
  EXPECT_EQ(order_faults("f(SOURCES b.cc LIBRARIES x SOURCES a.cc)\n"), "");
}

std::string missing(const std::string& path, const std::string& below = "") {
  return listed(sources_are_listed(planted({{path, ""},
                                            {"CMakeLists.txt", "add_executable(d daemon/d.cc)\n"},
                                            {"db/CMakeLists.txt", "omamori_sources(" + below + ")"},
                                            {"tests/CMakeLists.txt", "omamori_test(x)\n"}})));
}

TEST(Sources, AreListedInTheirFolder) {
  EXPECT_EQ(missing("db/store.cc", "store.cc"), "");
  EXPECT_EQ(missing("db/sqlite/schema.cc", "sqlite/schema.cc"), "");
  EXPECT_EQ(missing("daemon/d.cc"), "");
  EXPECT_EQ(missing("db/sqlite/schema.cc", "schema.cc"),
            "db/sqlite/schema.cc:1: nobody compiles it: name it in db/CMakeLists.txt, or take it "
            "away\n");
}

TEST(Sources, OfTestsAreListedInTests) {
  EXPECT_EQ(
      missing("tests/db/store_test.cc"),
      "tests/db/store_test.cc:1: nobody compiles it: name it in tests/CMakeLists.txt, or take "
      "it away\n");
}

TEST(Sources, HeadersAndMadeFilesAreNotListed) {
  EXPECT_EQ(missing("db/store.h"), "");
  EXPECT_EQ(missing("db/built.cc.in"), "");
}

std::string header_faults(const std::string& content, const std::string& path = "db/store.h") {
  return listed(headers_say_what_they_are_for(planted({{path, content}})));
}

TEST(HeaderFiles, BeginWithWhatTheyAreFor) {
  EXPECT_EQ(header_faults("// What was recorded.\n#pragma once\n"), "");
  EXPECT_EQ(header_faults("#pragma once\n// What was recorded.\n"),
            "db/store.h:1: does not begin with a comment that says what it is for\n");
}

TEST(HeaderFiles, AreReadOnce) {
  EXPECT_EQ(header_faults("// What was recorded.\n// #pragma once\n"),
            "db/store.h:1: has no #pragma once: write it below the comment\n");
  EXPECT_EQ(header_faults("#include <vector>\n", "db/store.cc"), "");
}

}  // namespace
}  // namespace omamori::tidy
