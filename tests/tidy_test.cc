// The taste of this project as a test: the rules of tests/tidy/rules.h over the sources that git
// tracks, but for the exceptions in tests/tidy/exceptions.cc. What each rule takes and refuses is
// shown in tests/tidy/*_test.cc.
#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/tidy/exceptions.h"
#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

const Tree& the_tree() {
  static const Tree tree = tree_at(source_path("."));
  return tree;
}

testing::AssertionResult tidy(const std::string& rule, Complaints (*complain)(const Tree&)) {
  const Complaints complaints = not_excepted(rule, complain(the_tree()), exceptions());
  if (complaints.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << complaints.size() << " complaints\n" << listed(complaints);
}

TEST(TheTreeIsTidy, HasBeenRead) {
  EXPECT_TRUE(the_tree().files.contains("CMakeLists.txt"));
  EXPECT_TRUE(the_tree().files.contains("daemon/rules/plan.cc"));
  EXPECT_GT(the_tree().files.size(), 500U);
}

TEST(TheTreeIsTidy, IncludesFollowTheLayers) {
  EXPECT_TRUE(tidy("includes_follow_the_layers", includes_follow_the_layers));
}

TEST(TheTreeIsTidy, LibrariesStayInTheirFolder) {
  EXPECT_TRUE(tidy("libraries_stay_in_their_folder", libraries_stay_in_their_folder));
}

TEST(TheTreeIsTidy, HeadersAreIncluded) {
  EXPECT_TRUE(tidy("headers_are_included", headers_are_included));
}

TEST(TheTreeIsTidy, TypeNamesAreUnique) {
  EXPECT_TRUE(tidy("type_names_are_unique", type_names_are_unique));
}

TEST(TheTreeIsTidy, UsingsAreUsed) { EXPECT_TRUE(tidy("usings_are_used", usings_are_used)); }

TEST(TheTreeIsTidy, WordsAreOfTheField) {
  EXPECT_TRUE(tidy("words_are_of_the_field", words_are_of_the_field));
}

TEST(TheTreeIsTidy, TheWallClockIsReadOnce) {
  EXPECT_TRUE(tidy("wall_clock_is_read_once", wall_clock_is_read_once));
}

TEST(TheTreeIsTidy, KeysStayWhole) { EXPECT_TRUE(tidy("keys_stay_whole", keys_stay_whole)); }

TEST(TheTreeIsTidy, LinesAreShort) { EXPECT_TRUE(tidy("lines_are_short", lines_are_short)); }

TEST(TheTreeIsTidy, FunctionsAreShort) {
  EXPECT_TRUE(tidy("functions_are_short", functions_are_short));
}

TEST(TheTreeIsTidy, FilesAreShort) { EXPECT_TRUE(tidy("files_are_short", files_are_short)); }

TEST(TheTreeIsTidy, MergesAreFinished) {
  EXPECT_TRUE(tidy("merges_are_finished", merges_are_finished));
}

TEST(TheTreeIsTidy, NamedPathsExist) { EXPECT_TRUE(tidy("named_paths_exist", named_paths_exist)); }

TEST(TheTreeIsTidy, CitedRulesExist) { EXPECT_TRUE(tidy("cited_rules_exist", cited_rules_exist)); }

TEST(TheTreeIsTidy, SourceListsAreSorted) {
  EXPECT_TRUE(tidy("source_lists_are_sorted", source_lists_are_sorted));
}

TEST(TheTreeIsTidy, SourcesAreListed) {
  EXPECT_TRUE(tidy("sources_are_listed", sources_are_listed));
}

TEST(TheTreeIsTidy, HeadersSayWhatTheyAreFor) {
  EXPECT_TRUE(tidy("headers_say_what_they_are_for", headers_say_what_they_are_for));
}

}  // namespace
}  // namespace omamori::tidy
