#include "daemon/import/csv/columns.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

using Value = ColumnValue;

constexpr std::array<Column, 4> kOffices{{
    {"office_code", "事業所コード", Value::code, true},
    {"name", "事業所名", Value::text, true},
    {"supervisor", "管理者", Value::code},
    {"core_center", "基幹相談支援センター", Value::code},
}};
constexpr std::array<Column, 10> kStaff{{
    {"staff_code", "職員コード", Value::code, true},
    {"name", "氏名", Value::text, true},
    {"role", "役割", Value::role, true},
    {"office_code", "事業所コード", Value::code},
    {"email", "メール", Value::email},
    {"webhook", "Webhook", Value::code},
    {"channels", "通知方法", Value::channels},
    {"language", "言語", Value::language},
    {"until", "退職日", Value::day},
    {"phone", "電話", Value::phone},
}};
constexpr std::array<Column, 14> kClients{{
    {"client_code", "利用者コード", Value::code, true},
    {"name", "利用者名", Value::text},
    {"certificate_no", "受給者証番号", Value::certificate},
    {"office_code", "事業所コード", Value::code, true},
    {"case_manager", "相談支援専門員", Value::code},
    {"plan_kind", "計画区分", Value::plan_kind, true},
    {"decision_start", "支給決定開始日", Value::day, true},
    {"decision_end", "支給決定終了日", Value::day, true},
    {"decision_kind", "決定区分", Value::decision_kind},
    {"interval_months", "モニタリング期間", Value::printed_interval},
    {"monitoring_months", "モニタリング月", Value::months},
    {"watched_from", "見守り開始日", Value::day},
    {"short_stay", "短期入所先", Value::text},
    {"emergency_list", "緊急時登録", Value::yes_no},
}};
constexpr std::array<Column, 15> kSafetyChecks{{
    {"check_code", "安否確認コード", Value::code, true},
    {"client_code", "利用者コード", Value::code, true},
    {"provider", "実施者", Value::provider},
    {"method", "方法", Value::text},
    {"from", "開始日", Value::day, true},
    {"until", "終了日", Value::day},
    {"every_days", "間隔日数", Value::rhythm_days, true},
    {"grace_days", "猶予日数", Value::grace_days},
    {"extends_to_months", "延長後間隔", Value::interval},
    {"agreed_on", "合意日", Value::day},
    {"agreed_by", "合意者", Value::text},
    {"watched_from", "見守り開始日", Value::day},
    {"provider_ref", "事業所の番号", Value::short_text},
    {"fail_means", "失敗の意味", Value::fail_means},
    {"get_allowed", "GET可", Value::yes_no},
}};
constexpr std::array<Column, 5> kCheckIns{{
    {"check_code", "安否確認コード", Value::code, true},
    {"at", "確認日時", Value::instant, true},
    {"outcome", "結果", Value::outcome, true},
    {"by", "確認者", Value::text},
    {"note", "備考", Value::text},
}};
constexpr std::array<Column, 5> kMonitorings{{
    {"client_code", "利用者コード", Value::code, true},
    {"on", "実施日", Value::day, true},
    {"for_month", "対象月", Value::month},
    {"by", "実施者", Value::text},
    {"note", "備考", Value::text},
}};

constexpr std::array<Column, 4> kContacts{{
    {"client_code", "利用者コード", Value::code, true},
    {"on", "連絡日", Value::day, true},
    {"by", "連絡者", Value::text},
    {"note", "備考", Value::text},
}};
constexpr std::array<Column, 5> kSuspensions{{
    {"client_code", "利用者コード", Value::code, true},
    {"from", "開始日", Value::day, true},
    {"until", "終了日", Value::day},
    {"reason", "理由", Value::text, true},
    {"by", "届出者", Value::text},
}};
constexpr std::array<Column, 4> kAbsences{{
    {"staff_code", "職員コード", Value::code, true},
    {"from", "開始日", Value::day, true},
    {"until", "終了日", Value::day},
    {"delegate", "代理", Value::code},
}};
constexpr std::array<Column, 4> kAcknowledgements{{
    {"obligation", "お知らせのキー", Value::obligation, true},
    {"staff_code", "職員コード", Value::code, true},
    {"made_on", "回答日", Value::day, true},
    {"visit_on", "訪問予定日", Value::day},
}};

// Levenshtein distance in bytes: Japanese characters count three times, for both sides alike.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::span<const Column> columns, const std::string& title) {
  std::string_view best;
  std::size_t best_distance = static_cast<std::size_t>(-1);
  for (const Column& column : columns) {
    for (const std::string_view name : {column.name, column.japanese}) {
      const std::size_t d = distance(title, match_key(name));
      if (d >= best_distance) continue;
      best = name;
      best_distance = d;
    }
  }
  return best;
}

