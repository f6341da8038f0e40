#include "daemon/cli/command_line.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/mail_support.h"

namespace omamori {
namespace {

using Options = std::map<std::string, std::string>;

std::variant<CommandLine, int> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "omamorictl");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

// A command line, and what becomes of it.
struct Row {
  std::vector<const char*> words;
  std::string command;
  Options options;
};
const Row kRows[] = {
    {{"status"}, "status", {}},
    {{"plan", "--client", "C-1", "--all"}, "plan", {{"client", "C-1"}, {"all", "yes"}}},
    {{"show", "C-1", "--at", "2026-04-01"}, "show", {{"client", "C-1"}, {"at", "2026-04-01"}}},
    {{"calendar", "C-1", "--year", "2026"}, "calendar", {{"client", "C-1"}, {"year", "2026"}}},
    {{"list", "workload", "--office", "OF-1", "--months", "6", "--csv"},
     "list",
     {{"kind", "workload"}, {"office", "OF-1"}, {"months", "6"}, {"csv", "yes"}}},
    {{"report", "checks", "--from", "2026-04-01", "--until", "2027-03-31", "--staff", "CM-1"},
     "report checks",
     {{"from", "2026-04-01"}, {"until", "2027-03-31"}, {"staff", "CM-1"}}},
    {{"report", "visits", "--csv"}, "report visits", {{"csv", "yes"}}},
    {{"log", "--verify", "--head", "3:ab"}, "log", {{"verify", "yes"}, {"head", "3:ab"}}},
    {{"record", "monitoring", "C-1", "--for-month", "2026-09"},
     "record monitoring",
     {{"client", "C-1"}, {"for-month", "2026-09"}}},
    {{"record", "check-in", "S-1", "ok"}, "record check-in", {{"check", "S-1"}, {"outcome", "ok"}}},
    {{"end", "C-1", "--undo"}, "end", {{"client", "C-1"}, {"undo", "yes"}}},
    {{"import", "clients", "a.csv", "--dry-run"}, "import", {{"dry-run", "yes"}}},
    {{"preview", "--until", "2026-12-31", "--if-silent", "--language", "en"},
     "preview",
     {{"until", "2026-12-31"}, {"if-silent", "yes"}, {"language", "en"}}},
    {{"diff", "new.toml", "--until", "2026-12-31", "--client", "C-1", "--limit", "5"},
     "diff",
     {{"until", "2026-12-31"}, {"client", "C-1"}, {"limit", "5"}}},
    {{"outbox", "list", "--state", "dead"}, "outbox list", {{"state", "dead"}}},
    {{"outbox", "list"}, "outbox list", {}},
    {{"outbox", "show", "m-1"}, "outbox show", {{"id", "m-1"}}},
    {{"outbox", "retry", "m-1"}, "outbox retry", {{"id", "m-1"}}},
    {{"outbox", "drop", "m-1", "--reason", "twice"},
     "outbox drop",
     {{"id", "m-1"}, {"reason", "twice"}}},
    {{"test-message", "--to", "CM-1", "--channel", "email"},
     "test-message",
     {{"to", "CM-1"}, {"channel", "email"}}},
    {{"endpoint", "list"}, "endpoint list", {}},
    {{"endpoint", "enable", "case-tool"}, "endpoint enable", {{"name", "case-tool"}}},
    {{"reload", "--yes"}, "reload", {{"yes", "yes"}}},
    {{"clock", "show"}, "clock show", {}},
    {{"clock", "accept"}, "clock accept", {}},
    {{"clock", "run-to", "2026-11-24T08:30:00+09:00"},
     "clock run-to",
     {{"instant", "2026-11-24T08:30:00+09:00"}}},
    {{"trouble", "list"}, "trouble list", {}},
    {{"trouble", "drop", "smtp", "--reason", "fixed"},
     "trouble drop",
     {{"subject", "smtp"}, {"reason", "fixed"}}},
    {{"ack", "C-12/monitoring/2026-04-01/2026-09", "--by", "CM-1", "--visit", "2026-10-02"},
     "ack",
     {{"obligation", "C-12/monitoring/2026-04-01/2026-09"},
      {"by", "CM-1"},
      {"visit", "2026-10-02"}}},
};

TEST(CommandLine, EverySubcommandBecomesARequest) {
  for (const Row& row : kRows) {
    const auto parsed = parse(row.words);
    ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed)) << row.command;
    const CommandLine& line = std::get<CommandLine>(parsed);
    EXPECT_EQ(line.request.command, row.command);
    EXPECT_EQ(line.request.options, row.options) << row.command;
    EXPECT_EQ(line.request.actor, "") << "whoever answers knows who asks";
    EXPECT_FALSE(line.request.json || line.init);
  }
}

