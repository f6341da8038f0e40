// Owed items to messages: what may have arrived already, who has the client now, which way is open.
#include "daemon/reminders/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/text/message_text.h"
#include "daemon/text/templates.h"
#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

class ComposeTest : public AppTest {
 protected:
  ComposeTest() {
    Config config;
    config.smtp.host = "localhost";
    config.file_directory = "out";
    use({}, config);
  }
  void fill(CsvFiles files = small_office()) {
    files.erase(CsvKind::safety_checks);  // monitoring alone
    ASSERT_EQ(import(files), "");
  }
  OnceReport once(const std::string& now) {
    at(now);
    Outlets outlets;
    outlets.email = &email;
    outlets.file = &file;
    return run_once(*service, outlets, act());
  }
  std::vector<FakeNotifier::Asked> asked(const std::string& address) const {
    std::vector<FakeNotifier::Asked> found;
    for (const FakeNotifier* notifier : {&email, &file}) {
      for (const auto& one : notifier->asked()) {
        if (one.address.to == address) found.push_back(one);
      }
    }
    return found;
  }

  FakeNotifier email;
  FakeNotifier file;
};

// P3: what a peer may have accepted is repeated byte for byte, and its lines join nothing else.
TEST_F(ComposeTest, AMessageOfUnknownOutcomeIsRepeatedAsItIsBesideTheNewOne) {
  fill();
  email.answer(TryAgain{"lost after the end of the data", std::chrono::hours{480}, true});
  once("2026-06-01T08:30:00+09:00");
  once("2026-06-23T08:30:00+09:00");  // the next stage is due with it
  const auto got = asked("taro@example.com");
  ASSERT_EQ(got.size(), 3U) << "first, again, and the next stage";
  EXPECT_EQ(got[1].message.id, got[0].message.id);
  EXPECT_EQ(got[1].message.text, got[0].message.text);
  EXPECT_EQ(got[1].message.html, got[0].message.html);
  EXPECT_EQ(got[1].now, got[0].now) << "the Date header is of the first attempt";
  EXPECT_NE(got[2].message.id, got[0].message.id) << "the newer digest is its own";
}

TEST_F(ComposeTest, ALineThatMayHaveArrivedSaysSo) {
  for (const auto& [language, words] : std::map<Language, std::string>{
           {Language::ja, "以前に同じお知らせが届いている場合があります"},
           {Language::en, "may have reached you before"}}) {
    Digest digest;
    digest.language = language;
    digest.lines.resize(1);
    digest.lines[0].about.kind = ObligationKind::unassigned;
    digest.lines[0].about.client = "C-1";
    EXPECT_THAT(compose(digest, "id").text, Not(HasSubstr(words)));
    digest.lines[0].maybe_repeat = true;
    EXPECT_THAT(compose(digest, "id").text, HasSubstr(words));
  }
}

// P6: the oldest line says how late a message is.
TEST_F(ComposeTest, AFreshLineDoesNotHideADelay) {
  fill();
  Config held = service->config();
  held.hold = true;
  use({}, held);
  once("2026-06-01T08:30:00+09:00");
  held.hold = false;
  use({}, held);
  once("2026-06-23T08:30:00+09:00");
  const auto got = asked("taro@example.com");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_THAT(got[0].message.text, HasSubstr("22日遅れて"));
}

TEST_F(ComposeTest, WhatASuspensionHeldBackIsNotLate) {
  fill();
  store->suspend({0, "C-1", day("2026-06-01"), day("2026-06-14"), "", "", false}, act());
  once("2026-06-01T08:30:00+09:00");
  ASSERT_EQ(asked("taro@example.com").size(), 0U);
  for (const char* morning : {"2026-06-15T00:00:00+09:00", "2026-06-15T08:30:00+09:00"}) {
    once(morning);
  }
  const auto got = asked("taro@example.com");
  ASSERT_GE(got.size(), 1U);
  for (const auto& one : got) EXPECT_THAT(one.message.text, Not(HasSubstr("遅れて")));
}

CsvFiles clients_of(const std::string& manager) {
  CsvFiles files = small_office();
  files[CsvKind::staff] += "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n";
  std::string& clients = files[CsvKind::clients];
  clients.replace(clients.find(",CM-1,"), 6, "," + manager + ",");
  return files;
}

TEST_F(ComposeTest, WhatIsOwedMovesWithTheClientToTheNewCaseManager) {
  fill(clients_of("CM-1"));
  at("2026-06-01T08:30:00+09:00");
  decide_due(*service, act());
  ASSERT_EQ(store->items_of("C-1").size(), 1U);
  fill(clients_of("CM-2"));
  once("2026-06-02T08:30:00+09:00");
  EXPECT_EQ(asked("taro@example.com").size(), 0U) << "it is not CM-1's any more";
  EXPECT_EQ(asked("saburo@example.com").size(), 1U);
  EXPECT_EQ(store->item(1)->reason, "handed over to CM-2");
}

TEST_F(ComposeTest, AnAbsenceIsNoHandingOver) {
  fill(clients_of("CM-1"));
  at("2026-06-01T08:30:00+09:00");
  decide_due(*service, act());
  store->add_absence({0, "CM-1", day("2026-06-01"), {}, "CM-2"}, act());
  once("2026-06-02T08:30:00+09:00");
  EXPECT_EQ(asked("taro@example.com").size(), 1U) << "owed before the absence";
}

TEST_F(ComposeTest, AChannelThatRefusedForGoodGivesWayToTheNext) {
  CsvFiles files = small_office();
  std::string& staff = files[CsvKind::staff];
  staff.replace(staff.find("taro@example.com,email"), 22, "taro@example.com,email file");
  fill(files);
  email.answer(Refused{"550 no such user"});
  once("2026-06-01T08:30:00+09:00");
  once("2026-06-01T08:40:00+09:00");
  EXPECT_EQ(asked("taro@example.com").size(), 1U);
  EXPECT_EQ(asked("CM-1").size(), 1U) << "by file";
}

TEST_F(ComposeTest, AWayThatRefusedIsTakenAgainWithTheNextDigestWhenThereIsNoOther) {
  fill();
  email.answer(Refused{"550 no such user"});
  once("2026-06-01T08:30:00+09:00");
  once("2026-06-02T08:29:59+09:00");
  EXPECT_EQ(asked("taro@example.com").size(), 1U) << "not every hour";
  once("2026-06-02T08:30:00+09:00");
  EXPECT_EQ(asked("taro@example.com").size(), 2U);
}

TEST_F(ComposeTest, WhoeverCannotBeToldIsStoodInForAtOnce) {
  fill();
  email.answer(Refused{"550 no such user"});
  once("2026-06-01T08:30:00+09:00");
  const auto got = asked("jiro@example.com");
  ASSERT_EQ(got.size(), 1U) << "the supervisor";
  const auto items = store->items_of("C-1");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].reminder.instead_of, "CM-1");
  EXPECT_EQ(items[0].state, ItemState::owed) << "and will be told when the address is mended";
}

}  // namespace
}  // namespace omamori
