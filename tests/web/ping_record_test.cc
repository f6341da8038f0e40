// P8: what is written down of what a sensor says, however often it says it.
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ping_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class PingRecordTest : public PingFixture {};

TEST_F(PingRecordTest, ConfirmsTheCheckAndSaysOk) {
  const HttpResponse answer = ask("POST", key());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "OK");
  EXPECT_EQ(answer.headers.at("Ping-Body-Limit"), "0");
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-09:00 x1"));
  EXPECT_EQ(state(), "ok");
  EXPECT_THAT(out("log", {{"kind", "record.check_in"}}), HasSubstr("ping:S-1"));
}

TEST_F(PingRecordTest, EachSignalSaysItsOwn) {
  const std::vector<std::pair<std::string, std::string>> signals{
      {"", "ok"},           {"/0", "ok"},          {"/start", ""},         {"/log", ""},
      {"/fail", "concern"}, {"/1", "unreachable"}, {"/255", "unreachable"}};
  for (const auto& [behind, outcome] : signals) {
    const std::size_t before = records().size();
    clock.set(clock.now() + std::chrono::days{1});
    EXPECT_EQ(ping(behind), "200 OK") << behind;
    const auto now = records();
    ASSERT_EQ(now.size(), before + (outcome.empty() ? 0 : 1)) << behind;
    if (outcome.empty()) continue;
    EXPECT_THAT(now.back(), testing::StartsWith(outcome)) << behind;
  }
}

TEST_F(PingRecordTest, AFailedRunIsAConcernWhereTheCheckSaysSo) {
  check_says("fail_means", "気がかり");
  ping("/7");
  ping("/0");
  EXPECT_THAT(records(),
              ElementsAre("concern-05 09:00, 09:00-09:00 x1", "ok-05 09:00, 09:00-09:00 x1"));
  EXPECT_EQ(state(), "concern") << "at one instant a concern outranks an ok";
}

TEST_F(PingRecordTest, OksOfADayAreOneRecordAndOneRowOfTheJournal) {
  ping();
  const auto before = written();
  ping_at("05T12:00");
  ping_at("05T23:59");
  EXPECT_EQ(written(), before);
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-23:59 x3"));
  ping_at("06T00:00");
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-23:59 x3", "ok-06 00:00, 00:00-00:00 x1"));
  EXPECT_THAT(out("explain", {{"client", "C-1"}, {"language", "en"}}),
              HasSubstr("ok, 09:00-23:59, 3 times: record 1"));
  EXPECT_THAT(out("list", {{"kind", "check_ins"}}), HasSubstr("09:00-23:59, 3 times"));
}

TEST_F(PingRecordTest, AnOkAfterAConcernOutranksItAlsoOnTheSameDay) {
  ping();
  ping_at("05T10:00", "/fail");
  EXPECT_EQ(state(), "concern");
  ping_at("05T11:00");
  EXPECT_EQ(state(), "ok");
  const auto before = written();
  ping_at("05T12:00");
  EXPECT_EQ(written(), before);
  EXPECT_THAT(records(),
              ElementsAre("concern-05 10:00, 10:00-10:00 x1", "ok-05 11:00, 09:00-12:00 x3"));
}

TEST_F(PingRecordTest, FurtherConcernsGoOnWithTheOpenOneAndNobodyHearsTwice) {
  turn();
  const std::size_t before = to(kTaro).size();
  ping("/fail");
  turn();
  EXPECT_EQ(to(kTaro).size(), before + 1);
  ping_at("05T09:30", "/fail");
  turn();
  EXPECT_THAT(records(), ElementsAre("concern-05 09:00, 09:00-09:30 x2"));
  const auto keys = live_concerns();
  ASSERT_THAT(keys, SizeIs(1));
  // An ok does not end it; a concern after it stops the check again.
  ping_at("05T10:00");
  turn();
  EXPECT_EQ(state(), "ok");
  ping_at("05T10:30", "/fail");
  turn();
  EXPECT_EQ(state(), "concern");
  EXPECT_EQ(live_concerns(), keys);
  const std::size_t told = to(kTaro).size();
  // Back and forth: still as many records.
  for (const char* time : {"05T10:40", "05T10:50"}) {
    ping_at(time);
    ping_at(std::string(time).substr(0, 7) + "5", "/fail");
    turn();
  }
  EXPECT_THAT(records(), SizeIs(3));
  EXPECT_EQ(live_concerns(), keys);
  // And on the next day.
  ping_at("06T00:10", "/fail");
  turn();
  EXPECT_THAT(records(), SizeIs(4));
  EXPECT_EQ(live_concerns(), keys);
  EXPECT_EQ(to(kTaro).size(), told);
}

