// What preview says is what then happens.
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"
#include "tests/tools/sample_city.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// "2026-11-25 SM-201 C-0049/streak/… escalated+6"
using Told = std::set<std::string>;

std::string told_line(const std::string& day, const std::string& staff, const std::string& key,
                      const std::string& stage, int repeat) {
  return day + " " + staff + " " + key + " " + stage + "+" + std::to_string(repeat);
}

Told foretold(const boost::json::value& preview) {
  Told found;
  for (const auto& day : preview.at("days").as_array()) {
    for (const auto& person : day.at("people").as_array()) {
      for (const auto& line : person.at("lines").as_array()) {
        found.insert(told_line(
            std::string(day.at("day").as_string()), std::string(person.at("staff").as_string()),
            std::string(line.at("key").as_string()), std::string(line.at("stage").as_string()),
            static_cast<int>(line.at("repeat").as_int64())));
      }
    }
  }
  return found;
}

class PreviewTest : public AppTest {
 protected:
  PreviewTest() : PreviewTest("2026-04-01T09:00:00+09:00") {}
  explicit PreviewTest(const std::string& now) : AppTest(now) {
    Config config;
    config.smtp.host = "localhost";
    accept(Policy{});
    use(service->policy(), config);
  }
  boost::json::value json(std::map<std::string, std::string> options) {
    options["json"] = "";
    return boost::json::parse(out("preview", std::move(options)));
  }
  OnceReport once() {
    Outlets outlets;
    outlets.email = &email;
    return run_once(*service, outlets, act());
  }
  // Everything that is told until the end of `until`, from wake to wake; `before` each of them.
  Told really_told(
      Day until, const std::function<void()>& before = [] {}) {
    const std::int64_t first = first_new_message();
    const Instant end = zone.start_of(until + std::chrono::days{1});
    for (std::optional<Instant> next = clock.now(); next && *next < end;) {
      clock.set(std::max(*next, clock.now()));
      before();
      next = once().next;
    }
    Told found;
    const auto messages = store->messages(MessageState::sent, 100000);
    for (std::size_t i = 0; i + static_cast<std::size_t>(first) < messages.size(); ++i) {
      for (const std::int64_t id : messages[i].content.items) {
        const Reminder r = store->item(id).value().reminder;
        found.insert(told_line(to_string(zone.day_of(*messages[i].ended_at)), r.staff, r.obligation,
                               r.stage, r.repeat));
      }
    }
    return found;
  }

  FakeNotifier email;

 private:
  std::int64_t first_new_message() {
    return static_cast<std::int64_t>(store->messages(MessageState::sent, 100000).size());
  }
};

class PreviewOfTheSampleCity : public PreviewTest {
 protected:
  PreviewOfTheSampleCity() : PreviewTest("2026-11-23T18:00:00+09:00") {
    const SampleCity city = sample_city({day("2026-11-24"), 60, 1, {Channel::email}}, zone);
    CsvFiles files;
    for (int i = 0; i < static_cast<int>(kCsvKinds); ++i) {
      const auto kind = static_cast<CsvKind>(i);
      files[kind] = sample_csv(city, kind, zone);
    }
    EXPECT_EQ(import(files), "");
  }
};

// Four weeks over the end of a month: lapses, concerns, streaks, renewals, what expires.
TEST_F(PreviewOfTheSampleCity, WhatItSaysOfASilentTimeIsToldAndNothingElse) {
  const auto shown = json({{"until", "2026-12-21"}, {"if-silent", "yes"}});
  EXPECT_EQ(shown.at("assumption").as_string(), "silent");
  const Told expected = foretold(shown);
  EXPECT_GT(expected.size(), 200U);
  EXPECT_EQ(really_told(day("2026-12-21")), expected);
  // From the middle of it too, with all that was told before.
  const Told rest = foretold(json({{"until", "2027-01-15"}, {"if-silent", "yes"}}));
  EXPECT_EQ(really_told(day("2027-01-15")), rest);
}

