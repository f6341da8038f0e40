// `list visits`: the monitoring visits of some days, and the month each closed.
#include <algorithm>
#include <tuple>

#include "daemon/answer/visit_words.h"
#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::chrono::days kUsualSpan{31};

struct VisitRow {
  std::string office, case_manager, client;  // as known on the day of the visit
  VisitVerdict visit;
  std::optional<Day> due_by;  // of the month it closed
};

std::vector<ReportColumn> visit_columns() {
  return {{"office", "事業所", "office"}, {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"}, {"on", "訪問日", "visited"},
          {"did", "結果", "result"},      {"month", "月", "month"},
          {"due_by", "期限", "due by"},   {"days_late", ">遅れ日数", ">days late"},
          {"why", "なぜ", "because"},     {"id", ">記録", ">record"}};
}

std::string did_text(VisitVerdict::Kind kind, const Tongue& say) {
  switch (kind) {
    case VisitVerdict::Kind::closes:
      return say("期限内", "in time");
    case VisitVerdict::Kind::closes_late:
      return say("遅れて", "late");
    case VisitVerdict::Kind::extra:
      return say("追加", "extra");
  }
  return "";
}

std::string why_text(VisitVerdict::Why why, const Tongue& say) {
  switch (why) {
    case VisitVerdict::Why::none:
      return "";
    case VisitVerdict::Why::already_done:
      return say("その月は済んでいた", "that month was done already");
    case VisitVerdict::Why::not_required:
      return say("その月はモニタリング月ではない", "that month was not asked for");
    case VisitVerdict::Why::nothing_before:
      return say("前に期限の来た月がない", "no month was due before it");
    case VisitVerdict::Why::before_all:
      return say("モニタリング月がない", "there are no monitoring months");
  }
  return "";
}

void collect(const ClientDay& day, const Span& span, const ReportRequest& asked,
             std::vector<VisitRow>& rows) {
  for (const VisitVerdict& visit : day.months.visits) {
    if (visit.on < span.from || visit.on > span.until) continue;
    const ClientVersion& who = version_on(day.facts, visit.on);
    if (!asked.about(who)) continue;
    VisitRow row{who.office, who.case_manager, day.facts.code, visit, {}};
    for (const MonthRow& month : day.months.rows) {
      if (month.visit == visit.visit && is_met(month)) row.due_by = month.due_by;
    }
    rows.push_back(std::move(row));
  }
}

void add(ReportTable& table, const VisitRow& row, const Tongue& say) {
  const VisitVerdict& visit = row.visit;
  const bool closes = visit.kind != VisitVerdict::Kind::extra;
  const bool late = visit.kind == VisitVerdict::Kind::closes_late && row.due_by;
  table.add({row.office, staff_cell(row.case_manager, say), row.client, json_of(visit.on),
             ReportCell(json_word(visit.kind), did_text(visit.kind, say)),
             closes ? json_of(visit.month) : json::value(), json_of(row.due_by),
             late ? json::value((visit.on - *row.due_by).count()) : nullptr,
             ReportCell(text_or_null(json_word(visit.why)), why_text(visit.why, say)),
             visit.visit});
}

std::string title(const std::vector<VisitRow>& rows, const Span& span, const Tongue& say) {
  const auto count = [&](VisitVerdict::Kind kind) {
    return std::to_string(std::count_if(
        rows.begin(), rows.end(), [&](const VisitRow& row) { return row.visit.kind == kind; }));
  };
  const std::string days = say.range(span.from, span.until), all = std::to_string(rows.size());
  const std::string in_time = count(VisitVerdict::Kind::closes);
  const std::string late = count(VisitVerdict::Kind::closes_late);
  const std::string extra = count(VisitVerdict::Kind::extra);
  return say(days + " の訪問: " + all + "回（期限内 " + in_time + "・遅れて " + late + "・追加 " +
                 extra + "）",
             "Visits " + days + ": " + all + " (" + in_time + " in time, " + late + " late, " +
                 extra + " extra)");
}

}  // namespace

Response list_visits(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  std::string bad;
  const auto until = day_option(request, "until", asked->at, bad);
  if (!until) return wrong_usage(bad);
  const auto span = span_options(request, {*until - kUsualSpan, asked->at}, wrong);
  if (!span) return wrong;
  Report report;
  std::vector<VisitRow> rows;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) { collect(day, *span, *asked, rows); });
  std::sort(rows.begin(), rows.end(), [](const VisitRow& a, const VisitRow& b) {
    return std::tie(a.office, a.case_manager, a.visit.on, a.client, a.visit.visit) <
           std::tie(b.office, b.case_manager, b.visit.on, b.client, b.visit.visit);
  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, visit_columns());
  for (const VisitRow& row : rows) add(table, row, say);
  report.title = title(rows, *span, say);
  report.head = {{"at", to_string(asked->at)},
                 {"from", to_string(span->from)},
                 {"until", to_string(span->until)}};
  report.none = say("この期間に訪問の記録はありません。", "No visits are recorded in this time.");
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
