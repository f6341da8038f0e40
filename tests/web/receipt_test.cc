// A holder cannot silence: who is told of what was recorded by a link in their name, and when.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/act_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// What is wrong with C-1 is told on Wednesday 20 May at 13:00; C-1 is seen on the 20th.
class ReceiptTest : public ActTest {
 protected:
  void concern() {
    with_check = true;
    fill();
    at("2026-05-20T13:00:00+09:00");
    ASSERT_TRUE(store->record_check_in(
        {0, "S-1", clock.now(), service->today(), Outcome::concern, "", "", false, 0}, act()));
    turn();
  }
  std::string subject_to(const std::string& address) const {
    const auto tried = to(address);
    return tried.empty() ? "" : tried.back().parcel.message.subject;
  }
  std::vector<std::string> receipts() {
    std::vector<std::string> keys;
    for (const Obligation& o : store->live_obligations("")) {
      if (o.kind == ObligationKind::receipt) keys.push_back(o.key);
    }
    return keys;
  }
};

TEST_F(ReceiptTest, AnOrdinaryRecordIsInTheNextDigestOfWhomItIsAttributedTo) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at("2026-06-05T19:00:00+09:00");  // a Friday
  ASSERT_EQ(post(link, "act=visited&on=2026-06-04&note=x").status, 200);
  run_to("2026-06-08T08:29:59+09:00");
  EXPECT_THAT(when(kTaro), ElementsAre("2026-06-01 08:30"));
  run_to("2026-06-08T12:00:00+09:00");
  EXPECT_THAT(when(kTaro), ElementsAre("2026-06-01 08:30", "2026-06-08 08:30"));
  EXPECT_THAT(
      newest_to(kTaro),
      AllOf(HasSubstr("C-1　6/4の訪問が記録されました"), HasSubstr("2026-06-05 19:00 に受付"),
            HasSubstr("お心当たりがない場合は、すぐに管理者または市担当者へご連絡ください（記録 "
                      "monitoring 1）"),
            Not(HasSubstr("/a/"))));
  EXPECT_THAT(newest_to(kJiro), Not(HasSubstr("訪問が記録されました")))
      << "nothing was silenced: the supervisor need not read it";
}

TEST_F(ReceiptTest, TheEndOfAConcernIsSaidAtOnceAndToTheSupervisorAtTheNextSendAt) {
  concern();
  const std::string link = link_to(kTaro);
  at("2026-05-22T18:00:00+09:00");  // a Friday
  ASSERT_EQ(post(link, "act=contacted&on=5/22").status, 200);
  EXPECT_EQ(when(kTaro).back(), "2026-05-22 18:00");
  EXPECT_THAT(subject_to(kTaro), "【お守り】C-1 5/22に連絡がとれたと記録されました");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("これにより、気がかりのお知らせが止まりました。"));
  const auto before = to(kJiro).size();
  run_to("2026-05-23T08:29:59+09:00");
  EXPECT_THAT(to(kJiro), SizeIs(before));
  run_to("2026-05-23T09:00:00+09:00");  // the next send_at, although it is a Saturday
  ASSERT_THAT(to(kJiro), SizeIs(before + 1));
  EXPECT_EQ(when(kJiro).back(), "2026-05-23 08:30");
  EXPECT_THAT(
      newest_to(kJiro),
      AllOf(
          HasSubstr("CM-1 さんにご確認ください。"), HasSubstr("気がかり"),
          HasSubstr(
              "誤りの場合は、システムの運用担当者に取り消しをご依頼ください（記録 contact 1）。")));
}

