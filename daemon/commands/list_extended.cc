// `list extended`: whose interval is longer here than on the certificate, so that the city reissues
// it.
#include <algorithm>
#include <tuple>

#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/longer_interval.h"

namespace omamori {
namespace {

struct ExtendedRow {
  std::string office, case_manager, client;
  LongerInterval interval;
};

std::vector<ReportColumn> extended_columns() {
  return {{"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"},
          {"certificate", ">受給者証(月)", ">certificate (months)"},
          {"usual", ">延長なし(月)", ">without (months)", true},
          {"interval_months", ">現在(月)", ">now (months)"},
          {"since", "延長の開始", "since"},
          {"basis", "理由", "because of"},
          {"check", "安否確認", "check", true},
          {"agreed_on", "合意日", "agreed on"},
          {"agreed_by", "合意者", "agreed by"},
          {"decision_start", "支給決定開始日", "decision from", true},
          {"decision_end", "支給決定終了日", "decision until"}};
}

// Whom it was agreed with, in the words of whoever wrote it down.
std::string agreed_by(Service& service, const LongerInterval& interval) {
  if (interval.check.empty()) return interval.reason;
  const auto check = service.store().check(interval.check);
  return check ? check->agreed_by : "";
}

void add(ReportTable& table, const ExtendedRow& row, const std::string& by, const Tongue& say) {
  const LongerInterval& i = row.interval;
  const auto& printed = i.period.interval_months;
  table.add({row.office, staff_cell(row.case_manager, say), row.client,
             printed ? ReportCell(*printed) : ReportCell(nullptr, say("（記載なし）", "(none)")),
             i.usual, i.here, json_of(i.since),
             ReportCell(to_word(i.basis), say.basis(i.basis, i.check, !i.check.empty())),
             text_or_null(i.check), json_of(i.agreed_on), text_or_null(by), json_of(i.period.start),
             json_of(i.period.end)});
}

}  // namespace

Response list_extended(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  Report report;
  std::vector<ExtendedRow> rows;
  each_client_day(
      service, *service.planning(), *asked, asked->at, report.unreadable,
      [&](const ClientDay& day) {
        const ClientVersion& who = version_on(day.facts, day.today);
        if (!asked->about(who)) return;
        if (auto longer = longer_interval(day)) {
          rows.push_back({who.office, who.case_manager, day.facts.code, std::move(*longer)});
        }
      });
  std::sort(rows.begin(), rows.end(), [](const ExtendedRow& a, const ExtendedRow& b) {
    return std::tie(a.office, a.case_manager, a.client) <
           std::tie(b.office, b.case_manager, b.client);
  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, extended_columns());
  for (const ExtendedRow& row : rows) add(table, row, agreed_by(service, row.interval), say);
  const std::string at = to_string(asked->at), count = std::to_string(rows.size());
  report.title =
      say(at + " 現在、受給者証より間隔が長い利用者: " + count + "人",
          at + ": clients whose interval is longer here than on the certificate: " + count);
  report.head = {{"at", at}};
  report.none = say("受給者証より間隔が長い利用者はいません。",
                    "Nobody's interval is longer here than on the certificate.");
  if (!rows.empty()) {
    report.notes = say("\n市に受給者証の記載の変更を依頼してください。\n",
                       "\nAsk the city to write it on the certificate.\n");
  }
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
