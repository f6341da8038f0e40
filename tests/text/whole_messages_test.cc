// Messages as their readers get them, whole and in both languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/bilingual.h"
#include "daemon/model/reminder.h"
#include "daemon/text/message_text.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::HasSubstr;

// Subject, an empty line, text: what arrives, to be read as the recipient reads it.
std::string shown(const Digest& digest) {
  const Message message = compose(digest, "m-1");
  return message.subject + "\n\n" + message.text;
}

Digest supervisors(Language language) {
  Digest digest = digest_of(supervisor_lines(), language);
  digest.to = "SV-1";
  for (Line& line : digest.lines) line.reminder.staff = "SV-1";
  digest.slots_late_days = 2;
  digest.contact = "";
  return digest;
}

TEST(Words, ACaseManagersMorning) {
  EXPECT_EQ(shown(digest_of(case_manager_lines())), R"(【お守り】6/15 5件（至急1件・期限超過1件）

2026年6月15日（月）　5件

■ 至急ご確認ください

1. C-0007　安否確認 S-7 が途切れているか、または記録が届いていません
   いつ　　　6/27までに対応
   なぜ今　　最後の確認は5/9です。安否が確認されるまで、訪問は標準の間隔に戻ります。期限（6/27）まであと12日です。
   すること　電話か訪問でご本人の様子を確認し、連絡または訪問した日をご連絡ください。確認が済んでいる場合は、実施者に記録の提出をご依頼ください。

■ 期限を過ぎています

2. C-0012　4月・5月 未実施、6月は6/30まで
   いつ　　　6/1〜6/30に実施
   なぜ今　　訪問の記録が届いていません。期限（5/31）を15日過ぎています。
   すること　早急に訪問日を決めて訪問し、実施日をご連絡ください。訪問日が記録されると、このお知らせは止まります。
   ・訪問予定日: 6/18
   ・支給決定から間もないため毎月です。
   ・2回目のお知らせです。

■ 期限までに行うこと

3. C-0003　6月分のモニタリング
   いつ　　　6/1〜6/30に実施
   なぜ今　　期限（6/30）まであと15日です。
   すること　期間内に訪問してモニタリングを行い、実施日をご連絡ください。
   ・安否確認 S-3 が続いているため6か月ごとになっています。

4. C-0020　支給決定の有効期間が7/15に終わります
   いつ　　　7/15までに手続き
   なぜ今　　期限（7/15）まであと30日です。次の期間がまだ登録されていません。
   すること　ご本人・ご家族に更新の意向を確認し、申請の手続きをお願いします。決定後は、新しい受給者証の有効期間をご連絡ください。

■ 解消しました

5. C-0031　解消: 安否確認 S-31 は途切れていませんでした
   いつ　　　6/1の件
   なぜ今　　先のお知らせのあとで記録が届きました。
   すること　この件で必要な対応はありません。

連絡先（対応日のご報告、すでに済んでいるとき）: 基幹センター 042-000-0000

-- 
お守り（宛先 CM-1）
)");
}

TEST(Words, ACaseManagersMorningInEnglish) {
  EXPECT_EQ(shown(digest_of(case_manager_lines(), Language::en)),
            R"([omamori] 15 Jun: 5 items (1 urgent, 1 overdue)

Monday, 15 Jun 2026 - items: 5

== Please look into these at once

1. C-0007  Safety check S-7 has stopped, or its record has not arrived
   When     respond by 27 Jun
   Why now  Last confirmed 9 May. Until it is confirmed, visits are at the standard interval again. Due 27 Jun, in 12 days.
   What     Call or visit. Report the day. If the check was carried out, ask its provider for the record.

== Overdue

2. C-0012  Apr, May not visited; Jun by 30 Jun
   When     visit between 1 Jun and 30 Jun
   Why now  Nobody is known to have visited. Was due 31 May, 15 days ago.
   What     Visit as soon as you can. Report the day. The reminder ends once a visit is recorded.
   - Visit announced for 18 Jun
   - The decision is recent: every month.
   - Reminder no. 2.

== To do by their day

3. C-0003  Monitoring visit for Jun
   When     visit between 1 Jun and 30 Jun
   Why now  Due 30 Jun, in 15 days.
   What     Visit within that time. Report the day.
   - Safety check S-3 is kept up: every 6 months.

4. C-0020  The decision period ends 15 Jul
   When     renew by 15 Jul
   Why now  Due 15 Jul, in 30 days. No later period is known.
   What     Talk with the client and family and hand in the renewal; then report the new certificate's period.

== Resolved

5. C-0031  Resolved: safety check S-31 had not stopped
   When     was told of 1 Jun
   Why now  A record arrived after the earlier message.
   What     Nothing to do about this.

To report a day, or that it is done already: 基幹センター 042-000-0000

-- 
omamori (to CM-1)
)");
}

