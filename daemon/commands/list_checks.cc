// `list checks`: how every safety check stands, when it lapses, and how far it carries.
#include <algorithm>
#include <tuple>

#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/check_extension.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

struct ShownCheck {
  std::string office, case_manager, client, check;
  CheckTerms terms;
  CheckStanding standing;
  Day lapses_on{};  // the day it lapsed, or will unless it is confirmed
  CheckReach reach;
};

std::vector<ReportColumn> check_columns() {
  return {{"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"},
          {"check", "安否確認", "check"},
          {"state", "状態", "state"},
          {"last_ok", "最後の確認", "last ok"},
          {"expected", "次の確認日", "next expected"},
          {"lapses_on", "途切れる日", "lapses on"},
          {"every_days", ">間隔(日)", ">every (days)"},
          {"grace_days", ">猶予(日)", ">grace (days)"},
          {"interval_without", ">なしで(月)", ">without (months)"},
          {"interval_with", ">ありで(月)", ">with (months)"},
          {"in_effect", "延長中", "in effect"},
          {"provider", "実施者", "provider"},
          {"method", "方法", "method"},
          {"until", "終了日", "until"}};
}

Day lapse_day(const Check& check, const CheckStanding& s, Day today) {
  if (s.state == CheckState::lapsed) {
    const auto all = lapses(check, today);
    if (!all.empty() && !all.back().closed) return all.back().opened;
  }
  return s.deadline + std::chrono::days{1};
}

void collect(const ClientDay& day, std::vector<ShownCheck>& rows) {
  const ClientFacts& facts = day.facts;
  if (service_over(facts, day.today)) return;
  const ClientVersion& who = version_on(facts, day.today);
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = version_on(check, day.today).terms;
    const CheckStanding s = standing(terms, check.check_ins, day.today);
    rows.push_back({who.office, who.case_manager, facts.code, check.code, terms, s,
                    lapse_day(check, s, day.today), reach_of(day, check)});
  }
}

void add(ReportTable& table, const ShownCheck& row, const std::string& method, const Tongue& say) {
  const CheckState state = row.standing.state;
  // A check that is over or that nobody agreed to awaits nothing.
  const bool watched = state != CheckState::ended && state != CheckState::not_agreed;
  const CheckReach& reach = row.reach;
  const auto months = [](int count) { return count == 0 ? json::value() : json::value(count); };
  table.add({row.office, staff_cell(row.case_manager, say), row.client, row.check,
             ReportCell(to_word(state), say.word(state)), json_of(row.standing.last_ok),
             watched ? json_of(row.standing.expected) : json::value(),
             watched ? json_of(row.lapses_on) : json::value(), row.terms.every_days,
             row.terms.grace_days, months(reach.without), months(reach.with_it),
             yes_cell(reach.in_effect, say), text_or_null(row.terms.provider), text_or_null(method),
             json_of(row.terms.until)});
}

}  // namespace

Response list_checks(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  Report report;
  std::vector<ShownCheck> rows;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) {
                    if (asked->about(version_on(day.facts, day.today))) collect(day, rows);
                  });
  std::sort(rows.begin(), rows.end(), [](const ShownCheck& a, const ShownCheck& b) {
    return std::tie(a.office, a.case_manager, a.client, a.check) <
           std::tie(b.office, b.case_manager, b.client, b.check);
  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, check_columns());
  for (const ShownCheck& row : rows) {
    const auto record = service.store().check(row.check);
    add(table, row, record ? record->method : "", say);
  }
  const std::string at = to_string(asked->at), count = std::to_string(rows.size());
  report.title = say(at + " 現在の安否確認: " + count + "件", at + ": safety checks: " + count);
  report.head = {{"at", at}};
  report.none = say("安否確認はありません。", "There are no safety checks.");
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
