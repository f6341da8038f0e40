#include "daemon/import/csv/template.h"

#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/row_writer.h"

namespace omamori {
namespace {

constexpr std::string_view kMark = "※";

std::string one_of(const std::string& words) { return words + "のいずれか"; }

std::string value_in_japanese(ColumnValue value) {
  switch (value) {
    case ColumnValue::code:
      return "半角の英数字と . _ - で64文字まで";
    case ColumnValue::text:
      return "文字";
    case ColumnValue::short_text:
      return std::to_string(kMostShortText) + "文字まで";
    case ColumnValue::provider:
      return "職員コード、または名称";
    case ColumnValue::obligation:
      return "omamorictl show が表示するキー";
    case ColumnValue::certificate:
      return "10桁の数字（セルの書式は文字列）";
    case ColumnValue::email:
      return "メールアドレス";
    case ColumnValue::phone:
      return "電話番号";
    case ColumnValue::day:
      return "日付（2026/4/1、R8.4.1 など）";
    case ColumnValue::instant:
      return "日付、または日付と時刻（2026/4/1 9:30）";
    case ColumnValue::month:
      return "年月（2026/6、R8.6 など）";
    case ColumnValue::months:
      return "年月。いくつかあるときは空白か読点で区切る（R8.6、R8.9）";
    case ColumnValue::interval:
      return "月数（1〜12）";
    case ColumnValue::printed_interval:
      return "月数（1〜12）、または受給者証の記載どおり（3月ごと(R8.7～R9.4)）";
    case ColumnValue::rhythm_days:
      return "日数（1〜3660）";
    case ColumnValue::grace_days:
      return "日数（0〜3660）";
    case ColumnValue::role:
      return one_of(role_words(Language::ja));
    case ColumnValue::plan_kind:
      return one_of(plan_kind_words(Language::ja));
    case ColumnValue::decision_kind:
      return one_of(decision_kind_words(Language::ja));
    case ColumnValue::outcome:
      return one_of(outcome_words(Language::ja));
    case ColumnValue::fail_means:
      return one_of(fail_means_words(Language::ja));
    case ColumnValue::yes_no:
      return one_of(yes_no_words(Language::ja));
    case ColumnValue::channels:
      return channel_words(Language::ja) + "。いくつかあるときは空白で区切り、使う順に";
    case ColumnValue::language:
      return one_of(language_words(Language::ja));
  }
  return {};
}

}  // namespace

std::string csv_template(CsvKind kind) {
  std::string out;
  {
    RowWriter titles(out);
    for (const Column& column : columns_of(kind)) titles.cell(column.japanese);
  }
  RowWriter row(out);
  bool first = true;
  for (const Column& column : columns_of(kind)) {
    const std::string mark(first ? kMark : std::string_view{});
    row.cell(mark + (column.required ? "必須。" : "任意。") + value_in_japanese(column.value));
    first = false;
  }
  return out;
}

bool is_explanation(std::string_view first_cell) { return first_cell.starts_with(kMark); }

}  // namespace omamori