TEST(Words, ASupervisorAfterADowntime) {
  EXPECT_EQ(shown(supervisors(Language::ja)), R"(【お守り・至急】6/17 7件（至急1件・期限超過3件）

2026年6月17日（水）　7件
6/15にお送りする予定だったお知らせです。2日遅れてお送りしています。

■ 至急ご確認ください

1. C-0044　安否確認 S-44 で「気がかり」と記録されました
   いつ　　　本日中に連絡・対応
   なぜ今　　6/14の確認（安否確認 S-44）で、気がかりなことがあると記録されました。今日で4日目です。本日が期限です。
   すること　担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者をお決めください。
   ・担当: CM-1

■ 期限を過ぎています

2. C-0012　5月 未実施
   いつ　　　5/1〜5/31（期限を過ぎています）
   なぜ今　　訪問の記録が届いていません。期限（5/31）を15日過ぎています。
   すること　担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者をお決めください。
   ・担当: CM-1
   ・訪問予定日: 6/18
   ・間隔を延ばす設定がありますが、続いている安否確認がないため3か月ごとです。

3. C-0050　支給決定の有効期間が5/31に終わり、次の期間が登録されていません
   いつ　　　5/31までに手続き（期限を過ぎています）
   なぜ今　　期限（5/31）を15日過ぎています。次の期間が登録されるまで、モニタリング月が決まりません。
   すること　更新されたか利用が終了したかを、担当者にご確認ください。
   ・担当: CM-1

4. C-0061　休止が終わりました
   いつ　　　6/13までに訪問（期限を過ぎています）
   なぜ今　　休止中に、モニタリングまたは安否確認ができていません。期限（6/13）を2日過ぎています。
   すること　担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者をお決めください。
   ・担当: CM-1

■ 期限までに行うこと

5. C-0051　担当の相談支援専門員が決まっていません
   いつ　　　6/19までに決定
   なぜ今　　担当が決まるまで、この方のお知らせは SV-1 さんにお送りします。期限（6/19）まであと2日です。
   すること　担当者を決め、システムの運用担当者に登録をご依頼ください。

6. C-0062　最後のモニタリングの記録がありません（3月分）
   いつ　　　7/1までに、最後の訪問日をご報告ください
   なぜ今　　見守り開始より前の訪問の記録が届いていません。期限（7/1）まであと14日です。
   すること　担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者をお決めください。
   ・担当: CM-1

■ お知らせ

7. C-0060　休止が続いています
   いつ　　　3/2から休止
   なぜ今　　休止中は、この方の訪問や安否確認のお知らせを止めています。
   すること　休止が続いているかをご確認ください。再開している場合は、再開日をご連絡ください。
   ・担当: CM-1

-- 
お守り（宛先 SV-1）
)");
}

TEST(Words, ASupervisorAfterADowntimeInEnglish) {
  EXPECT_EQ(shown(supervisors(Language::en)),
            R"([omamori: urgent] 17 Jun: 7 items (1 urgent, 3 overdue)

Wednesday, 17 Jun 2026 - items: 7
This was to be sent on 15 Jun; it comes 2 days late.

== Please look into these at once

1. C-0044  Safety check S-44 recorded a concern
   When     make contact and respond today
   Why now  Somebody who looked in recorded a concern on 14 Jun (safety check S-44). This is day 4. Due today.
   What     Ask the case manager on which day they will act; if they cannot, name somebody who can.
   - Case manager: CM-1

== Overdue

2. C-0012  May not visited
   When     1 May to 31 May (past)
   Why now  Nobody is known to have visited. Was due 31 May, 15 days ago.
   What     Ask the case manager on which day they will act; if they cannot, name somebody who can.
   - Case manager: CM-1
   - Visit announced for 18 Jun
   - A longer interval is set, but no safety check is kept up: every 3 months.

3. C-0050  The decision period ended 31 May and nothing follows
   When     renew by 31 May (past)
   Why now  Was due 31 May, 15 days ago. Without a period no monitoring months are known.
   What     Ask the case manager whether it was renewed or has ended.
   - Case manager: CM-1

4. C-0061  The suspension has ended
   When     visit by 13 Jun (past)
   Why now  A visit or a safety check was missed during it. Was due 13 Jun, 2 days ago.
   What     Ask the case manager on which day they will act; if they cannot, name somebody who can.
   - Case manager: CM-1

== To do by their day

5. C-0051  No case manager
   When     assign by 19 Jun
   Why now  Until there is one, SV-1 is told about this client. Due 19 Jun, in 2 days.
   What     Name a case manager and have the operator register them.

6. C-0062  No record of the last monitoring visit (Mar)
   When     report the last visit by 1 Jul
   Why now  Nothing is recorded from before we began to watch. Due 1 Jul, in 14 days.
   What     Ask the case manager on which day they will act; if they cannot, name somebody who can.
   - Case manager: CM-1

== For your information

7. C-0060  Still suspended
   When     suspended from 2 Mar
   Why now  While it lasts, visits and safety checks of this client are not spoken of.
   What     Find out whether it still lasts; if not, report the day it ended.
   - Case manager: CM-1

-- 
omamori (to SV-1)
)");
}

