// omamorictl answers the same whether omamorid is asked or does not run: the same bytes, the same
// exit codes, the same journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/registry.h"
#include "daemon/runtime/open_service.h"
#include "tests/support/control_support.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

constexpr const char* kNow = "2026-09-18T12:00:00+09:00";

// The database is owned by this process, which answers at the control socket as omamorid does.
class Owner {
 public:
  explicit Owner(const Place& place) {
    auto opened = open_service({place.path("omamori.toml"), "omamorid", kNow});
    if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
      throw std::runtime_error(failure->text);
    }
    opened_ = std::move(std::get<Opened>(opened));
    server_ = std::make_unique<RunningServer>(opened_.service->config().control_socket,
                                              [this](const Request& request) {
                                                if (request.text("client") == "BREAK")
                                                  throw std::runtime_error("disk I/O error");
                                                ++asked;
                                                return run_command(request, *opened_.service);
                                              });
  }
  std::atomic<int> asked = 0;

 private:
  Opened opened_;
  std::unique_ptr<RunningServer> server_;
};

void prepare(Place& place) {
  place.clock = kNow;
  place.demo("2026-09-18");
  const Ran imported = place.ctl({"import", place.path("csv").string()});
  ASSERT_EQ(imported.exit, 0) << imported;
}

std::vector<Ran> run_all(Place& place, const std::vector<Words>& lines) {
  std::vector<Ran> results;
  results.reserve(lines.size());
  for (const Words& line : lines) results.push_back(place.ctl(line));
  return results;
}

void expect_same(const std::vector<Words>& lines, const std::vector<Ran>& alone,
                 const std::vector<Ran>& asked) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = testing::PrintToString(lines[i]);
    EXPECT_EQ(alone[i].exit, asked[i].exit) << line;
    EXPECT_EQ(alone[i].out, asked[i].out) << line;
    EXPECT_EQ(alone[i].err, asked[i].err) << line;
  }
}

// Hashes of free text have a key that each database makes at random, and the head covers them.
void leave_out_keys(std::vector<Ran>& results) {
  for (Ran& result : results) {
    for (const std::string& begin : {std::string("hmac:"), std::string("ok 14:")}) {
      for (std::size_t at = result.out.find(begin); at != std::string::npos;
           at = result.out.find(begin, at)) {
        at += begin.size();
        const std::size_t end = result.out.find_first_not_of("0123456789abcdef", at);
        result.out.erase(at, end - at);
      }
    }
  }
}

std::vector<Words> with_json(std::vector<Words> lines) {
  const std::size_t count = lines.size();
  for (std::size_t i = 0; i < count; ++i) {
    Words line = lines[i];
    line.push_back("--json");
    lines.push_back(line);
  }
  return lines;
}

TEST(TwoWays, ReadingGivesTheSameBytes) {
  Place place;
  prepare(place);
  const auto lines = with_json({{"check"},
                                {"status"},
                                {"plan"},
                                {"plan", "--client", "C-0001", "--language", "en"},
                                {"plan", "--client", "nobody"},
                                {"plan", "--at", "yesterday"},
                                {"show", "C-0001"},
                                {"explain", "C-0001"},
                                {"list", "clients"},
                                {"list", "ghosts"},
                                {"export", "clients"},
                                {"log", "--verify"},
                                {"trouble", "list"},
                                {"clock", "run-to", "soon"},
                                {"show", "not UTF-8 \xFF"}});
  const auto alone = run_all(place, lines);
  Owner owner(place);
  place.clock.clear();
  expect_same(lines, alone, run_all(place, lines));
  EXPECT_EQ(owner.asked, static_cast<int>(lines.size()));
  EXPECT_GT(alone[2].out.size(), 1000U);
}