TEST_F(ReceiptTest, WhatCameInTheNightIsSaidWhenUrgentHoursBegin) {
  concern();
  at("2026-05-22T23:00:00+09:00");
  ASSERT_EQ(post(link_to(kTaro), "act=contacted&on=5/22").status, 200);
  run_to("2026-05-23T06:59:59+09:00");
  EXPECT_THAT(newest_to(kTaro), Not(HasSubstr("連絡がとれたと記録")));
  run_to("2026-05-23T07:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("連絡がとれたと記録"));
}

TEST_F(ReceiptTest, AVisitThatEndsALapseIsNoLessThanAContact) {
  with_check = true;
  fill();
  at("2026-05-20T13:00:00+09:00");
  ASSERT_TRUE(store->record_check_in(
      {0, "S-1", clock.now(), service->today(), Outcome::ok, "", "", false, 0}, act()));
  run_to("2026-07-31T09:00:00+09:00");
  const auto lapse = live();
  ASSERT_THAT(lapse, testing::Contains(HasSubstr("/lapse/")));
  std::string link;
  for (const Try& one : to(kTaro)) {
    const std::string& text = one.parcel.message.text;
    if (text.find("途切れ") != std::string::npos) link = link_in(text, "/a/");
  }
  ASSERT_THAT(link, SizeIs(29));
  ASSERT_EQ(post(link, "act=visited&on=2026-07-31").status, 200);
  EXPECT_THAT(newest_to(kTaro), HasSubstr("安否確認の途切れのお知らせが止まりました。"));
  run_to("2026-08-01T09:00:00+09:00");
  EXPECT_THAT(newest_to(kJiro), HasSubstr("7/31の訪問が記録されました"));
}

TEST_F(ReceiptTest, AWordEndsNothingAndGoesIntoTheNextDigest) {
  concern();
  ASSERT_EQ(post(link_to(kTaro), "act=on_it&on=5/21").status, 200);
  EXPECT_EQ(when(kTaro).back(), "2026-05-20 13:00");
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("対応の返事が記録されました（5/21まで）"));
  EXPECT_THAT(newest_to(kJiro), Not(HasSubstr("対応の返事が記録されました")));
}

TEST_F(ReceiptTest, WhatTheSupervisorRecordsIsReadByTheNextInTheChain) {
  concern();
  const std::string theirs = link_to(kJiro);
  ASSERT_NE(theirs, link_to(kTaro));
  ASSERT_EQ(post(theirs, "act=contacted&on=5/20").status, 200);
  EXPECT_THAT(newest_to(kJiro), HasSubstr("お心当たりがない場合は"));
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kCore), HasSubstr("SV-1 さんにご確認ください。"));
}

TEST_F(ReceiptTest, WhatIsUndoneBeforeItWasSaidIsSaidToNobody) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  at("2026-06-01T08:30:01+09:00");
  const std::string nonce = nonce_in(post(link, "act=contacted&on=2026-06-01"));
  EXPECT_THAT(receipts(), SizeIs(1));
  ASSERT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(receipts(), IsEmpty());
  run_to("2026-06-03T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), Not(HasSubstr("連絡がとれたと記録")));
}

TEST_F(ReceiptTest, WhatIsUndoneAfterItWasSaidIsSaidToBeUndone) {
  concern();
  const std::string link = link_to(kTaro);
  const std::string nonce = nonce_in(post(link, "act=contacted&on=5/20"));
  ASSERT_THAT(newest_to(kTaro), HasSubstr("連絡がとれたと記録されました"));
  ASSERT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), AllOf(HasSubstr("取り消し済み: 5/20に連絡がとれたと記録されました"),
                                      HasSubstr("お知らせは続きます")));
  EXPECT_THAT(newest_to(kJiro), Not(HasSubstr("連絡がとれたと")))
      << "the supervisor had not been told yet";
}

TEST_F(ReceiptTest, WhatMayHaveBeenSaidBeforeItWasUndoneIsSaidToBeUndoneToo) {
  concern();
  const std::string link = link_to(kTaro);
  answers[kTaro] = lost_after_the_data();
  const std::string nonce = nonce_in(post(link, "act=contacted&on=5/20"));
  ASSERT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  answers.clear();
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("取り消し済み: 5/20に連絡がとれたと記録されました"));
}

TEST_F(ReceiptTest, WhatWasARecordAlreadyIsReceiptedToNobody) {
  turn_at(kMorning);
  ASSERT_EQ(
      static_cast<int>(
          run("record contact", {{"client", "C-1"}, {"on", "2026-06-01"}, {"by", "CM-9"}}).exit),
      0);
  ASSERT_EQ(post(link_to(kTaro), "act=contacted&on=2026-06-01").status, 200);
  EXPECT_THAT(receipts(), IsEmpty());
}

TEST_F(ReceiptTest, AnAbsenceThatSilencesAConcernSaysSo) {
  concern();
  ASSERT_EQ(post(link_to(kTaro), "act=away&on=5/20&until=6/20").status, 200);
  EXPECT_THAT(newest_to(kTaro), HasSubstr("これにより、気がかりのお知らせが止まりました。"));
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kJiro), HasSubstr("これにより、気がかりのお知らせが止まりました。"));
}