TEST(Words, TheOperatorsTrouble) {
  Digest digest = trouble("policy", Language::ja);
  digest.lines[0].detail =
      "policy.toml:12:1: unknown key \"sent_at\"; did you mean \"send_at\"?\n"
      "policy.toml:20:8: must be between 1 and 12\n";
  EXPECT_EQ(shown(digest),
            R"(【お守り・障害】方針ファイル（policy.toml）に誤りがあり、取り込んでいません

2026年6月15日（月）　1件

■ 至急ご確認ください

1. 方針ファイル（policy.toml）に誤りがあり、取り込んでいません
   いつ　　　6/14から
   なぜ今　　直るまで、これまでの方針のとおりにお知らせします。
   すること　下の箇所を直して保存し、サーバーで omamorictl reload を実行してください。

   policy.toml:12:1: unknown key "sent_at"; did you mean "send_at"?
   policy.toml:20:8: must be between 1 and 12

-- 
お守り（宛先 CM-1）
)");
  EXPECT_THAT(compose(digest, "m-1").html,
              HasSubstr("&quot;send_at&quot;?\npolicy.toml:20:8: must be between 1 and 12</pre>"));
}

TEST(Words, TheDetailOfATroubleIsInTheReadersLanguage) {
  const std::string kept = kept_lines({{"標準の間隔: 3か月 → 2か月", "standard: 3 -> 2"}});
  for (const Language language : {Language::ja, Language::en}) {
    Digest digest = trouble("policy waits", language);
    digest.lines[0].detail = kept;
    const Message message = compose(digest, "m-1");
    const bool ja = language == Language::ja;
    EXPECT_EQ(message.text.find("標準の間隔: 3か月 → 2か月") != std::string::npos, ja);
    EXPECT_EQ(message.text.find("standard: 3 -> 2") != std::string::npos, !ja);
    EXPECT_EQ(message.json.find("standard: 3 -> 2") != std::string::npos, !ja);
  }
}

TEST(Words, TheOperatorsTroubleInEnglish) {
  EXPECT_EQ(shown(trouble("peer webhook:case-tool", Language::en)),
            R"([omamori: trouble] The webhook endpoint case-tool does not take messages

Monday, 15 Jun 2026 - items: 1

== Please look into these at once

1. The webhook endpoint case-tool does not take messages
   When     since 14 Jun
   Why now  case-tool cannot be reached, or does not take our messages. They are tried again until it does.
   What     Read the reason; look whether the endpoint runs and whether [webhook.endpoint.case-tool] in omamori.toml is right. What has waited is then sent by itself.

-- 
omamori (to CM-1)
)");
}

TEST(Words, ATestMessageSaysThatThereIsNothingToDo) {
  const Staff to{"CM-1", Role::case_manager, "", "", "", {}, {}, {}, {}};
  const auto test = [&](Channel channel, Language language) {
    return shown(test_digest(to, channel, language, *parse_instant("2026-06-14T23:30:00Z"),
                             *parse_day("2026-06-15")));
  };
  EXPECT_EQ(test(Channel::email, Language::ja), R"(【お守り・テスト】CM-1 さんへのテスト送信です

2026年6月15日（月）

これは「お守り」のテスト送信です。CM-1 さんにメールで届きました。お知らせの設定は正常です。対応の必要はありません。

-- 
お守り（宛先 CM-1）
)");
  EXPECT_EQ(test(Channel::webhook, Language::en), R"([omamori: test] A test message to CM-1

Monday, 15 Jun 2026

This is a test message of omamori. It has reached CM-1 by webhook. Messages arrive as they should; there is nothing to do.

-- 
omamori (to CM-1)
)");
  EXPECT_THAT(test(Channel::file, Language::ja), HasSubstr("CM-1 さんにファイルで届きました"));
}

}  // namespace
}  // namespace omamori
