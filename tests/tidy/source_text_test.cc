#include "tests/tidy/source_text.h"

#include <gtest/gtest.h>

namespace omamori::tidy {
namespace {

std::vector<std::string> texts(const File& file) {
  std::vector<std::string> all;
  for (const Literal& literal : file.literals) all.push_back(literal.text);
  return all;
}

TEST(SourceText, IsCodeCommentsAndLiterals) {
  const File file = file_of("a.cc", "f(\"a//b\");  // say \"c\"\n");
  EXPECT_EQ(file.code[0], "f(\"    \");            ");
  EXPECT_EQ(trimmed(file.comments[0]), "say \"c\"");
  EXPECT_EQ(texts(file), std::vector<std::string>{"a//b"});
}

TEST(SourceText, KnowsEscapesCharactersAndDigitSeparators) {
  EXPECT_EQ(texts(file_of("a.cc", R"(f("a\"b", '"', 20'000, "c");)")),
            (std::vector<std::string>{"a\\\"b", "c"}));
}

TEST(SourceText, KnowsCommentsAndTextsOverSeveralLines) {
  const File file = file_of("a.cc", "/* one\ntwo */ f(R\"x(a)\"\nb)x\");\n");
  EXPECT_EQ(trimmed(file.code[0]), "");
  EXPECT_EQ(trimmed(file.code[1]), "f(R\"");
  EXPECT_EQ(trimmed(file.code[2]), "\");");
  EXPECT_EQ(texts(file), std::vector<std::string>{"a)\"\nb"});
  EXPECT_EQ(file.literals[0].line, 2);
}

TEST(SourceText, FindsWholeWords) {
  EXPECT_EQ(find_word("o.key.substr(1)", "key.substr("), 2U);
  EXPECT_EQ(find_word("monkey.substr(1)", "key.substr("), std::string_view::npos);
  EXPECT_EQ(find_word("alerts, alert", "alert"), 8U);
}

TEST(SourceTree, KnowsScriptsByTheirFirstLine) {
  EXPECT_TRUE(is_script(file_of("dev", "#!/usr/bin/env bash\n")));
  EXPECT_TRUE(is_script(file_of("tests/demo/demo", "#!/usr/bin/env python3\n")));
  EXPECT_FALSE(is_script(file_of("LICENSE", "No script\n")));
  EXPECT_FALSE(is_script(file_of("empty", "")));
}

TEST(SourceTree, KnowsWhatLiesWhere) {
  EXPECT_TRUE(lies_in("db/sqlite/schema.cc", "db"));
  EXPECT_FALSE(lies_in("dbx/schema.cc", "db"));
  EXPECT_EQ(folder_of("db/sqlite/schema.cc"), "db/sqlite");
  EXPECT_EQ(folder_of("dev"), "");
}

}  // namespace
}  // namespace omamori::tidy
