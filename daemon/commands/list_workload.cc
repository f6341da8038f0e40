// `list workload`: how many visits lie ahead of each case manager, month by month.
#include <charconv>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/workload.h"

namespace omamori {
namespace {

constexpr int kUsualMonths = 12;
constexpr int kMost = 36;

// "2026-11" for the first month and each January, else the month alone: "12".
std::string head_of(Month month, bool first) {
  const std::string text = to_string(month);
  return ">" + (first || month.month() == std::chrono::January ? text : text.substr(5));
}

std::vector<ReportColumn> columns(Form form, Month first, int months) {
  std::vector<ReportColumn> found{
      {"level", "区分", "level", true},         {"office", "事業所", "office"},
      {"case_manager", "担当", "case manager"}, {"clients", ">利用者", ">clients"},
      {"overdue", ">遅れている人", ">overdue"}, {"carried", ">繰越", ">carried"}};
  for (int i = 0; i < months; ++i) {
    const Month month = first + std::chrono::months{i};
    const std::string head = form == Form::text ? head_of(month, i == 0) : ">" + to_string(month);
    found.push_back({to_string(month), head, head});
  }
  found.push_back({"total", ">計", ">total"});
  found.push_back({"ending", ">期間が終わる人", ">decision ends"});
  return found;
}

void add(ReportTable& table, const ReportCell& level, const ReportCell& office,
         const ReportCell& case_manager, const Load& load) {
  const auto count = [](int n) { return ReportCell(n, n == 0 ? "" : std::to_string(n)); };
  std::vector<ReportCell> cells{
      level, office, case_manager, load.clients, count(load.overdue), count(load.carried)};
  for (const int month : load.months) cells.push_back(count(month));
  cells.emplace_back(load.total());
  cells.push_back(count(load.ending));
  table.add(cells);
}

void fill(ReportTable& table, const Workload& workload, const Tongue& say) {
  const auto offices = workload.offices();
  auto row = workload.rows().begin();
  for (const Workload::Row& office : offices) {
    for (; row != workload.rows().end() && row->office == office.office; ++row) {
      add(table, {"case_manager", say("担当", "case manager")}, row->office,
          staff_cell(row->case_manager, say), row->load);
    }
    add(table, {"office", say("事業所", "office")}, office.office,
        {nullptr, say("（計）", "(all)")}, office.load);
  }
  if (offices.size() > 1) {
    add(table, {"total", say("全体", "total")}, {nullptr, say("全体", "everybody")}, {nullptr},
        workload.total());
  }
}

std::string workload_notes(const Tongue& say) {
  return say(
      "\n月の数字は、その月にまだ済んでいないモニタリングの数。安否確認で免除される月は入らない。\n"
      "繰越は、遅れている人のうち今月の訪問では片付かない人（訪問が1回余分に要る）。\n"
      "期間が終わる人は、最後の月より前に支給決定期間が終わり、その先の月がまだ分からない人。\n",
      "\nA month's number: monitorings of that month still to be done; months that a safety check\n"
      "waives are not in it. Carried: those overdue whom no visit of this month settles as well.\n"
      "Decision ends: whose decision period ends before the last month; what follows is not "
      "known.\n");
}

std::optional<int> months_option(const Request& request, Response& wrong) {
  const std::string text = request.text("months");
  if (text.empty()) return kUsualMonths;
  int months = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), months);
  const bool number = error == std::errc{} && end == text.data() + text.size();
  if (number && months >= 1 && months <= kMost) return months;
  wrong = wrong_usage("--months " + text + ": give a number from 1 to " + std::to_string(kMost));
  return {};
}

}  // namespace

Response list_workload(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  const auto months = months_option(request, wrong);
  if (!months) return wrong;
  Report report;
  Workload workload(*months);
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) {
                    const ClientVersion& who = version_on(day.facts, day.today);
                    if (!asked->about(who)) return;
                    const Load load = load_of(day, *months);
                    if (load.clients > 0) workload.add(who, load);
                  });
  const Tongue say(asked->language);
  const Month first = month_of(asked->at);
  ReportTable table(asked->form, say, columns(asked->form, first, *months));
  fill(table, workload, say);
  const std::string at = to_string(asked->at), count = std::to_string(workload.total().total());
  report.title =
      say(at + " 現在、これからの訪問: " + count + "回", at + ": visits ahead: " + count);
  report.head = {{"at", at}, {"first_month", to_string(first)}, {"months", *months}};
  report.none = say("利用者がいません。", "There are no clients.");
  report.notes = workload_notes(say);
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
