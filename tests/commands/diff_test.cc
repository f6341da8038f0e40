// diff: whose months, obligations and messages another policy.toml would change.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/runtime/run_once.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class DiffTest : public AppTest {
 protected:
  DiffTest() {
    accept(Policy{});
    CsvFiles files = small_office();
    files[CsvKind::clients] += "C-2,仮 二郎,9876543211,OF-1,CM-1,self_plan,2026-04-01,2027-03-31\n";
    EXPECT_EQ(import(files), "");
    run_once(*service, std::vector<InlineCouriers::Line>{}, act());
    at("2026-05-10T12:00:00+09:00");
  }
  Response diff(const std::string& text, std::map<std::string, std::string> options = {}) {
    Request request;
    request.command = "diff";
    request.json = options.erase("json") != 0;
    request.options = std::move(options);
    request.files = {{"new.toml", text}};
    return run_command(request, *service);
  }
};

TEST_F(DiffTest, AClientWithItsIntervalMonthsObligationsAndMessages) {
  const std::string changed = "weekly_on = \"never\"\nstandard_interval_months = 2\n";
  const Response response = diff(changed, {{"language", "en"}, {"until", "2026-08-10"}});
  EXPECT_EQ(response.exit, Exit::ok) << response.err;
  EXPECT_EQ(response.out, golden("diff.en.txt"));
  EXPECT_EQ(diff(changed, {{"until", "2026-08-10"}}).out, golden("diff.ja.txt"));
}

TEST_F(DiffTest, NothingChangesAndNothingIsStored) {
  const JournalHead head = store->journal().head();
  EXPECT_THAT(diff("# nothing\n", {{"language", "en"}}).out,
              HasSubstr("0 of 2 clients change (0 of them in interval, months or obligations)"));
  diff("standard_interval_months = 1\n");
  EXPECT_EQ(store->journal().head().seq, head.seq);
  EXPECT_EQ(store->kept_policy()->text, "# policy\n");
}

TEST_F(DiffTest, AStageThatMovesChangesMessagesAndNoPlan) {
  const std::string stages =
      "[[stage]]\nname = \"upcoming\"\ndays = -20\nto = [\"case_manager\"]\n"
      "[[stage]]\nname = \"overdue\"\ndays = 1\nto = [\"case_manager\", \"supervisor\"]\n";
  const auto json = boost::json::parse(diff(stages, {{"json", ""}, {"until", "2026-07-10"}}).out);
  EXPECT_EQ(json.at("changed").as_int64(), 1);
  EXPECT_EQ(json.at("plans_altered").as_int64(), 0);
  std::string found;
  for (const auto& message : json.at("details").at(0).at("messages").as_array()) {
    const auto day = [&](const char* name) {
      const auto& value = message.at(name);
      return value.is_null() ? std::string("-") : std::string(value.as_string());
    };
    found += std::string(message.at("stage").as_string()) + " " + day("before") + " " +
             day("after") + "; ";
  }
  EXPECT_THAT(found, AllOf(HasSubstr("upcoming 2026-06-01 2026-06-10; "),
                           HasSubstr("due_soon 2026-06-23 -; ")));
}

TEST_F(DiffTest, ErrorsAreThoseOfTheFileAndNothingIsCompared) {
  const Response bad = diff("send_at = 3\nintervall = 2\n");
  EXPECT_EQ(bad.exit, Exit::refused);
  EXPECT_THAT(bad.out, AllOf(StartsWith("error: new.toml:1:11: "),
                             HasSubstr("error: new.toml:2:1: "), HasSubstr("not sound\n")));
  const auto json = boost::json::parse(diff("send_at = 3\n", {{"json", ""}}).out);
  EXPECT_FALSE(json.at("ok").as_bool());
  EXPECT_EQ(json.at("errors").as_array().size(), 1U);
  EXPECT_THAT(diff(std::string((1 << 20) + 1, '#')).out, HasSubstr("larger than 1 MiB"));
  EXPECT_EQ(diff(std::string(1 << 20, '#')).exit, Exit::ok);
}

TEST_F(DiffTest, AFileThatSaysNothingIsNoPolicy) {
  for (const char* empty : {"", "\n", " \n\t\n"}) {
    const Response response = diff(empty);
    EXPECT_EQ(response.exit, Exit::refused);
    EXPECT_EQ(response.out, "error: new.toml: is empty: write at least one line\nnot sound\n");
    const auto json = boost::json::parse(diff(empty, {{"json", ""}}).out);
    EXPECT_FALSE(json.at("ok").as_bool());
  }
  EXPECT_EQ(diff("# all as it is by default\n").exit, Exit::ok);
}

