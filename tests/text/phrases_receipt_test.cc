// The words about what came by a link, and about what nobody has answered, in both languages.
#include "daemon/text/phrases_receipt.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/reminder.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const Day kToday = *parse_day("2026-06-15");

// Read by whom it is attributed to, CM-1.
Line receipt(DoorActKind act) {
  Line line = LineBuilder(ObligationKind::receipt, "C-1", "2026-06-15");
  line.reminder.staff = "CM-1";
  Receipt& receipt = line.receipt.emplace();
  receipt.client = "C-1";
  receipt.staff = "CM-1";
  receipt.at = "2026-06-15 09:12";
  receipt.act = act;
  receipt.on = *parse_day("2026-06-14");
  receipt.until = *parse_day("2026-06-20");
  receipt.record = "contact 12";
  return line;
}

TEST(ReceiptWords, EachActHasItsOwnInBothLanguages) {
  for (const Language language : {Language::ja, Language::en}) {
    std::set<std::string> headlines;
    for (const DoorActKind act :
         {DoorActKind::visited, DoorActKind::will_visit, DoorActKind::contacted, DoorActKind::on_it,
          DoorActKind::away, DoorActKind::ended, DoorActKind::not_mine}) {
      const Phrases phrases = receipt_phrases(receipt(act), kToday, language);
      EXPECT_TRUE(headlines.insert(phrases.headline).second) << phrases.headline;
      for (const std::string& text :
           {phrases.headline, phrases.window, phrases.why, phrases.action}) {
        EXPECT_FALSE(text.empty());
      }
      EXPECT_THAT(phrases.window, HasSubstr("2026-06-15 09:12"));
      EXPECT_THAT(phrases.action, HasSubstr("contact 12"));
    }
  }
}

TEST(ReceiptWords, WhoDidItIsAskedToSayIfTheyDidNotAndOthersAreSentToThem) {
  Line line = receipt(DoorActKind::contacted);
  EXPECT_THAT(receipt_phrases(line, kToday, Language::en).action,
              HasSubstr("If you know nothing of it"));
  line.reminder.staff = "SV-1";
  EXPECT_THAT(receipt_phrases(line, kToday, Language::en).action, HasSubstr("Ask CM-1."));
}

TEST(ReceiptWords, WhatItEndedIsSaidOnceForEachKind) {
  Line line = receipt(DoorActKind::visited);
  EXPECT_THAT(receipt_phrases(line, kToday, Language::en).why, Not(HasSubstr("stopped")));
  line.receipt->ended = {ObligationKind::concern, ObligationKind::lapse};
  EXPECT_THAT(receipt_phrases(line, kToday, Language::en).why,
              HasSubstr("Reminders of a concern and the lapse of a safety check have stopped"));
  EXPECT_THAT(receipt_phrases(line, kToday, Language::ja).why,
              HasSubstr("気がかりと安否確認の途切れのお知らせが止まりました"));
}

TEST(ReceiptWords, AnEndThatIsOnlyReportedIsNotSaidToBeRecorded) {
  Line line = receipt(DoorActKind::ended);
  EXPECT_THAT(receipt_phrases(line, kToday, Language::ja).headline, HasSubstr("記録されました"));
  line.receipt->awaits_confirmation = true;
  EXPECT_THAT(receipt_phrases(line, kToday, Language::ja).headline, HasSubstr("報告がありました"));
}

TEST(NoAnswerWords, SayWhetherAWordHasBeenGivenBefore) {
  Line line = LineBuilder(ObligationKind::concern, "C-1", "2026-06-14", "2026-06-17")
                  .stage(std::string(kNoAnswerStage), -2)
                  .as(Role::supervisor);
  const auto notes = [&](Language language) {
    return phrasebook(language).line(line, kToday).notes;
  };
  EXPECT_THAT(notes(Language::ja), Contains(HasSubstr("対応の返事も記録もまだありません")));
  line.answered_by = "CM-1";
  line.answered_on = *parse_day("2026-06-14");
  EXPECT_THAT(notes(Language::ja), Contains(HasSubstr("対応の返事のあと、まだ記録がありません")));
  EXPECT_THAT(notes(Language::ja), Contains(HasSubstr("対応の返事: CM-1 さん（6/14）")));
  EXPECT_THAT(notes(Language::en), Contains(HasSubstr("CM-1")));
}

}  // namespace
}  // namespace omamori