TEST_F(ReceiptTest, WhoStandsInReadsItToo) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  ASSERT_EQ(static_cast<int>(run("absence", {{"staff", "CM-1"},
                                             {"from", "2026-06-01"},
                                             {"until", "2026-06-20"},
                                             {"delegate", "CC-1"}})
                                 .exit),
            0);
  at("2026-06-01T09:00:00+09:00");
  ASSERT_EQ(post(link, "act=contacted&on=6/1").status, 200);
  run_to("2026-06-02T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("連絡がとれたと記録"));
  EXPECT_THAT(newest_to(kCore), HasSubstr("CM-1 さんにご確認ください。"));
}

// Whoever says the same twice and takes the first back has taken it back.
TEST_F(ReceiptTest, ARepetitionInOtherWordsDoesNotKeepWhatIsUndone) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  const std::string nonce = nonce_in(post(link, "act=contacted&on=6/1&note=a"));
  ASSERT_THAT(post(link, "act=contacted&on=6/1&note=b").body, HasSubstr("すでに記録がありました"));
  ASSERT_EQ(post(link + "/undo", "nonce=" + nonce).status, 200);
  EXPECT_THAT(records(), IsEmpty());
}

// Where somebody else has said the same the record stays, and so does the word about it.
TEST_F(ReceiptTest, WhatStaysIsNotSaidToBeUndone) {
  concern();
  const std::string link = link_to(kTaro);
  const std::string nonce = nonce_in(post(link, "act=contacted&on=5/20"));
  DoorAct same;  // by a link of the supervisor
  same.staff = "SV-1";
  same.at = clock.now();
  same.record_kind = "contact";
  same.record_id = 1;
  store->doors().put(same);
  EXPECT_THAT(post(link + "/undo", "nonce=" + nonce).body, HasSubstr("記録は残ります"));
  EXPECT_THAT(live(), Not(testing::Contains(HasSubstr("/concern/"))));
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), Not(HasSubstr("取り消し済み")));
  EXPECT_THAT(newest_to(kJiro), HasSubstr("連絡がとれたと記録"));
}

TEST_F(ReceiptTest, TheSameFormTwiceIsReceiptedOnce) {
  turn_at(kMorning);
  const std::string link = link_to(kTaro);
  post(link, "act=contacted&on=2026-06-01");
  post(link, "act=contacted&on=2026-06-01");
  EXPECT_THAT(receipts(), SizeIs(1));
}

// P5: the other lines of the digest are told.
TEST_F(ReceiptTest, ARowThatCannotBeReadKeepsBackItsOwnReceiptOnly) {
  concern();
  ASSERT_EQ(post(link_to(kTaro), "act=on_it&on=5/21").status, 200);
  ASSERT_EQ(post(link_to(kTaro), "act=on_it&on=5/22").status, 200);
  damage("UPDATE door_act SET on_day = 'soon' WHERE id = 1");
  run_to("2026-05-21T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), AllOf(HasSubstr("対応の返事が記録されました（5/22まで）"),
                                      Not(HasSubstr("5/21まで"))));
  std::vector<std::string> owed;
  for (const StoredItem& item : store->items_of_obligation("receipt/1")) {
    owed.push_back(item.state == ItemState::owed ? "owed" : "not owed");
  }
  EXPECT_THAT(owed, ElementsAre("owed")) << "and is not taken for told";
}

// P7: a name only where it is wanted.
TEST_F(ReceiptTest, NamesNobodyUnlessNamesMayBeShown) {
  turn_at(kMorning);
  at("2026-06-01T09:00:00+09:00");
  post(link_to(kTaro), "act=contacted&on=6/1&note=%E5%85%83%E6%B0%97");
  run_to("2026-06-02T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), AllOf(HasSubstr("連絡がとれたと記録"), Not(HasSubstr("花子")),
                                      Not(HasSubstr("元気"))));
}

TEST_F(ReceiptTest, OneThatEverybodyHasReadIsOver) {
  turn_at(kMorning);
  at("2026-06-01T08:30:01+09:00");
  post(link_to(kTaro), "act=contacted&on=2026-06-01");
  run_to("2026-06-02T08:29:59+09:00");
  EXPECT_THAT(receipts(), SizeIs(1));
  run_to("2026-06-24T12:00:00+09:00");
  EXPECT_THAT(receipts(), IsEmpty());
  EXPECT_EQ(store->obligation("receipt/1")->state, ObligationState::met);
}

}  // namespace
}  // namespace omamori
