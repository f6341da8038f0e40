// `list risk`: the week in one view, by who must act: what has gone wrong, and what has its last
// day within seven days. The weekly message is the same list.
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/risk_items.h"

namespace omamori {
namespace {

std::vector<ReportColumn> risk_columns() {
  return {{"acts", "対応する人", "who acts"},
          {"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"},
          {"kind", "内容", "what"},
          {"months", "月", "months"},
          {"check", "安否確認", "check"},
          {"since", "発生日", "since"},
          {"by", "期限", "by"},
          {"days_late", ">遅れ日数", ">days late"},
          {"suspended", "休止中", "suspended", true},
          {"obligation", "名", "key", true}};
}

std::string what(const RiskItem& item, const Tongue& say) {
  const std::string text = item.kind == ObligationKind::check_in
                               ? say("安否確認の途切れ間近", "safety check near its lapse")
                               : say.word(item.kind);
  return text + (item.suspended ? say("（休止中）", " (suspended)") : "");
}

void add(ReportTable& table, const RiskItem& item, Day today, const Tongue& say) {
  const int late = days_past(item, today);
  const std::string& acts = item.acts.staff;
  table.add({acts.empty() ? ReportCell(nullptr, say("運用担当", "operator")) : ReportCell(acts),
             item.office, staff_cell(item.case_manager, say), item.client,
             ReportCell(risk_word(item), what(item, say)), json_of(item.months),
             text_or_null(item.check), json_of(item.since), json_of(item.by),
             ReportCell(late, late > 0 ? std::to_string(late) : ""), yes_cell(item.suspended, say),
             text_or_null(item.obligation)});
}

void collect(const ClientDay& day, const ReportRequest& asked, std::vector<RiskItem>& rows) {
  for (RiskItem& item : risk_items(day.facts, live_obligations(day), day.directory, day.today)) {
    const bool office = asked.office.empty() || asked.office == item.office;
    const bool staff =
        asked.staff.empty() || asked.staff == item.case_manager || asked.staff == item.acts.staff;
    if (office && staff) rows.push_back(std::move(item));
  }
}

}  // namespace

Response list_risk(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  Report report;
  std::vector<RiskItem> rows;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) { collect(day, *asked, rows); });
  sort_by_who_acts(rows);
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, risk_columns());
  for (const RiskItem& item : rows) add(table, item, asked->at, say);
  const std::string at = to_string(asked->at), until = to_string(asked->at + kWeekAhead);
  const std::string count = std::to_string(rows.size());
  report.title = say(at + " から " + until + " までに対応が必要なもの: " + count + "件",
                     at + " to " + until + ": somebody must act: " + count);
  report.head = {{"at", at}, {"until", until}};
  report.none = say("対応が必要なものはありません。", "Nobody has to act.");
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
