// `report intervals --on DAY`: how many people are monitored how often, as the yearly national
// survey asks.
#include <map>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/interval_counts.h"

namespace omamori {
namespace {

std::vector<ReportColumn> interval_columns() {
  return {{"level", "区分", "level", true},
          {"office", "事業所", "office"},
          {"people", ">計(人)", ">people"},
          {"1", ">毎月", ">monthly"},
          {"2", ">2か月ごと", ">2 months"},
          {"3", ">3か月ごと", ">3 months"},
          {"4", ">4か月ごと", ">4 months"},
          {"6", ">6か月ごと", ">6 months"},
          {"12", ">1年ごと", ">a year"},
          {"other", ">その他", ">other"},
          {"self_plan", ">セルフプラン", ">self plan"},
          {"extended", ">受給者証より長い", ">longer than certificate"},
          {"no_decision", ">支給決定なし", ">no decision"}};
}

void add(ReportTable& table, const ReportCell& level, const ReportCell& office,
         const IntervalCounts& c) {
  std::vector<ReportCell> cells{level, office, c.people()};
  for (const int people : c.by_interval) cells.emplace_back(people);
  for (const int people : {c.other, c.self_plan, c.extended, c.no_decision}) {
    cells.emplace_back(people);
  }
  table.add(cells);
}

std::string interval_notes(const Tongue& say) {
  return say(
      "\nその日に適用されている間隔による人数（新規・変更の当初の毎月を含む）。\n"
      "その他: 上記以外の間隔、または受給者証にモニタリング月の指定がある人。\n"
      "受給者証より長い: 計のうち、安否確認などで間隔を延ばしている人（list extended）。\n"
      "支給決定なし: その日に有効な支給決定がない人。計には入らない。\n",
      "\nBy the interval that is in force on that day, the first monthly months included.\n"
      "Other: another interval, or the certificate names the months. Longer than certificate: of\n"
      "all, those of list extended. No decision: none is in force on that day; not part of the\n"
      "people.\n");
}

}  // namespace

Response report_intervals_command(const Request& request, Service& service) {
  Response wrong;
  auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  std::string why;
  const auto on = day_option(request, "on", asked->at, why);
  if (!on) return wrong_usage(why);
  Report report;
  std::map<std::string, IntervalCounts> offices;
  IntervalCounts total;
  each_client_day(service, *service.planning(), *asked, *on, report.unreadable,
                  [&](const ClientDay& day) {
                    const ClientVersion& who = version_on(day.facts, day.today);
                    if (service_over(day.facts, day.today) || !asked->about(who)) return;
                    offices[who.office].add(day);
                    total.add(day);
                  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, interval_columns());
  for (const auto& [office, counts] : offices) {
    add(table, {"office", say("事業所", "office")}, office, counts);
  }
  if (offices.size() > 1) {
    add(table, {"total", say("全体", "total")}, {nullptr, say("全体", "everybody")}, total);
  }
  const std::string day = to_string(*on);
  report.title =
      say(day + " 現在のモニタリング期間別の人数: " + std::to_string(total.people()) + "人",
          "People by monitoring interval on " + day + ": " + std::to_string(total.people()));
  report.head = {{"on", day}};
  report.none = say("利用者はいません。", "There are no clients.");
  if (table.rows() > 0) report.notes = interval_notes(say);
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