TEST_F(PreviewOfTheSampleCity, ChecksThatAreKeptUpDoNotLapseByDefault) {
  const auto shown = json({{"until", "2027-01-31"}});
  EXPECT_EQ(shown.at("assumption").as_string(), "confirmed");
  const Told confirmed = foretold(shown);
  const Told silent = foretold(json({{"until", "2027-01-31"}, {"if-silent", "yes"}}));
  const auto lapses = [](const Told& told) {
    std::set<std::string> clients;
    for (const std::string& line : told) {
      const auto at = line.find("/lapse/");
      if (at != std::string::npos) clients.insert(line.substr(at - 6, 6));
    }
    return clients;
  };
  EXPECT_LT(lapses(confirmed).size(), lapses(silent).size());
  for (const std::string& client : lapses(confirmed)) {
    EXPECT_EQ(lapses(silent).count(client), 1U) << client;
  }
}

TEST_F(PreviewOfTheSampleCity, NothingIsWritten) {
  once();
  const auto before = store->journal().head();
  const auto counts = store->counts();
  json({{"until", "2027-06-30"}});
  EXPECT_EQ(store->journal().head().hash, before.hash);
  EXPECT_EQ(store->counts().live_obligations, counts.live_obligations);
  EXPECT_EQ(store->counts().owed_items, counts.owed_items);
}

// The provider is asked on the day, and answers in the evening.
TEST_F(PreviewTest, AKeptUpCheckIsWhatHappensIfTheProviderAnswersInTime) {
  CsvFiles files = small_office();
  files[CsvKind::staff] +=
      "PR-1,見本 三郎,provider,,pr@example.com,email\n"
      "OP-1,見本 四郎,operator,,op@example.com,email\n";
  ASSERT_EQ(import(files), "");
  at("2026-04-12T12:00:00+09:00");
  store->record_check_in(seen("S-1", clock.now()), act());
  once();
  const Told expected = foretold(json({{"until", "2026-10-31"}}));
  EXPECT_EQ(expected.count("2026-05-12 PR-1 C-1/check_in/S-1/2026-05-12 asked+0"), 1U)
      << testing::PrintToString(expected);
  Instant answer = instant("2026-05-12T23:59:59+09:00");
  EXPECT_EQ(really_told(day("2026-10-31"),
                        [&] {
                          while (answer <= clock.now()) {
                            store->record_check_in(seen("S-1", answer), act());
                            answer += std::chrono::days{30};
                          }
                        }),
            expected);
}

TEST_F(PreviewTest, TextIsByDayAndPersonAndSaysWhatWasAssumed) {
  ASSERT_EQ(import(small_office()), "");
  once();
  EXPECT_EQ(out("preview", {{"until", "2026-06-22"}, {"if-silent", "yes"}}),
            R"(2026-04-01 09:00 から 2026-06-22 までに送るお知らせ
仮定: このあいだ訪問も安否確認も記録されない（--if-silent）

== 2026-05-25（月） 1通
宛先  役割            方法   時刻        利用者  内容                  段階    期間
CM-1  相談支援専門員  email  08:30 単独  C-1     安否確認の途切れ S-1  opened  2026-05-25〜2026-06-08

== 2026-05-26（火） 1通
宛先  役割    方法   時刻   利用者  内容                  段階       期間
SV-1  管理者  email  08:30  C-1     安否確認の途切れ S-1  no_answer  2026-05-25〜2026-06-08

== 2026-05-27（水） 1通
宛先      役割      方法       時刻   利用者  内容                                                段階       期間
運用担当  運用担当  届かない!  08:30  C-1     安否確認の途切れ S-1（基幹相談支援センターとして）  no_answer  2026-05-25〜2026-06-08

== 2026-06-01（月） 1通
宛先  役割            方法   時刻   利用者  内容                  段階      期間
CM-1  相談支援専門員  email  08:30  C-1     モニタリング 2026-06  upcoming  2026-06-01〜2026-06-30

== 2026-06-09（火） 2通
宛先  役割            方法   時刻   利用者  内容                  段階     期間
CM-1  相談支援専門員  email  08:30  C-1     安否確認の途切れ S-1  overdue  2026-05-25〜2026-06-08
SV-1  管理者          email  08:30  C-1     安否確認の途切れ S-1  overdue  2026-05-25〜2026-06-08

== 2026-06-22（月） 3通
宛先      役割            方法       時刻   利用者  内容                                                段階       期間
運用担当  運用担当        届かない!  08:30  C-1     安否確認の途切れ S-1（基幹相談支援センターとして）  escalated  2026-05-25〜2026-06-08
CM-1      相談支援専門員  email      08:30  C-1     安否確認の途切れ S-1                                escalated  2026-05-25〜2026-06-08
SV-1      管理者          email      08:30  C-1     安否確認の途切れ S-1                                escalated  2026-05-25〜2026-06-08

合計 9通・9件・3人
! 運用担当には届ける方法がありません: no operator is known: import a staff row
)");
}

