#include "daemon/retention/retention.h"

#include <gmock/gmock.h>

#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/restored.h"
#include "db/old_rows.h"
#include "tests/retention/gone_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class RetentionTest : public GoneTest {
 protected:
  // What the daemon does when there is nothing else to do.
  void run_retention() {
    Retention retention(*service);
    for (int i = 0; i < 10'000; ++i) {
      if (!retention.step(act())) return;
    }
    ADD_FAILURE() << "it does not come to rest";
  }
  void retain_at(const std::string& now) {
    at(now);
    run_retention();
  }
  std::string text_of(const std::string& id) { return store->message(id)->content.text; }
  std::string first_message() { return store->messages({}, 1000).back().content.id; }
};

TEST_F(RetentionTest, TheTextOfAMessageGoesOnItsNinetyFirstDay) {
  run_to(kMorning);
  const std::string id = first_message();
  const std::string text = text_of(id);
  ASSERT_THAT(text, HasSubstr("C-1"));

  retain_at("2026-08-30T23:00:00+09:00");
  EXPECT_EQ(text_of(id), text) << "the ninetieth day after 1 June";

  retain_at("2026-08-31T00:00:00+09:00");
  const auto left = store->message(id);
  EXPECT_EQ(left->content.text + left->content.html + left->content.json, "");
  EXPECT_THAT(left->body_hash, SizeIs(64));
  EXPECT_EQ(left->content.staff, "CM-1");
  EXPECT_EQ(left->content.address, kTaro);
  EXPECT_EQ(left->state, MessageState::sent);
  EXPECT_THAT(out("outbox show", {{"id", id}}), HasSubstr(left->body_hash));
  EXPECT_TRUE(store->journal().verify().ok);
}

TEST_F(RetentionTest, AMessageThatWasRefusedIsNotSentAgainWithoutItsText) {
  answers[kTaro] = Refused{"550 no such user"};
  run_to(kMorning);
  const std::string id = first_message();
  ASSERT_EQ(store->message(id)->state, MessageState::refused);
  retain_at("2026-08-31T00:00:00+09:00");
  EXPECT_FALSE(store->revive_message(id, act()));
  EXPECT_EQ(store->message(id)->state, MessageState::refused);
}

TEST_F(RetentionTest, EverythingOfAClientGoesFiveYearsAfterTheLastDayOfService) {
  summer();
  retain_at("2031-08-31T12:00:00+09:00");
  ASSERT_TRUE(store->client("C-1")) << "the last day that is kept";
  close();
  EXPECT_EQ(rows_of_client(), (std::vector<std::string>{
                                  "acknowledgement", "check_in", "check_version", "client_schedule",
                                  "client_version", "contact", "item", "monitoring", "obligation",
                                  "period_version", "safety_check", "suspension"}));

  open();
  retain_at("2031-09-01T12:00:00+09:00");
  EXPECT_FALSE(store->client("C-1"));
  close();
  EXPECT_THAT(left_of({"C-1", "花子", "9876543210", "庭の柿", "玄関の鈴", "電話の声", "検査入院"}),
              IsEmpty());
  EXPECT_EQ(Database(directory / "omamori.db", Database::ToLookAt{})
                .integer("SELECT count(*) FROM pragma_foreign_key_check"),
            0);
}

TEST_F(RetentionTest, TheChainHoldsAcrossWhatWasRemoved) {
  summer();
  const JournalHead before = store->journal().head();
  retain_at("2031-09-01T12:00:00+09:00");
  const JournalVerdict verdict = store->journal().verify();
  EXPECT_TRUE(verdict.ok) << verdict.why;
  EXPECT_GT(verdict.head.seq, before.seq);
  EXPECT_THAT(out("log", {{"kind", "journal."}}), HasSubstr("keep_years"));
}

TEST_F(RetentionTest, OthersKeepTheirMessagesAndRecords) {
  summer();
  CsvFiles files;
  files[CsvKind::clients] =
      "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
      "decision_end\nC-2,仮 次郎,9876543219,OF-1,CM-1,standby_short_stay,2026-04-01,2032-03-31\n";
  ASSERT_EQ(import(files), "");
  run_to("2026-12-20T09:00:00+09:00");
  const auto told = store->items_of("C-2");
  ASSERT_THAT(told, Not(IsEmpty()));
  retain_at("2031-09-01T12:00:00+09:00");
  EXPECT_EQ(store->items_of("C-2").size(), told.size());
  EXPECT_TRUE(store->client("C-2"));
  for (const StoredItem& item : told) {
    EXPECT_THAT(store->carried_by(item.id), Not(IsEmpty())) << item.reminder.stage;
  }
}

TEST_F(RetentionTest, NothingGoesWhileTheClockIsNotBelieved) {
  summer();
  at("2031-09-01T12:00:00+09:00");
  keep_clock_hold(*store, {false, "it is five years ahead"}, act());
  run_retention();
  EXPECT_TRUE(store->client("C-1"));
  ASSERT_TRUE(accept_clock(*store, "clock.accept", act()));
  run_retention();
  EXPECT_FALSE(store->client("C-1"));
}

TEST_F(RetentionTest, NothingGoesBeforeARestoredCopyIsReleased) {
  summer();
  at("2031-09-01T12:00:00+09:00");
  keep_restored(*store, clock.now());
  run_retention();
  EXPECT_TRUE(store->client("C-1"));
  ASSERT_TRUE(release_restored(*store));
  run_retention();
  EXPECT_FALSE(store->client("C-1"));
}

TEST_F(RetentionTest, WhoComesBackAmidstItIsKept) {
  summer();
  many_check_ins();
  at("2031-09-01T12:00:00+09:00");
  Retention retention(*service);
  do {
    ASSERT_TRUE(retention.step(act()));
  } while (!store->items_of("C-1").empty() && store->client("C-1"));
  ASSERT_TRUE(store->client("C-1")) << "what a client is known by goes last";
  out("end", {{"client", "C-1"}, {"undo", ""}});
  run_retention();
  EXPECT_TRUE(store->client("C-1"));
  EXPECT_THAT(store->periods("C-1"), Not(IsEmpty()));
}

TEST_F(RetentionTest, OldRowsAboutNobodyGoButForWhatExplainsASetting) {
  accept({});
  start();
  run_to("2026-07-15T09:00:00+09:00");
  store->raise_trouble("smtp", "refused", false, act());
  store->settle_trouble("smtp", "it works", act());
  ASSERT_THAT(out("log", {{"kind", "message."}}), HasSubstr("message."));
  retain_at("2031-06-01T12:00:00+09:00");
  EXPECT_THAT(out("log", {{"kind", "message."}, {"limit", "0"}}), HasSubstr("message."))
      << "what was told on the last day that is kept";
  retain_at("2031-07-17T12:00:00+09:00");
  EXPECT_EQ(out("log", {{"kind", "message."}, {"limit", "0"}, {"json", ""}}), "[]\n");
  EXPECT_THAT(out("log", {{"limit", "0"}}), AllOf(HasSubstr("policy"), HasSubstr("import")));
  EXPECT_TRUE(store->journal().verify().ok);
  EXPECT_EQ(store->obligations("").size(), 0U);
}

}  // namespace
}  // namespace omamori
