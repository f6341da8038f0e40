// `report checks`: does what stands in for a visit work? By method, provider, case manager, check.
#include <algorithm>
#include <map>
#include <tuple>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/check_reliability.h"

namespace omamori {
namespace {

struct CheckRow {
  std::string office, case_manager, client, check, provider, method;
  Reliability record;
};

void collect(const ClientDay& day, Service& service, const Span& span, const ReportRequest& asked,
             std::vector<CheckRow>& rows) {
  const ClientVersion& who = version_on(day.facts, span.until);
  if (!asked.about(who)) return;
  for (const Check& check : day.facts.checks) {
    const auto record = reliability(day.facts, day.months, check, span.from, span.until, day.today);
    if (!record) continue;
    const auto known = service.store().check(check.code);
    rows.push_back({who.office, who.case_manager, day.facts.code, check.code,
                    version_on(check, span.until).terms.provider, known ? known->method : "",
                    *record});
  }
}

// The columns after those that say whom a row is about.
void add_record_columns(std::vector<ReportColumn>& columns) {
  for (const ReportColumn& column :
       std::vector<ReportColumn>{{"checks", ">件数", ">checks"},
                                 {"expected", ">確認", ">expected"},
                                 {"in_time", ">期日まで", ">in time"},
                                 {"share_in_time", ">割合", ">share"},
                                 {"late", ">猶予中", ">in grace"},
                                 {"missed", ">なし", ">missed"},
                                 {"pending", ">猶予が残る", ">pending", true},
                                 {"lapses", ">途切れ", ">lapses"},
                                 {"lapsed_days", ">途切れた日数", ">days lapsed"},
                                 {"concerns", ">気がかり", ">concerns"},
                                 {"answered", ">返事あり", ">answered", true},
                                 {"hours_until_word", ">返事まで（時間）", ">hours to a word"},
                                 {"days", ">対象の日数", ">days in force", true},
                                 {"fulfilled_days", ">確認できていた日数", ">days confirmed", true},
                                 {"share_fulfilled", ">確認できていた日", ">days confirmed"},
                                 {"waived", ">免除した月", ">months waived"},
                                 {"troubled", ">後で異変", ">then trouble"}}) {
    columns.push_back(column);
  }
  // Two columns of one name would be taken for one.
  columns[columns.size() - 3].en = ">share of days";
}

void add_record_cells(std::vector<ReportCell>& cells, const Reliability& r) {
  for (const int number : {r.checks, r.expected(), r.in_time}) cells.emplace_back(number);
  cells.push_back(percent(r.share_in_time()));
  for (const int number :
       {r.late, r.missed, r.pending, r.lapses, r.lapsed_days, r.concerns, r.answered}) {
    cells.emplace_back(number);
  }
  cells.push_back(number_cell(r.hours_until_word()));
  for (const int number : {r.days, r.fulfilled_days}) cells.emplace_back(number);
  cells.push_back(percent(r.share_fulfilled()));
  for (const int number : {r.waived, r.troubled}) cells.emplace_back(number);
}

// One way of summing up: the columns that say whom a row is about, and where a check belongs.
struct Grouping {
  const char* level;
  std::string title_ja, title_en;
  std::vector<ReportColumn> columns;
  std::vector<std::string> (*key)(const CheckRow&);
};

const std::vector<Grouping>& groupings() {
  static const std::vector<Grouping> all{
      {"method",
       "方法ごと",
       "by method",
       {{"method", "方法", "method"}},
       [](const CheckRow& row) { return std::vector{row.method}; }},
      {"provider",
       "実施者ごと",
       "by provider",
       {{"provider", "実施者", "provider"}},
       [](const CheckRow& row) { return std::vector{row.provider}; }},
      {"case_manager",
       "担当ごと",
       "by case manager",
       {{"office", "事業所", "office"}, {"case_manager", "担当", "case manager"}},
       [](const CheckRow& row) {
         return std::vector{row.office, row.case_manager};
       }},
      {"check",
       "安否確認ごと",
       "by safety check",
       {{"office", "事業所", "office"},
        {"case_manager", "担当", "case manager"},
        {"client", "利用者", "client"},
        {"check", "安否確認", "check"},
        {"provider", "実施者", "provider"},
        {"method", "方法", "method"}},
       [](const CheckRow& row) {
         return std::vector{row.office, row.case_manager, row.client,
                            row.check,  row.provider,     row.method};
       }}};
  return all;
}

std::map<std::vector<std::string>, Reliability> sums(const std::vector<CheckRow>& rows,
                                                     const Grouping& grouping) {
  std::map<std::vector<std::string>, Reliability> found;
  for (const CheckRow& row : rows) found[grouping.key(row)].add(row.record);
  return found;
}

ReportCell code_cell(const std::string& code, const Tongue& say) {
  if (code.empty()) return {nullptr, say("（なし）", "(none)")};
  return {code};
}

// For people: a table for each way of summing up.
std::string text_of(const std::vector<CheckRow>& rows, const Tongue& say) {
  std::string out;
  for (const Grouping& grouping : groupings()) {
    std::vector<ReportColumn> columns = grouping.columns;
    add_record_columns(columns);
    ReportTable table(Form::text, say, columns);
    for (const auto& [key, record] : sums(rows, grouping)) {
      std::vector<ReportCell> cells;
      for (const std::string& code : key) cells.push_back(code_cell(code, say));
      add_record_cells(cells, record);
      table.add(cells);
    }
    if (table.rows() == 0) continue;
    out +=
        "\n" + say("■ ", "== ") + say(grouping.title_ja, grouping.title_en) + "\n" + table.finish();
  }
  return out;
}

// For machines and spreadsheets: one table, the way of summing up in its first column.
std::string data_of(Form form, const std::vector<CheckRow>& rows, const Reliability& total,
                    const Tongue& say) {
  const std::vector<ReportColumn>& about = groupings().back().columns;
  std::vector<ReportColumn> columns{{"level", "区分", "level"}};
  columns.insert(columns.end(), about.begin(), about.end());
  add_record_columns(columns);
  ReportTable table(form, say, columns);
  const auto add = [&](const ReportCell& level, const Grouping* grouping,
                       const std::vector<std::string>& key, const Reliability& record) {
    std::vector<ReportCell> cells{level};
    for (const ReportColumn& column : about) {
      ReportCell cell{nullptr};
      for (std::size_t i = 0; i < key.size(); ++i) {
        if (grouping->columns[i].key == column.key) cell = text_or_null(key[i]);
      }
      cells.push_back(std::move(cell));
    }
    add_record_cells(cells, record);
    table.add(cells);
  };
  add({"total", say("全体", "total")}, nullptr, {}, total);
  for (const Grouping& grouping : groupings()) {
    for (const auto& [key, record] : sums(rows, grouping)) {
      add({grouping.level, say(grouping.title_ja, grouping.title_en)}, &grouping, key, record);
    }
  }
  return table.finish();
}

std::string n(int count) { return std::to_string(count); }

std::string in_brackets(const std::string& text, const char* open, const char* close) {
  return text.empty() ? "" : open + text + close;
}

// How soon somebody answers what is wrong.
std::string answered_ja(const Reliability& r) {
  if (r.concerns == 0) return "";
  const std::string hours_text = number_cell(r.hours_until_word()).text();
  return "（返事か記録 " + n(r.answered) + "回" +
         (hours_text.empty() ? "" : "、最初の返事まで中央値 " + hours_text + "時間") + "）";
}
std::string answered_en(const Reliability& r) {
  if (r.concerns == 0) return "";
  const std::string hours_text = number_cell(r.hours_until_word()).text();
  return " (answered: " + n(r.answered) +
         (hours_text.empty() ? ""
                             : ", after " + hours_text + " h to the first word, by the median") +
         ")";
}

// The answer in three lines.
std::string summary_ja(const Reliability& r) {
  const std::string share = in_brackets(percent(r.share_in_time()).text(), "（", "）");
  return "安否確認 " + n(r.checks) + "件。予定された確認 " + n(r.expected()) +
         "回のうち、期日まで " + n(r.in_time) + "回" + share + "、猶予のうちに " + n(r.late) +
         "回、なし " + n(r.missed) + "回。\n途切れ " + n(r.lapses) + "回（のべ " +
         n(r.lapsed_days) + "日）、気がかり " + n(r.concerns) + "回" + answered_ja(r) +
         "。確認できていた日 " + percent(r.share_fulfilled()).text() + "。\n免除した訪問 " +
         n(r.waived) + "回。そのうち、次に会うまでに途切れか気がかりがあったもの " + n(r.troubled) +
         "回。\n";
}

std::string summary_en(const Reliability& r) {
  const std::string share = in_brackets(percent(r.share_in_time()).text(), " (", ")");
  return n(r.checks) + (r.checks == 1 ? " safety check" : " safety checks") + ". Of " +
         n(r.expected()) + " confirmations expected, " + n(r.in_time) + " came by their day" +
         share + ", " + n(r.late) + " within the days of grace, " + n(r.missed) +
         " did not.\nLapses: " + n(r.lapses) + " (" + n(r.lapsed_days) +
         " days in all); concerns: " + n(r.concerns) + answered_en(r) + "; confirmed on " +
         percent(r.share_fulfilled()).text() + " of the days.\nVisits waived: " + n(r.waived) +
         "; followed by a lapse or a concern before the person was next seen: " + n(r.troubled) +
         ".\n";
}

std::string check_report_notes(const Tongue& say) {
  return say(
      "\n確認: 前の確認から間隔の日数ごとに1回。猶予中: 期日のあと、途切れる前に届いたもの。\n"
      "確認できていた日: 延長の根拠になる確認があった日の割合。休止中の日は数えない。\n"
      "後で異変: 免除した月のうち、次に会うまでに気がかりか途切れがあったもの。\n",
      "\nExpected: one confirmation every so many days after the last. In grace: after its day, "
      "but\n"
      "before the check lapsed. Share of days: those on which it could lengthen the interval;\n"
      "days of a suspension are not counted. Then trouble: months waived that a concern or a\n"
      "lapse followed before the person was seen again.\n");
}

}  // namespace

Response report_checks_command(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  const auto span = year_span(request, *asked, wrong);
  if (!span) return wrong;
  Report report;
  std::vector<CheckRow> rows;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) { collect(day, service, *span, *asked, rows); });
  Reliability total;
  for (const CheckRow& row : rows) total.add(row.record);
  const Tongue say(asked->language);
  const std::string at = to_string(asked->at), days = say.range(span->from, span->until);
  report.title = say(days + " の安否確認（" + at + " 現在）\n",
                     "Safety checks " + days + " (as of " + at + ")\n");
  report.head = {{"at", at}, {"from", to_string(span->from)}, {"until", to_string(span->until)}};
  report.none = say("この期間に合意のある安否確認はありません。",
                    "No agreed safety check was in force in this time.");
  if (!rows.empty()) {
    report.title += say(summary_ja(total), summary_en(total));
    report.title.pop_back();
    report.notes = check_report_notes(say);
  }
  report.body =
      asked->form == Form::text ? text_of(rows, say) : data_of(asked->form, rows, total, say);
  return respond(*asked, report);
}

}  // namespace omamori