// An absence from the 15th of June to the 5th of July: who will hear it then, and in which role.
TEST_F(PreviewTest, WhoStandsInIsForetoldWithTheRole) {
  CsvFiles files = small_office();
  files.erase(CsvKind::safety_checks);
  files[CsvKind::offices] = "office_code,name,supervisor,core_center\nOF-1,見本,SV-1,CC-1\n";
  files[CsvKind::staff] += "CC-1,見本 三郎,core_center,,core@example.com,email\n";
  ASSERT_EQ(import(files), "");
  once();
  store->add_absence({0, "CM-1", day("2026-06-15"), day("2026-07-05"), ""}, act());
  const std::string text =
      out("preview", {{"until", "2026-07-14"}, {"if-silent", "yes"}, {"language", "en"}});
  const auto on = [&](const std::string& day) {
    const auto from = text.find("== " + day);
    return text.substr(from, text.find("\n\n", from) - from);
  };
  EXPECT_THAT(on("2026-06-01"), HasSubstr("monitoring 2026-06  upcoming"));
  EXPECT_THAT(on("2026-06-15"), AllOf(HasSubstr("SV-1  supervisor"), Not(HasSubstr("CM-1")),
                                      HasSubstr("monitoring 2026-06 (as case manager)  upcoming")));
  EXPECT_THAT(on("2026-07-01"),
              AllOf(HasSubstr("monitoring not done 2026-06 (as case manager)  overdue"),
                    HasSubstr("monitoring not done 2026-06 (as supervisor)    overdue"),
                    Not(HasSubstr("CM-1"))));
  EXPECT_THAT(on("2026-07-06"), AllOf(HasSubstr("CM-1  case manager"), Not(HasSubstr(" (as "))));
}

TEST_F(PreviewTest, WhatIsOwedAlreadyAndWhoHasNoWayIsMarked) {
  CsvFiles files = small_office();
  files.erase(CsvKind::safety_checks);
  files[CsvKind::staff] =
      "staff_code,name,role,office_code,email,channels\n"
      "CM-1,見本 太郎,case_manager,OF-1,,webhook\n"
      "OP-1,見本 四郎,operator,,op@example.com,email\n"
      "SV-1,見本 次郎,supervisor,OF-1,,webhook\n";
  ASSERT_EQ(import(files), "");
  at("2026-06-01T08:30:00+09:00");
  once();
  const std::string text = out("preview", {{"until", "2026-06-02"}, {"language", "en"}});
  EXPECT_THAT(text, HasSubstr("checks that are kept up now go on being confirmed"));
  EXPECT_THAT(text, HasSubstr("CM-1  case manager  no way!"));
  EXPECT_THAT(text, HasSubstr("upcoming (owed)"));
  EXPECT_THAT(text, HasSubstr("\n! CM-1 cannot be told: "));
  const auto shown = json({{"until", "2026-06-02"}});
  EXPECT_EQ(shown.at("without_way").at(0).as_string(), "CM-1");
  const auto& person = shown.at("days").at(0).at("people").at(0);
  EXPECT_EQ(person.at("staff").as_string(), "CM-1");
  EXPECT_TRUE(person.at("way").is_null());
  EXPECT_TRUE(person.at("lines").at(0).at("owed_already").as_bool());
}