TEST_F(DiffTest, TheSettingsAreSaidInTheLanguageAskedFor) {
  const std::string changed = "standard_interval_months = 2\n";
  EXPECT_THAT(diff(changed).out,
              HasSubstr("標準の間隔（standard_interval_months）: 3か月 → 2か月"));
  EXPECT_THAT(diff(changed, {{"language", "en"}}).out,
              HasSubstr("standard_interval_months: 3 -> 2\n"));
}

TEST_F(DiffTest, OneClientALimitAndTheHorizon) {
  const std::string monthly = "standard_interval_months = 1\n";
  EXPECT_THAT(diff(monthly, {{"limit", "0"}, {"language", "en"}}).out,
              AllOf(HasSubstr("1 of 2 clients change"), HasSubstr("and 1 more (--limit N"),
                    Not(HasSubstr("C-1 OF-1"))));
  EXPECT_THAT(diff(monthly, {{"client", "C-1"}, {"language", "en"}}).out,
              AllOf(HasSubstr("1 of 1 clients change"), HasSubstr("C-1 OF-1")));
  EXPECT_EQ(diff(monthly, {{"client", "C-9"}}).exit, Exit::refused);
  EXPECT_EQ(diff(monthly, {{"limit", "few"}}).exit, Exit::usage);
  EXPECT_EQ(diff(monthly, {{"until", "2026-05-09"}}).exit, Exit::usage);
  EXPECT_EQ(diff(monthly, {{"until", "2026-05-10"}}).exit, Exit::ok);
  EXPECT_EQ(diff(monthly, {{"until", "2027-06-15"}}).exit, Exit::usage);
}

// What diff foretold of the new policy is what preview says once it is in force.
TEST_F(DiffTest, WhatItSaysIsWhatComes) {
  const auto before = boost::json::parse(out("preview", {{"json", ""}, {"until", "2026-08-10"}}));
  const auto json = boost::json::parse(
      diff("standard_interval_months = 2\n", {{"json", ""}, {"until", "2026-08-10"}}).out);
  Policy two;
  two.terms.standard_interval_months = 2;
  accept(two);
  const auto after = boost::json::parse(out("preview", {{"json", ""}, {"until", "2026-08-10"}}));
  EXPECT_EQ(after.at("lines").as_int64() - before.at("lines").as_int64(),
            json.at("messages_additional").as_int64() - json.at("messages_no_longer").as_int64());
  EXPECT_NE(json.at("messages_additional").as_int64(), 0);
}

TEST_F(DiffTest, WithoutADayTwoWeeksOfMessagesAreCompared) {
  const auto json = boost::json::parse(diff("standard_interval_months = 2\n", {{"json", ""}}).out);
  EXPECT_EQ(json.at("until").as_string(), "2026-05-24");
}

TEST_F(DiffTest, DamagedClientsAreNamedAndTheOthersCompared) {
  const char* const damages[] = {
      "UPDATE client SET watched_from = '2026-02-30' WHERE code = 'C-2'",
      "UPDATE client_version SET known_from = '2026-02-30' WHERE client = 'C-2'",
  };
  for (const char* damage : damages) {
    store.reset();
    Database(directory / "omamori.db", false).exec(damage);
    store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
    use(service->policy(), service->config());
    const auto json =
        boost::json::parse(diff("standard_interval_months = 2\n", {{"json", ""}}).out);
    ASSERT_EQ(json.at("unreadable").as_array().size(), 1U) << damage;
    EXPECT_EQ(json.at("unreadable").at(0).as_string(), "client C-2");
    EXPECT_EQ(json.at("changed").as_int64(), 1) << "C-1";
  }
}

TEST_F(DiffTest, AClientWhoseMemoryIsDamagedIsNamedToo) {
  at("2026-06-05T12:00:00+09:00");
  run_once(*service, std::vector<InlineCouriers::Line>{}, act());
  store.reset();
  Database(directory / "omamori.db", false)
      .exec("UPDATE obligation SET due_by = '2026-99-99' WHERE client = 'C-1'");
  store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
  use(service->policy(), service->config());
  const auto json = boost::json::parse(diff("standard_interval_months = 2\n", {{"json", ""}}).out);
  ASSERT_EQ(json.at("unreadable").as_array().size(), 1U);
  EXPECT_EQ(json.at("unreadable").at(0).as_string(), "client C-1");
  EXPECT_EQ(json.at("clients").as_int64(), 1) << "C-2 is compared";
}

}  // namespace
}  // namespace omamori
