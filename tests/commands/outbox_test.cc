// outbox list, show, retry, drop over messages that were sent, refused and kept waiting.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// CM-1 is owed June's monitoring; the server answered as each test says.
class OutboxCommand : public AppTest {
 protected:
  OutboxCommand() {
    Config config;
    config.smtp.host = "localhost";
    accept(Policy{});
    use(service->policy(), config);
    CsvFiles files = small_office();
    files.erase(CsvKind::safety_checks);
    EXPECT_EQ(import(files), "");
  }
  std::string message(SendResult answer) {
    at("2026-06-01T08:30:00+09:00");
    email.answer(std::move(answer));
    Outlets outlets;
    outlets.email = &email;
    run_once(*service, outlets, act());
    // What CM-1 cannot be told, SV-1 is told instead: that is another message.
    std::vector<StoredMessage> to_manager = store->messages({}, 10);
    std::erase_if(to_manager, [](const auto& m) { return m.content.staff != "CM-1"; });
    EXPECT_EQ(to_manager.size(), 1U);
    return to_manager.front().content.id;
  }

  FakeNotifier email;
};

const SendResult kLater = TryAgain{"451 4.7.1 greylisted", std::nullopt, false};

TEST_F(OutboxCommand, ListShowsStateAndNextAttempt) {
  EXPECT_EQ(out("outbox list"), "該当する送信はありません。\n");
  const std::string id = message(kLater);
  const std::string text = out("outbox list", {{"language", "en"}});
  EXPECT_THAT(text, AllOf(HasSubstr(id + "  pending  CM-1  email  2026-06-01 08:30"),
                          HasSubstr("C-1 6月分のモニタリング")));
  EXPECT_THAT(out("outbox list", {{"state", "pending"}}), HasSubstr("送信待ち"));
  EXPECT_EQ(out("outbox list", {{"state", "sent"}, {"language", "en"}}), "No such message.\n");
  const auto rows = boost::json::parse(out("outbox list", {{"json", ""}}));
  EXPECT_EQ(rows.at(0).at("id").as_string(), id);
  EXPECT_EQ(rows.at(0).at("attempts").as_int64(), 1);
  EXPECT_TRUE(rows.at(0).at("next_attempt_at").is_string());
}

TEST_F(OutboxCommand, ShowHasTheRepliesTheLinesAndTheText) {
  const std::string id = message(kLater);
  const std::string text = out("outbox show", {{"id", id}, {"language", "en"}});
  EXPECT_THAT(text,
              AllOf(HasSubstr("state: pending\n"), HasSubstr("to: CM-1 (email taro@example.com)\n"),
                    HasSubstr("try_again (0 ms) 451 4.7.1 greylisted\n"),
                    HasSubstr("C-1/monitoring/2026-04-01/2026-06 upcoming: owed\n"),
                    HasSubstr("期間内に訪問してモニタリングを行い")));
  EXPECT_THAT(text, Not(HasSubstr("仮 花子")));
  const auto parsed = boost::json::parse(out("outbox show", {{"id", id}, {"json", ""}}));
  EXPECT_EQ(parsed.at("attempts").at(0).at("reply").as_string(), "451 4.7.1 greylisted");
  EXPECT_EQ(parsed.at("items").at(0).at("client").as_string(), "C-1");
}

TEST_F(OutboxCommand, RetryMakesItDueNow) {
  const std::string id = message(kLater);
  EXPECT_TRUE(store->due_messages(clock.now()).empty());
  EXPECT_EQ(out("outbox retry", {{"id", id}}), id + " will be tried now\n");
  EXPECT_EQ(store->due_messages(clock.now()).size(), 1U);
}

TEST_F(OutboxCommand, DropNeedsAReasonAndIsNotToldAgain) {
  const std::string id = message(kLater);
  const Response bare = run("outbox drop", {{"id", id}});
  EXPECT_EQ(bare.exit, Exit::usage);
  EXPECT_THAT(bare.err, HasSubstr("--reason is needed"));
  EXPECT_EQ(run("outbox drop", {{"id", id}, {"reason", "a\nb"}}).exit, Exit::usage);
  EXPECT_EQ(out("outbox drop", {{"id", id}, {"reason", "電話で伝えた"}}),
            id + " is dropped: 1 lines that CM-1 will not be told\n");
  EXPECT_EQ(store->message(id)->state, MessageState::dropped);
  EXPECT_EQ(store->counts().owed_items, 0);
  const Response again = run("outbox drop", {{"id", id}, {"reason", "x"}});
  EXPECT_EQ(again.exit, Exit::refused);
  EXPECT_THAT(again.err, HasSubstr("it was dropped by hand"));
}

TEST_F(OutboxCommand, WhatCannotBeDoneSaysWhatToDo) {
  const std::string id = message(Refused{"550 no such user"});
  const Response retried = run("outbox retry", {{"id", id}});
  EXPECT_EQ(retried.exit, Exit::refused);
  EXPECT_THAT(retried.err, AllOf(HasSubstr("it is refused; what it said is owed"),
                                 HasSubstr("omamorictl check")));
  EXPECT_THAT(out("outbox list", {{"state", "refused"}}), HasSubstr("拒否された"));
  EXPECT_THAT(run("outbox show", {{"id", "nope"}}).err, HasSubstr("omamorictl outbox list"));
  EXPECT_EQ(run("outbox show", {{"id", "nope"}}).exit, Exit::refused);
  EXPECT_EQ(run("outbox show").exit, Exit::usage);
  EXPECT_THAT(run("outbox list", {{"state", "lost"}}).err, HasSubstr("must be pending, sent"));
  for (const char* limit : {"0", "x", "-3"}) {
    EXPECT_EQ(run("outbox list", {{"limit", limit}}).exit, Exit::usage) << limit;
  }
}

TEST_F(OutboxCommand, AMessageThatMayHaveArrivedSaysSo) {
  const std::string id = message(TryAgain{"lost after the end of the data", std::nullopt, true});
  EXPECT_THAT(out("outbox list", {{"language", "en"}}), HasSubstr("pending, may have arrived"));
  EXPECT_THAT(out("outbox retry", {{"id", id}}), HasSubstr("goes again with the same id"));
}

}  // namespace
}  // namespace omamori
