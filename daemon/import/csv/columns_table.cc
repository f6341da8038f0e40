#include "daemon/import/csv/columns_table.h"

#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/words.h"

namespace omamori {
namespace {

std::string value_text(ColumnValue value) {
  switch (value) {
    case ColumnValue::code:
      return "code";
    case ColumnValue::text:
      return "text";
    case ColumnValue::short_text:
      return "text, up to " + std::to_string(kMostShortText) + " characters";
    case ColumnValue::provider:
      return "code of staff, or text";
    case ColumnValue::obligation:
      return "key, as `show` prints it";
    case ColumnValue::certificate:
      return "number of ten digits";
    case ColumnValue::email:
      return "mail address";
    case ColumnValue::phone:
      return "telephone number";
    case ColumnValue::day:
      return "day";
    case ColumnValue::instant:
      return "day, or day and time";
    case ColumnValue::month:
      return "month";
    case ColumnValue::months:
      return "months";
    case ColumnValue::interval:
      return "months, 1 to 12";
    case ColumnValue::printed_interval:
      return "months, 1 to 12, or as printed: 3月ごと(R8.7～R9.4)";
    case ColumnValue::rhythm_days:
      return "days, 1 to 3660";
    case ColumnValue::grace_days:
      return "days, 0 to 3660";
    case ColumnValue::role:
      return role_words();
    case ColumnValue::plan_kind:
      return plan_kind_words();
    case ColumnValue::decision_kind:
      return decision_kind_words();
    case ColumnValue::outcome:
      return outcome_words();
    case ColumnValue::fail_means:
      return fail_means_words();
    case ColumnValue::yes_no:
      return yes_no_words();
    case ColumnValue::channels:
      return "one or more of " + channel_words();
    case ColumnValue::language:
      return language_words();
  }
  return {};
}

std::string row_text(const Column& column) {
  return "| `" + std::string(column.name) + "` | " + std::string(column.japanese) + " | " +
         (column.required ? "yes" : "") + " | " + value_text(column.value) + " |\n";
}

}  // namespace

std::string columns_table() {
  std::string out;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    out += (out.empty() ? "" : "\n") + ("### " + std::string(csv_word(kind))) + ".csv\n\n";
    out += "| column | in Japanese | required | value |\n|---|---|---|---|\n";
    for (const Column& column : columns_of(kind)) out += row_text(column);
  }
  return out;
}

}  // namespace omamori