TEST(TwoWays, WritingGivesTheSameBytesAndTheSameJournal) {
  const std::vector<Words> lines = {
      {"record", "monitoring", "C-0001", "--on", "2026-09-10", "--note", "引用 \"x\"\\"},
      {"record", "monitoring", "C-0001", "--on", "2026-09-19"},
      {"record", "check-in", "S-0006", "ok", "--json"},
      {"record", "contact", "C-0002"},
      {"suspend", "C-0003", "--reason", "入院"},
      {"resume", "C-0003", "--json"},
      {"void", "monitoring", "1", "--reason", "typo"},
      {"assign", "C-0004", "NOBODY"},
      {"end", "C-0005"},
      {"log", "--verify"},
      {"log"},
      {"show", "C-0001", "--json"}};
  Place by_itself;
  Place by_asking;
  prepare(by_itself);
  prepare(by_asking);
  auto alone = run_all(by_itself, lines);
  const Owner owner(by_asking);
  by_asking.clock.clear();
  auto asked = run_all(by_asking, lines);
  leave_out_keys(alone);
  leave_out_keys(asked);
  expect_same(lines, alone, asked);
  EXPECT_EQ(alone[9].out, "ok 14:\n");
  EXPECT_THAT(alone[10].out, HasSubstr("hmac:"));
  EXPECT_THAT(alone[10].out, HasSubstr("uid:" + std::to_string(::getuid())));
}

TEST(TwoWays, AnImportTravelsWithItsFiles) {
  Place by_itself;
  Place by_asking;
  for (Place* place : {&by_itself, &by_asking}) {
    place->clock = kNow;
    place->demo("2026-09-18");
  }
  const auto lines = [](const Place& place) {
    const std::string csv = place.path("csv").string();
    return std::vector<Words>{{"import", csv, "--dry-run"},
                              {"import", csv},
                              {"import", csv, "--json"},
                              {"import", "staff", csv + "/clients.csv"},
                              {"log"}};
  };
  const auto alone = run_all(by_itself, lines(by_itself));
  const Owner owner(by_asking);
  by_asking.clock.clear();
  expect_same(lines(by_asking), alone, run_all(by_asking, lines(by_asking)));
  EXPECT_THAT(alone[2].out, HasSubstr("{"));
}

TEST(TwoWays, ACommandOfAnotherVersionIsRefusedWithWords) {
  Place place;
  prepare(place);
  const Owner owner(place);
  place.clock.clear();
  const std::string body = R"({"command":"dance"})";
  RawClient client(place.path("control.sock"));
  EXPECT_THAT(client.say(post_text(body)).hear(),
              HasSubstr("this version does not know the command \\\"dance\\\""));
}

TEST(TwoWays, WhatBreaksOffInTheDaemonIsSaidAsItsOwn) {
  Place place;
  prepare(place);
  const Owner owner(place);
  place.clock.clear();
  const Ran ran = place.ctl({"show", "BREAK"});
  EXPECT_EQ(ran.exit, 3) << ran;
  EXPECT_EQ(ran.err, "omamorictl: disk I/O error\n");
}

TEST(TwoWays, AClockOfItsOwnIsRefusedWhileTheDaemonRuns) {
  Place place;
  prepare(place);
  const Owner owner(place);
  const Ran ran = place.ctl({"plan"});
  EXPECT_EQ(ran.exit, 2) << ran;
  EXPECT_THAT(ran.err, HasSubstr("--clock: omamorid is running and has its own clock"));
  EXPECT_EQ(owner.asked, 0);
}

TEST(TwoWays, AnOwnerThatDoesNotAnswerIsNamedWithWhatToDo) {
  Place place;
  ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  const Store owner(place.path("omamori.db"), {});
  const Ran ran = place.ctl({"plan", "--json"});
  EXPECT_EQ(ran.exit, 3) << ran;
  EXPECT_THAT(ran.err, HasSubstr("in use by process " + std::to_string(::getpid())));
  EXPECT_THAT(ran.err, HasSubstr("nobody answers at " + place.path("control.sock").string()));
  EXPECT_THAT(ran.out, HasSubstr("{\"error\":"));
  EXPECT_EQ(place.ctl({"status"}).exit, 2);
}

TEST(TwoWays, InitIsNeverSentToTheDaemon) {
  Place place;
  prepare(place);
  const Owner owner(place);
  const Ran ran = place.ctl({"init", "--demo"});
  EXPECT_EQ(ran.exit, 3) << ran;
  EXPECT_EQ(owner.asked, 0);
}

}  // namespace
}  // namespace omamori