TEST(CommandLine, WhatIsForTheProgramIsNoOption) {
  const auto parsed =
      parse({"--config", "a.toml", "status", "--json", "--clock", "2026-01-01T00:00Z"});
  const CommandLine& line = std::get<CommandLine>(parsed);
  EXPECT_EQ(line.config_file, "a.toml");
  EXPECT_EQ(line.clock, "2026-01-01T00:00Z");
  EXPECT_TRUE(line.request.json);
  EXPECT_EQ(line.request.options, Options());
  const auto demo = parse({"init", "--demo"});
  EXPECT_TRUE(std::get<CommandLine>(demo).init);
  EXPECT_TRUE(std::get<CommandLine>(demo).demo);
}

TEST(CommandLine, AWrongLineIsExit2AndHelpIs0) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const std::vector<const char*> wrong[] = {{},
                                            {"nonsense"},
                                            {"outbox"},
                                            {"outbox", "show"},
                                            {"clock", "run-to"},
                                            {"plan", "--clint", "C-1"},
                                            {"record"},
                                            {"import"},
                                            {"init", "status"}};
  for (const auto& words : wrong) {
    const auto parsed = parse(words);
    ASSERT_TRUE(std::holds_alternative<int>(parsed)) << testing::PrintToString(words);
    EXPECT_EQ(std::get<int>(parsed), 2);
  }
  EXPECT_EQ(std::get<int>(parse({"--help"})), 0);
  EXPECT_EQ(std::get<int>(parse({"outbox", "--help"})), 0);
  EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("retry"));
  EXPECT_NE(testing::internal::GetCapturedStderr(), "");
}

TEST(CommandLine, AWrongLineWithJsonIsADocumentWithTheError) {
  const std::vector<const char*> wrong[] = {{"--json", "nonsense"},
                                            {"plan", "--clint", "C-1", "--json"},
                                            {"outbox", "show", "--json"},
                                            {"--json"}};
  for (const auto& words : wrong) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    EXPECT_EQ(std::get<int>(parse(words)), 2);
    const std::string out = testing::internal::GetCapturedStdout();
    EXPECT_NE(testing::internal::GetCapturedStderr(), "") << "for people as before";
    const auto document = boost::json::parse(out);
    EXPECT_NE(document.at("error").as_string(), "") << out;
    EXPECT_EQ(out.find('\n'), out.size() - 1) << "one document";
  }
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  parse({"nonsense"});
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "") << "without --json only for people";
  testing::internal::GetCapturedStderr();
}

TEST(CommandLine, ADirectoryWithFilesThatWouldNotBeReadIsRefused) {
  const ScratchDirectory directory;
  const auto write = [&](const char* name) { std::ofstream(directory.path() / name) << name; };
  const std::string path = directory.path().string();
  const auto attached = [&](std::vector<const char*> words) {
    words.insert(words.begin(), {"import", path.c_str()});
    auto line = std::get<CommandLine>(parse(words));
    const std::string why = attach_files(line);
    std::string names;
    for (const CommandFile& file : line.request.files) names += file.name + " ";
    return why + names;
  };
  write("offices.csv");
  write("clients (1).csv");
  write("staff.xlsx");
  std::filesystem::create_directory(directory.path() / "old");
  const std::string why = attached({});
  EXPECT_THAT(why, testing::StartsWith(path + ": nothing was imported, because these would not be "
                                              "read: clients (1).csv, old/, staff.xlsx; the files "
                                              "are offices.csv, staff.csv, "));
  EXPECT_THAT(why, testing::HasSubstr("or say --ignore-others; staff.xlsx is a workbook; in Excel: "
                                      "ファイル → 名前を付けて保存"));
  EXPECT_EQ(attached({"--ignore-others"}), "offices.csv ");
  write("Offices.csv");
  EXPECT_EQ(attached({"--ignore-others"}),
            path + ": Offices.csv and offices.csv are both offices; leave one");
}

TEST(CommandLine, ImportTakesItsFilesAlong) {
  const ScratchDirectory directory;
  const auto write = [&](const char* name) { std::ofstream(directory.path() / name) << name; };
  write("Clients.CSV");
  write("offices.csv");
  write(".DS_Store");
  write("~$clients.xlsx");
  const std::string path = directory.path().string();
  auto all = std::get<CommandLine>(parse({"import", path.c_str()}));
  EXPECT_EQ(attach_files(all), "");
  EXPECT_EQ(all.request.files, (std::vector<CommandFile>{{"offices.csv", "offices.csv"},
                                                         {"Clients.CSV", "Clients.CSV"}}))
      << "in the order of the kinds, whatever the case";
  write("notes.csv");
  const std::string file = path + "/notes.csv";
  auto one = std::get<CommandLine>(parse({"import", "clients", file.c_str()}));
  EXPECT_EQ(attach_files(one), "");
  EXPECT_EQ(one.request.text("kind"), "clients");
  EXPECT_EQ(one.request.files, (std::vector<CommandFile>{{"notes.csv", "notes.csv"}}));
  auto gone = std::get<CommandLine>(parse({"import", "clients", "/nonexistent"}));
  EXPECT_EQ(attach_files(gone), "/nonexistent: there is no such file");
  auto no_directory = std::get<CommandLine>(parse({"import", file.c_str()}));
  EXPECT_THAT(attach_files(no_directory), testing::HasSubstr("import KIND FILE"));
}

}  // namespace
}  // namespace omamori
