// What somebody who looks in on people gets, whole and in both languages.
#include <gtest/gtest.h>

#include "daemon/text/message_text.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

// Subject, an empty line, text.
std::string text_of(const Digest& digest) {
  const Message message = compose(digest, "m-1");
  return message.subject + "\n\n" + message.text;
}

// Two people, of whom the provider knows one by a number; links are placeholders until they leave.
Digest providers(Language language) {
  Line known = LineBuilder(ObligationKind::check_in, "C-0007", "2026-06-14").check("S-7");
  Line other = LineBuilder(ObligationKind::check_in, "C-0012", "2026-06-14").check("S-12");
  for (Line* line : {&known, &other}) {
    line->reminder.as = Role::provider;
    line->about.provider = line->reminder.staff = "PR-1";
  }
  known.provider_ref = "{ref:S-7}";
  Digest digest = digest_of({known, other}, language);
  digest.to = "PR-1";
  digest.contact = "";
  digest.attendance = "{attendance:PR-1}";
  return digest;
}

TEST(ProvidersMessage, IsReadWhole) {
  EXPECT_EQ(text_of(providers(Language::ja)), R"(【お守り】6/15 2件

2026年6月15日（月）　2件

■ お知らせ

1. C-0007　安否確認 S-7 の確認日です
   いつ　　　6/14以降に確認
   なぜ今　　取り決めた確認の時期になりました。
   すること　ご本人の様子を確認し、結果（変わりなし・気がかり・会えず）をご連絡ください。
   ・担当: CM-1
   ・事業所の番号: {ref:S-7}

2. C-0012　安否確認 S-12 の確認日です
   いつ　　　6/14以降に確認
   なぜ今　　取り決めた確認の時期になりました。
   すること　ご本人の様子を確認し、結果（変わりなし・気がかり・会えず）をご連絡ください。
   ・担当: CM-1

確認した結果をまとめて記録するページ:
{attendance:PR-1}

-- 
お守り（宛先 PR-1）
)");
}

TEST(ProvidersMessage, IsReadWholeInEnglish) {
  EXPECT_EQ(text_of(providers(Language::en)),
            R"([omamori] 15 Jun: 2 items

Monday, 15 Jun 2026 - items: 2

== For your information

1. C-0007  Safety check S-7 is due
   When     check from 14 Jun
   Why now  The agreed time for it has come.
   What     Look in and report the result: all well, concern, or not reached.
   - Case manager: CM-1
   - Your own reference: {ref:S-7}

2. C-0012  Safety check S-12 is due
   When     check from 14 Jun
   Why now  The agreed time for it has come.
   What     Look in and report the result: all well, concern, or not reached.
   - Case manager: CM-1

Record all results on one page:
{attendance:PR-1}

-- 
omamori (to PR-1)
)");
}

}  // namespace
}  // namespace omamori
