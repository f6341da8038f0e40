#include "daemon/commands/registry.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/list_kinds.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Registry, EachRowHasAFunctionASummaryOfOneLineAndANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const CommandRow& row : commands()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name << ": a second row of that name";
    EXPECT_NE(row.run, nullptr) << row.name;
    EXPECT_NE(row.summary, "") << row.name;
    EXPECT_THAT(std::string(row.summary), Not(HasSubstr("\n"))) << row.name;
    EXPECT_EQ(find_command(row.name), &row);
  }
  EXPECT_EQ(find_command("nonsense"), nullptr);
}

TEST(Registry, NoOptionOfACommandIsNamedTwiceOrWithoutHelp) {
  for (const CommandRow& row : commands()) {
    std::set<std::string_view> names;
    for (const CommandOption& option : row.options) {
      EXPECT_TRUE(names.insert(option.name).second) << row.name << " " << option.name;
      EXPECT_NE(option.help, "") << row.name << " " << option.name;
    }
  }
}

TEST(Registry, ACommandOfTwoWordsBelongsToAGroupThatSaysWhatItIs) {
  std::set<std::string_view> used;
  for (const CommandRow& row : commands()) {
    if (row.hidden || row.name.find(' ') == std::string_view::npos) continue;
    const std::string_view first = row.name.substr(0, row.name.find(' '));
    if (find_command(first)) continue;  // `backup` is a command, and says what it is there
    used.insert(first);
  }
  std::set<std::string_view> known;
  for (const CommandGroup& group : command_groups()) {
    EXPECT_TRUE(known.insert(group.name).second) << group.name;
    EXPECT_NE(group.summary, "") << group.name;
    EXPECT_EQ(find_command(group.name), nullptr) << group.name << " is a command by itself, too";
  }
  EXPECT_EQ(used, known);
}

TEST(Registry, ThePageOfTheCommandsHasEachOfThem) {
  std::ifstream file(source_path("daemon/commands/README.md"));
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const CommandRow& row : commands()) {
    if (row.hidden) continue;
    const std::string named = "`" + std::string(row.name);
    EXPECT_THAT(page, testing::AnyOf(HasSubstr(named + "`"), HasSubstr(named + " ")));
  }
}

TEST(Registry, AKindOfListTakesOnlyWhatTheCommandHas) {
  const CommandRow* list = find_command("list");
  ASSERT_NE(list, nullptr);
  std::set<std::string_view> kinds;
  for (const ListRow& row : list_kinds()) {
    EXPECT_TRUE(kinds.insert(row.kind).second) << row.kind;
    EXPECT_NE(row.run, nullptr) << row.kind;
    EXPECT_TRUE(std::is_sorted(row.options.begin(), row.options.end())) << row.kind;
    for (const std::string_view name : row.options) {
      EXPECT_TRUE(std::any_of(list->options.begin(), list->options.end(),
                              [&](const CommandOption& option) { return option.name == name; }))
          << row.kind << " " << name;
    }
  }
}

class RegistryOverAnOffice : public AppTest {
 protected:
  RegistryOverAnOffice() : AppTest("2026-06-10T12:00:00+09:00") {
    EXPECT_EQ(import(small_office()), "");
  }
};

TEST_F(RegistryOverAnOffice, ACommandOfAnotherVersionIsRefusedInWords) {
  const Response response = run("nonsense");
  EXPECT_EQ(response.exit, Exit::usage);
  EXPECT_THAT(response.err, HasSubstr("does not know the command \"nonsense\""));
}

TEST_F(RegistryOverAnOffice, WhatOnlyReadsLeavesTheJournalAsItIs) {
  const std::map<std::string_view, std::map<std::string, std::string>> asked{
      {"show", {{"client", "C-1"}}},         {"calendar", {{"client", "C-1"}}},
      {"explain", {{"client", "C-1"}}},      {"list", {{"kind", "due"}}},
      {"export", {{"kind", "clients"}}},     {"log", {{"verify", "yes"}}},
      {"preview", {{"until", "2026-07-31"}}}};
  const std::int64_t before = store->journal().head().seq;
  for (const CommandRow& row : commands()) {
    if (row.does != CommandDoes::reads) continue;
    const auto options = asked.find(row.name);
    run(std::string(row.name),
        options == asked.end() ? std::map<std::string, std::string>{} : options->second);
    EXPECT_EQ(store->journal().head().seq, before) << row.name;
  }
  run("record monitoring", {{"client", "C-1"}});
  EXPECT_GT(store->journal().head().seq, before) << "what writes is seen by this test";
}

}  // namespace
}  // namespace omamori
