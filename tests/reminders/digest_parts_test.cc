// A digest that is too long for one message goes on in further ones.
#include "daemon/reminders/digest_parts.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reminders/compose.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class DigestParts : public AppTest {
 protected:
  DigestParts() {
    Config config;
    config.smtp.host = "localhost";
    use({}, config);
  }
  // So many clients of CM-1, each to be visited in June 2026; the first `unseen` not seen in March.
  std::vector<StoredMessage> composed(int clients, int unseen = 0) {
    std::string rows =
        "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
        "decision_end,watched_from\n";
    for (int i = 1; i <= clients; ++i) {
      const std::string since = i <= unseen ? "2026-03-01" : "2026-05-01";
      rows += "C-" + std::to_string(i) +
              ",見本,1,OF-1,CM-1,standby_short_stay,2025-10-01,2026-09-30," + since + "\n";
    }
    CsvFiles files = small_office();
    files.erase(CsvKind::safety_checks);
    files[CsvKind::clients] = rows;
    at("2026-02-20T12:00:00+09:00");
    EXPECT_EQ(import(files), "");
    at("2026-06-01T08:30:00+09:00");
    decide_due(*service, act());
    compose_due(*service, act(), service->templates());
    std::vector<StoredMessage> found;
    for (StoredMessage& message : store->messages(MessageState::pending, 1000)) {
      if (message.content.staff == "CM-1") found.push_back(std::move(message));
    }
    std::sort(found.begin(), found.end(), [](const StoredMessage& a, const StoredMessage& b) {
      return a.content.part < b.content.part;
    });
    return found;
  }
};

TEST_F(DigestParts, TenClientsAreOneMessageWithoutANumber) {
  const auto messages = composed(10);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_THAT(messages[0].content.subject, Not(HasSubstr("(1/")));
  EXPECT_THAT(messages[0].content.text, Not(HasSubstr("通に分けて")));
}

TEST_F(DigestParts, EveryClientIsInOneOfThemAndEachIsShort) {
  const auto messages = composed(450);
  ASSERT_GE(messages.size(), 3U);
  const std::string of = "/" + std::to_string(messages.size()) + ")";
  std::map<std::int64_t, int> carried;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const NewMessage& content = messages[i].content;
    EXPECT_LE(content.items.size(), kMostLines);
    EXPECT_LE(content.html.size(), kMostHtml);
    EXPECT_THAT(content.subject, EndsWith("(" + std::to_string(i + 1) + of));
    EXPECT_THAT(content.text, HasSubstr("これは" + std::to_string(i + 1) + "通目です"));
    EXPECT_THAT(content.json, HasSubstr("\"part\":" + std::to_string(i + 1)));
    for (const std::int64_t item : content.items) ++carried[item];
  }
  std::set<std::string> clients;
  for (const auto& [item, times] : carried) clients.insert(store->item(item)->client);
  EXPECT_EQ(clients.size(), 450U);
  for (const auto& [item, times] : carried) EXPECT_EQ(times, 1) << item;
}

TEST_F(DigestParts, WhatIsMostUrgentStandsInTheFirst) {
  const auto messages = composed(230, 5);
  ASSERT_GE(messages.size(), 2U);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_THAT(messages[0].content.text, HasSubstr("C-" + std::to_string(i) + "　"));
  }
}

TEST_F(DigestParts, WordsThatAreMadeAgainKeepTheirNumber) {
  const auto before = composed(230);
  ASSERT_GE(before.size(), 2U);
  at("2026-06-01T09:30:00+09:00");
  const auto planning = service->planning();
  ASSERT_TRUE(recompose(*service, planning->directory, before[1], act(), service->templates()));
  const NewMessage again = store->message(before[1].content.id)->content;
  EXPECT_EQ(again.subject, before[1].content.subject);
  EXPECT_THAT(again.text, HasSubstr("これは2通目です"));
}

TEST_F(DigestParts, TheNextDigestTakesThePlaceOfAllOfThem) {
  const auto before = composed(230);
  ASSERT_GE(before.size(), 2U);
  at("2026-06-23T08:30:00+09:00");
  decide_due(*service, act());
  compose_due(*service, act(), service->templates());
  for (const StoredMessage& old : before) {
    EXPECT_EQ(store->message(old.content.id)->state, MessageState::superseded);
  }
}

// A newer digest of the same instant: its last part has the very items of the part it replaces.
TEST_F(DigestParts, OnesOfTheSameItemsWithinASecondAreTwoMessages) {
  const auto before = composed(230);
  ASSERT_GE(before.size(), 2U);
  Reminder more = store->item(before[0].content.items.at(0))->reminder;
  more.days += 1;
  ASSERT_TRUE(store->owe(more, act()));
  compose_due(*service, act(), service->templates());
  std::set<std::int64_t> carried;
  for (const StoredMessage& now : store->messages(MessageState::pending, 1000)) {
    if (now.content.staff != "CM-1") continue;
    carried.insert(now.content.items.begin(), now.content.items.end());
  }
  for (const StoredMessage& old : before) {
    for (const std::int64_t item : old.content.items) EXPECT_EQ(carried.count(item), 1U) << item;
  }
}

}  // namespace
}  // namespace omamori
