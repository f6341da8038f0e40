#include "daemon/import/csv/template.h"

#include <gtest/gtest.h>

#include "daemon/import/csv/kinds.h"

namespace omamori {
namespace {

TEST(Template, HasJapaneseHeadersAndARowThatExplains) {
  EXPECT_EQ(
      csv_template(CsvKind::check_ins),
      "安否確認コード,確認日時,結果,確認者,備考\n"
      "※必須。半角の英数字と . _ - で64文字まで,必須。日付、または日付と時刻（2026/4/1 9:30）,"
      "必須。異常なし・異常あり・不在のいずれか,任意。文字,任意。文字\n");
}

TEST(Template, OfEveryKindIsReadWithItsExplanationPassedOver) {
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    CsvImport import;
    read_csv(kind, "file.csv", csv_template(kind), Zone("Asia/Tokyo"), import);
    EXPECT_EQ(import.errors, std::vector<CsvError>{}) << csv_word(kind);
    each_kind(import, [&](CsvKind read, const auto& rows) {
      EXPECT_EQ(rows.given, read == kind);
      EXPECT_TRUE(rows.rows.empty()) << csv_word(kind);
    });
  }
}

TEST(Template, OnlyACodeThatBeginsWithTheMarkIsAnExplanation) {
  CsvImport import;
  read_csv(CsvKind::offices, "offices.csv", "name,office_code\n※見本,OF-1\n見本,※OF-2\n",
           Zone("Asia/Tokyo"), import);
  ASSERT_EQ(import.offices.rows.size(), 1U);
  EXPECT_EQ(import.offices.rows[0].name, "※見本") << "a name may begin so";
}

}  // namespace
}  // namespace omamori
