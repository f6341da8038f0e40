// `report visits`: were people seen when they should have been?
#include <map>
#include <utility>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/visit_timeliness.h"

namespace omamori {
namespace {

using ByPerson = std::map<std::pair<std::string, std::string>, Timeliness>;

// Months due in the time, by who was responsible when they were due.
void collect(const ClientDay& day, const Span& span, const ReportRequest& asked, ByPerson& into) {
  for (const MonthRow& row : day.months.rows) {
    if (row.due_by < span.from || row.due_by > span.until) continue;
    const ClientVersion& who = version_on(day.facts, row.due_by);
    if (asked.about(who)) into[{who.office, who.case_manager}].add(row);
  }
}

std::vector<ReportColumn> visit_report_columns() {
  return {{"level", "区分", "level", true},
          {"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"required", ">求められた月", ">required"},
          {"in_time", ">期限内", ">in time"},
          {"share_in_time", ">期限内の割合", ">share"},
          {"late", ">遅れて", ">late"},
          {"median_days_late", ">遅れの中央値(日)", ">median days"},
          {"max_days_late", ">最大(日)", ">max days"},
          {"missed", ">未実施", ">not done"},
          {"waived", ">免除", ">waived"},
          {"suspended", ">休止", ">suspended"},
          {"open", ">期限前", ">not yet due"},
          {"no_record", ">記録なし", ">no record"}};
}

void add(ReportTable& table, const ReportCell& level, const ReportCell& office,
         const ReportCell& case_manager, const Timeliness& t) {
  const auto most = t.most_late();
  table.add({level, office, case_manager, t.required(), t.in_time, percent(t.share_in_time()),
             t.late, number_cell(t.median_late()), most ? json::value(*most) : json::value(),
             t.unmet, t.waived, t.suspended, t.open, t.no_record});
}

void fill(ReportTable& table, const ByPerson& people, const Timeliness& total, const Tongue& say) {
  std::size_t offices = 0;
  for (auto person = people.begin(); person != people.end();) {
    const std::string& office = person->first.first;
    Timeliness of_office;
    for (; person != people.end() && person->first.first == office; ++person) {
      add(table, {"case_manager", say("担当", "case manager")}, office,
          staff_cell(person->first.second, say), person->second);
      of_office.add(person->second);
    }
    add(table, {"office", say("事業所", "office")}, office, {nullptr, say("（計）", "(all)")},
        of_office);
    ++offices;
  }
  if (offices > 1) {
    add(table, {"total", say("全体", "total")}, {nullptr, say("全体", "everybody")}, {nullptr},
        total);
  }
}

// The answer in one sentence.
std::string summary(const Timeliness& t, const Tongue& say) {
  const auto n = [](int count) { return std::to_string(count); };
  if (t.required() == 0) return "";
  const std::string share = percent(t.share_in_time()).text();
  const std::string median = number_cell(t.median_late()).text();
  const std::string most = t.most_late() ? n(*t.most_late()) : "";
  std::string ja = "求められた訪問 " + n(t.required()) + "回のうち、期限内 " + n(t.in_time) +
                   "回（" + share + "）、遅れて " + n(t.late) + "回";
  std::string en = "Of " + n(t.required()) + " visits asked for, " + n(t.in_time) +
                   " were made in time (" + share + "), " + n(t.late) + " late";
  if (t.late > 0) {
    ja += "（中央値 " + median + "日、最大 " + most + "日）";
    en += " (median " + median + ", at most " + most + " days)";
  }
  return say(
      ja + "、未実施 " + n(t.unmet) + "回。安否確認で免除された月 " + n(t.waived) + "。\n",
      en + ", " + n(t.unmet) + " not at all. Waived by a safety check: " + n(t.waived) + ".\n");
}

std::string visit_report_notes(const Tongue& say) {
  return say(
      "\n担当: それぞれの月の期限の日の担当。\n"
      "記録なし: 見守り開始より前に期限が来て、記録のない月。割合には入らない。\n",
      "\nThe case manager is the one of the month's due-by day.\n"
      "No record: due before the watch began, and nothing is recorded; not part of the share.\n");
}

}  // namespace

Response report_visits_command(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  const auto span = year_span(request, *asked, wrong);
  if (!span) return wrong;
  Report report;
  ByPerson people;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) { collect(day, *span, *asked, people); });
  Timeliness total;
  for (const auto& [who, t] : people) total.add(t);
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, visit_report_columns());
  fill(table, people, total, say);
  const std::string at = to_string(asked->at), days = say.range(span->from, span->until);
  report.title = say(days + " に期限が来たモニタリング（" + at + " 現在）\n",
                     "Monitorings due " + days + " (as of " + at + ")\n") +
                 summary(total, say);
  report.head = {{"at", at}, {"from", to_string(span->from)}, {"until", to_string(span->until)}};
  report.none = say("この期間に期限が来た月はありません。", "No month was due in this time.");
  if (table.rows() > 0) report.notes = visit_report_notes(say);
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
