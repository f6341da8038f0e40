// `list due`: which months are open or coming, and which safety checks want their record.
#include <algorithm>
#include <tuple>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/due_items.h"

namespace omamori {
namespace {

constexpr std::chrono::days kUsualDays{31};

struct DueRow {
  std::string office, case_manager, client;
  bool suspended = false;
  DueItem item;
};

std::vector<ReportColumn> due_columns() {
  return {{"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"},
          {"what", "内容", "what"},
          {"month", "月", "month"},
          {"check", "安否確認", "check"},
          {"state", "状態", "state"},
          {"from", "開始", "from"},
          {"due_by", "期限", "due by"},
          {"days_left", ">残り日数", ">days left"},
          {"visit_on", "訪問予定日", "visit planned"},
          {"visit_by", "予定した人", "planned by"},
          {"provider", "実施者", "provider"},
          {"suspended", "休止中", "suspended", true},
          {"obligation", "名", "key", true}};
}

ReportCell state_cell(const DueRow& row, const Tongue& say) {
  const DueItem& item = row.item;
  const bool month = item.what == DueItem::What::month;
  std::string text = month ? say.word(item.state) : say.word(item.check_state);
  if (row.suspended) text += say("（休止中）", " (suspended)");
  return {month ? to_word(item.state) : to_word(item.check_state), std::move(text)};
}

void add(ReportTable& table, const DueRow& row, Day at, const Tongue& say) {
  const DueItem& item = row.item;
  const bool month = item.what == DueItem::What::month;
  const ObligationKind kind = month ? ObligationKind::monitoring : ObligationKind::check_in;
  table.add({row.office, staff_cell(row.case_manager, say), row.client,
             ReportCell(to_word(kind), say.word(kind)), json_of(item.month),
             text_or_null(item.check), state_cell(row, say), json_of(item.from), json_of(item.by),
             (item.by - at).count(), item.announced ? json_of(item.announced->on) : json::value(),
             item.announced ? json::value(item.announced->staff) : json::value(),
             text_or_null(item.provider), yes_cell(row.suspended, say),
             text_or_null(item.obligation)});
}

}  // namespace

Response list_due(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  const auto span = span_options(request, {asked->at, asked->at + kUsualDays}, wrong);
  if (!span) return wrong;
  if (span->until < asked->at) {
    return wrong_usage("--until " + to_string(span->until) + " is before " + to_string(asked->at) +
                       "; list overdue shows what is late");
  }
  Report report;
  std::vector<DueRow> rows;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) {
                    const ClientVersion& who = version_on(day.facts, day.today);
                    if (!asked->about(who)) return;
                    const bool suspended = suspension_on(day.facts, day.today) != nullptr;
                    for (DueItem& item : due_items(day, span->until)) {
                      rows.push_back({who.office, who.case_manager, day.facts.code, suspended,
                                      std::move(item)});
                    }
                  });
  std::sort(rows.begin(), rows.end(), [](const DueRow& a, const DueRow& b) {
    return std::tie(a.office, a.case_manager, a.item.by, a.client, a.item.check) <
           std::tie(b.office, b.case_manager, b.item.by, b.client, b.item.check);
  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, due_columns());
  for (const DueRow& row : rows) add(table, row, asked->at, say);
  const std::string at = to_string(asked->at), until = to_string(span->until);
  report.title = say(at + " 現在、" + until + " までに始まる月と、記録の期日が来ている安否確認: " +
                         std::to_string(rows.size()) + "件",
                     at + ": months that begin by " + until +
                         ", and checks that are due: " + std::to_string(rows.size()));
  report.head = {{"at", at}, {"until", until}};
  report.none = say("該当するものはありません。", "Nothing is due.");
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
