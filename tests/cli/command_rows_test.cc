// What a row of the registry names is on the command line, and in its help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/cli/command_line.h"
#include "daemon/commands/registry.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using Kind = CommandOption::Kind;

std::vector<std::string> words_of(std::string_view name) {
  const std::size_t space = name.find(' ');
  if (space == std::string_view::npos) return {std::string(name)};
  return {std::string(name.substr(0, space)), std::string(name.substr(space + 1))};
}

std::variant<CommandLine, int> parse_words(const std::vector<std::string>& words) {
  std::vector<const char*> line{"omamorictl"};
  for (const std::string& word : words) line.push_back(word.c_str());
  return parse_command_line(static_cast<int>(line.size()), line.data());
}

std::string help(std::vector<std::string> words) {
  words.emplace_back("--help");
  testing::internal::CaptureStdout();
  const auto parsed = parse_words(words);
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_EQ(std::get<int>(parsed), 0);
  return text;
}

TEST(CommandRows, EveryOptionOfARowIsReadIntoTheRequest) {
  for (const CommandRow& row : commands()) {
    if (row.hidden) continue;
    std::vector<std::string> words = words_of(row.name);
    std::map<std::string, std::string> expected;
    for (const CommandOption& option : row.options) {
      const std::string name(option.name);
      if (option.kind == Kind::value || option.kind == Kind::flag) words.push_back("--" + name);
      if (option.kind != Kind::flag) words.push_back("the-" + name);
      if (option.kind == Kind::flag) expected[name] = "yes";
      if (option.kind == Kind::value || option.kind == Kind::positional) {
        expected[name] = "the-" + name;
      }
    }
    for (const CommandOption& option : row.options) {
      if (option.kind != Kind::path) continue;
      const std::string name(option.name);
      expected[name] = std::filesystem::absolute("the-" + name);
    }
    const auto parsed = parse_words(words);
    ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed)) << row.name;
    const Request& request = std::get<CommandLine>(parsed).request;
    EXPECT_EQ(request.command, row.name);
    EXPECT_EQ(request.options, expected) << row.name;
  }
}

TEST(CommandRows, HelpShowsEveryCommandAndEveryOptionWithItsWords) {
  const std::string all = help({});
  for (const CommandGroup& group : command_groups()) {
    EXPECT_THAT(all, HasSubstr(std::string(group.summary)));
  }
  for (const CommandRow& row : commands()) {
    if (row.hidden) {
      EXPECT_THAT(all, testing::Not(HasSubstr(std::string(row.summary))));
      continue;
    }
    const std::vector<std::string> words = words_of(row.name);
    const std::string above = words.size() == 1 ? all : help({words.front()});
    EXPECT_THAT(above, HasSubstr(words.back())) << row.name;
    EXPECT_THAT(above, HasSubstr(std::string(row.summary))) << row.name;
    const std::string own = help(words);
    for (const CommandOption& option : row.options) {
      EXPECT_THAT(own, HasSubstr(std::string(option.name))) << row.name;
      EXPECT_THAT(own, HasSubstr(std::string(option.help))) << row.name << " " << option.name;
    }
  }
}

}  // namespace
}  // namespace omamori