bool column_is_empty(const Table& table, std::size_t place) {
  return std::all_of(table.rows().begin(), table.rows().end(),
                     [&](const Table::Row& row) { return trim(table.field(row, place)).empty(); });
}

std::string columns_text(std::span<const Column> columns) {
  std::string out;
  for (const Column& column : columns) {
    if (column.required) out += (out.empty() ? "" : ", ") + std::string(column.name);
  }
  return out;
}

// Fills a Header from the first row of a table.
class HeaderReader {
 public:
  HeaderReader(CsvKind kind, const std::string& file, const Table& table,
               std::vector<CsvError>& errors)
      : file_(file), table_(table), errors_(errors) {
    header_.columns = columns_of(kind);
    header_.places.assign(header_.columns.size(), Header::kAbsent);
    for (const Column& column : header_.columns) header_.titles.emplace_back(column.name);
  }

  Header read() {
    if (none_is_known()) {
      say("", "has no known column in its first line; it must be the header, with at least " +
                  columns_text(header_.columns));
      header_.broken = true;
      return std::move(header_);
    }
    for (std::size_t place = 0; place < table_.header().field_count; ++place) take(place);
    for (std::size_t i = 0; i < header_.columns.size(); ++i) {
      if (!header_.columns[i].required || header_.places[i] != Header::kAbsent) continue;
      say(std::string(header_.columns[i].name),
          "the column is missing [" + std::string(header_.columns[i].japanese) + "]");
      header_.broken = true;
    }
    return std::move(header_);
  }

 private:
  std::string title(std::size_t place) const {
    return on_one_line(trim(table_.field(table_.header(), place)));
  }

  std::size_t find(const std::string& text) const {
    const auto found =
        std::find_if(header_.columns.begin(), header_.columns.end(), [&](const Column& column) {
          return text == match_key(column.name) || text == match_key(column.japanese);
        });
    return static_cast<std::size_t>(found - header_.columns.begin());
  }

  // A file without a header begins with a row of data: its cells must not be repeated in messages.
  bool none_is_known() const {
    for (std::size_t place = 0; place < table_.header().field_count; ++place) {
      if (find(match_key(title(place))) < header_.columns.size()) return false;
    }
    return true;
  }

  void take(std::size_t place) {
    const std::string written = title(place);
    const std::string text = match_key(written);
    if (text.empty()) {
      if (!column_is_empty(table_, place)) {
        say("", "column " + std::to_string(place + 1) + " has cells but no header");
      }
      return;
    }
    const std::size_t i = find(text);
    if (i == header_.columns.size()) {
      say(text_problem(written).empty() ? written : "",
          "unknown column; did you mean " + std::string(nearest(header_.columns, text)) + "?");
    } else if (header_.places[i] != Header::kAbsent) {
      say(written, "column " + std::to_string(place + 1) + " is the same as column " +
                       std::to_string(header_.places[i] + 1) + " (" + header_.titles[i] + ")");
      header_.broken = true;
    } else {
      header_.places[i] = place;
      header_.titles[i] = written;
    }
  }

  void say(std::string column, std::string message) {
    errors_.push_back({file_, table_.header().line, std::move(column), std::move(message)});
  }

  const std::string& file_;
  const Table& table_;
  std::vector<CsvError>& errors_;
  Header header_;
};

}  // namespace

std::span<const Column> columns_of(CsvKind kind) {
  switch (kind) {
    case CsvKind::offices:
      return kOffices;
    case CsvKind::staff:
      return kStaff;
    case CsvKind::clients:
      return kClients;
    case CsvKind::safety_checks:
      return kSafetyChecks;
    case CsvKind::check_ins:
      return kCheckIns;
    case CsvKind::monitorings:
      return kMonitorings;
    case CsvKind::contacts:
      return kContacts;
    case CsvKind::suspensions:
      return kSuspensions;
    case CsvKind::absences:
      return kAbsences;
    case CsvKind::acknowledgements:
      return kAcknowledgements;
  }
  return {};
}

std::size_t Header::index(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  assert(found != columns.end());
  return static_cast<std::size_t>(found - columns.begin());
}

Header read_header(CsvKind kind, const std::string& file, const Table& table,
                   std::vector<CsvError>& errors) {
  return HeaderReader(kind, file, table, errors).read();
}

}  // namespace omamori