TEST_F(PreviewTest, ADamagedClientIsNamedAndTheOthersAreShown) {
  CsvFiles files = small_office();
  files.erase(CsvKind::safety_checks);
  files[CsvKind::clients] +=
      "C-2,仮 次男,9876543211,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n";
  ASSERT_EQ(import(files), "");
  once();
  store.reset();
  Database(directory / "omamori.db", false)
      .exec("UPDATE client SET watched_from = '2026-02-30' WHERE code = 'C-1'");
  store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
  use({}, service->config());
  const std::string text = out("preview", {{"until", "2026-06-30"}, {"language", "en"}});
  EXPECT_THAT(text, AllOf(HasSubstr("! client C-1: cannot be read"), HasSubstr("C-2"),
                          Not(HasSubstr("C-1  "))));
}

// 解消: owed ahead of its slot as soon as the record is there.
TEST_F(PreviewTest, AWordOfAllClearThatIsOwedIsShown) {
  ASSERT_EQ(import(small_office()), "");
  store->record_check_in(seen("S-1", *parse_instant("2026-04-20T12:00:00+09:00")), act());
  clock.set(*parse_instant("2026-06-04T08:30:00+09:00"));
  once();
  store->record_check_in(seen("S-1", *parse_instant("2026-06-02T12:00:00+09:00")), act());
  clock.set(*parse_instant("2026-06-04T10:00:00+09:00"));
  once();
  const std::string line = "2026-06-05 CM-1 C-1/lapse/S-1/2026-06-04 withdrawn+0";
  EXPECT_EQ(foretold(json({{"until", "2026-06-05"}})).count(line), 1U);
  EXPECT_EQ(foretold(json({{"until", "2026-06-04"}})).count(line), 0U);
}

TEST_F(PreviewTest, APersonWhomNobodyKnowsIsRefused) {
  ASSERT_EQ(import(small_office()), "");
  const Response unknown = run("preview", {{"staff", "CM-9"}});
  EXPECT_EQ(unknown.exit, Exit::refused);
  EXPECT_EQ(unknown.err, "no staff CM-9; omamorictl list staff shows the codes\n");
  EXPECT_EQ(unknown.out, "");
  EXPECT_EQ(run("preview", {{"staff", "CM-1"}}).exit, Exit::ok);
}

TEST_F(PreviewTest, ADayThatCannotBeIsRefused) {
  EXPECT_THAT(run("preview", {{"until", "soon"}}).err,
              HasSubstr("--until soon: is not a date; write 2026-04-01"));
  const Response past = run("preview", {{"until", "2026-03-31"}});
  EXPECT_EQ(past.exit, Exit::usage);
  EXPECT_THAT(past.err, HasSubstr("give a day from today (2026-04-01) to 2027-05-06"));
  EXPECT_EQ(run("preview", {{"until", "2028-01-01"}}).exit, Exit::usage);
  EXPECT_THAT(out("preview", {}), HasSubstr("2026-04-15")) << "two weeks if no day is given";
}

TEST_F(PreviewTest, TheWeeklyMessagesAreForetoldToo) {
  with_weekly = true;
  accept(Policy{});
  ASSERT_EQ(import(small_office()), "");
  once();
  const Told said = foretold(json({{"until", "2026-04-14"}}));
  EXPECT_TRUE(said.contains("2026-04-06 SV-1 weekly/2026-W15 overview+0"));
  EXPECT_TRUE(said.contains("2026-04-13 SV-1 weekly/2026-W16 overview+0"));
  EXPECT_EQ(said, really_told(day("2026-04-14")));
  EXPECT_THAT(out("preview", {{"until", "2026-04-20"}}), HasSubstr("週報"));
}

}  // namespace
}  // namespace omamori