TEST_F(PingRecordTest, AConcernThatWentOnStandsByItselfWhenTheOtherIsVoidedOrAnswered) {
  ping("/fail");
  ping_at("06T10:00", "/fail");
  turn();
  EXPECT_THAT(live_concerns(), ElementsAre("C-1/concern/S-1/2026-06-05T00:00:00Z"));
  // Somebody writes down that they called on the 5th: that says nothing of the 6th.
  out("record contact", {{"client", "C-1"}, {"on", "2026-06-05"}});
  turn();
  EXPECT_THAT(live_concerns(), ElementsAre("C-1/concern/S-1/2026-06-06T01:00:00Z"));
  ping_at("07T10:00", "/fail");
  turn();
  EXPECT_THAT(live_concerns(), SizeIs(1)) << "the third goes on with the second";
  out("void", {{"kind", "check-in"}, {"id", "2"}, {"reason", "wrong"}});
  turn();
  EXPECT_THAT(live_concerns(), ElementsAre("C-1/concern/S-1/2026-06-07T01:00:00Z"));
}

TEST_F(PingRecordTest, AfterAVoidedRecordANewOneBegins) {
  ping();
  out("void", {{"kind", "check-in"}, {"id", "1"}, {"reason", "the sensor was tested"}});
  EXPECT_EQ(state(), "awaiting_first");
  ping_at("05T10:00");
  EXPECT_THAT(records(), ElementsAre("ok-05 10:00, 10:00-10:00 x1"));
  EXPECT_EQ(state(), "ok");
}

TEST_F(PingRecordTest, ARunThatIsRepeatedIsOne) {
  const std::string run1 = "123e4567-e89b-12d3-a456-426614174000";
  const std::string run2 = "123e4567-e89b-12d3-a456-426614174001";
  ping("/start", run1);
  ping("", run1);
  const auto before = written();
  ping("", run1);
  ping("/0", run1);
  EXPECT_EQ(written(), before);
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-09:00 x1"));
  ping("", run2);
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-09:00 x2"));
  // Its answer was lost, and it is said again on another day, after a start of the daemon.
  reminders.reset();
  loop.reset();
  store.reset();
  store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
  use(service->policy(), service->config());
  start();
  at("2026-06-06T00:00:01+09:00");
  EXPECT_EQ(ping("", "123E4567-E89B-12D3-A456-426614174001"), "200 OK");
  EXPECT_THAT(records(), SizeIs(1));
  EXPECT_EQ(ping("/fail", run2), "200 OK");
  EXPECT_THAT(records(), SizeIs(2)) << "the same run failed after all: another word";
}

TEST_F(PingRecordTest, OnlyTheLastRunsAreRemembered) {
  const auto run_number = [](int n) {
    std::string text = "123e4567-e89b-12d3-a456-4266141740";
    return text + static_cast<char>('0' + n / 10) + static_cast<char>('0' + n % 10);
  };
  for (int n = 0; n <= 32; ++n) ping("", run_number(n));
  ping("", run_number(1));
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-09:00 x33"));
  ping("", run_number(0));
  EXPECT_THAT(records(), ElementsAre("ok-05 09:00, 09:00-09:00 x34"));
}

TEST_F(PingRecordTest, WhatAListSaidOfTheDayIsTheSameRecord) {
  ASSERT_EQ(
      import({{CsvKind::check_ins, "check_code,at,outcome,by\nS-1,2026-06-05 08:00,ok,地活\n"}}),
      "");
  const auto before = written();
  ping();
  EXPECT_EQ(written(), before + 1) << "once it is journalled";
  ping();
  EXPECT_EQ(written(), before + 1);
  EXPECT_THAT(records(), ElementsAre("ok-05 08:00, 09:00-09:00 x2"));
  // And the other way round.
  ping_at("06T09:00");
  const std::string list = "check_code,at,outcome,by,note\nS-1,2026-06-06,ok,地活,元気\n";
  ASSERT_EQ(import({{CsvKind::check_ins, list}}), "");
  EXPECT_THAT(records(), SizeIs(2));
  const std::string sheet = out("show", {{"client", "C-1"}, {"language", "en"}});
  EXPECT_THAT(sheet, AllOf(HasSubstr("said again by another door"), HasSubstr("元気")));
  const auto kept = written();
  ASSERT_EQ(import({{CsvKind::check_ins, list}}), "");
  EXPECT_EQ(written(), kept) << "nothing is said twice";
  EXPECT_THAT(store->doors().repetitions("C-1"), SizeIs(1));
}

}  // namespace
}  // namespace omamori
