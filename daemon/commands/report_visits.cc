// `report visits`: were people seen when they should have been, and soon after somebody was told?
#include <map>
#include <utility>

#include "daemon/commands/options.h"
#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/telling_effect.h"
#include "daemon/reports/visit_timeliness.h"

namespace omamori {
namespace {

using ByPerson = std::map<std::pair<std::string, std::string>, Timeliness>;

struct VisitFigures {
  ByPerson people;
  Timeliness total;
  EffectByStage stages;
};

// Months due in the time, by who was responsible when they were due.
void collect(const ClientDay& day, const Span& span, const ReportRequest& asked, ByPerson& into) {
  for (const MonthRow& row : day.months.rows) {
    if (row.due_by < span.from || row.due_by > span.until) continue;
    const ClientVersion& who = version_on(day.facts, row.due_by);
    if (asked.about(who)) into[{who.office, who.case_manager}].add(row);
  }
}

// Each stage at which a month of the client was told, once: when the first of those told heard it.
std::vector<ToldMonth> told_months(Service& service, const std::string& client) {
  std::map<std::string, Obligation> months;
  for (StoredObligation& stored : service.store().obligations(client)) {
    const ObligationKind kind = stored.obligation.kind;
    const bool month = kind == ObligationKind::monitoring || kind == ObligationKind::streak;
    if (month) months[stored.obligation.key] = std::move(stored.obligation);
  }
  std::map<std::pair<std::string, int>, ToldMonth> first;
  for (const StoredItem& item : service.store().items_of(client)) {
    const auto about = months.find(item.reminder.obligation);
    // Who has a client back is told once more what was told before.
    const bool again = item.reminder.stage == kHandedBackStage;
    if (about == months.end() || !item.told_at || again) continue;
    const Day on = service.zone().day_of(*item.told_at);
    const ToldMonth told{item.reminder.stage, item.reminder.days, on, about->second.window_from};
    const auto [place, is_new] =
        first.try_emplace({item.reminder.obligation, item.reminder.days}, told);
    if (!is_new && on < place->second.told_on) place->second.told_on = on;
  }
  std::vector<ToldMonth> found;
  found.reserve(first.size());
  for (auto& [key, told] : first) found.push_back(std::move(told));
  return found;
}

void collect_told(const ClientDay& day, Service& service, const Span& span,
                  const ReportRequest& asked, EffectByStage& into) {
  for (const ToldMonth& told : told_months(service, day.facts.code)) {
    if (told.told_on < span.from || told.told_on > span.until) continue;
    if (!asked.about(version_on(day.facts, told.told_on))) continue;
    into.add(told, day.facts.visits, day.today);
  }
}

std::vector<ReportColumn> stage_columns() {
  return {{"stage", "段階", "stage"},
          {"days_from_due", ">期限から(日)", ">days from due"},
          {"told", ">知らせた数", ">told"},
          {"seen_within_15", ">15日以内に訪問", ">seen in 15 days"},
          {"share_seen", ">訪問の割合", ">share seen"},
          {"median_days_until_seen", ">訪問まで中央値(日)", ">median days until seen"},
          {"seen_before", ">先に訪問ずみ", ">seen before"},
          {"seen_pending", ">15日未満", ">not 15 days yet"}};
}

std::vector<ReportCell> stage_cells(const EffectByStage::Row& row) {
  const TellingEffect& e = row.effect;
  return {row.stage,     row.days, e.told, e.seen, percent(e.share()), number_cell(e.median_days()),
          e.seen_before, e.pending};
}

std::vector<ReportColumn> visit_report_columns() {
  std::vector<ReportColumn> columns{{"level", "区分", "level", true},
                                    {"office", "事業所", "office"},
                                    {"case_manager", "担当", "case manager"},
                                    {"required", ">対象の月", ">required"},
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
  // For machines and spreadsheets one table: the stages stand below, in columns of their own.
  for (ReportColumn column : stage_columns()) {
    column.data_only = true;
    columns.push_back(std::move(column));
  }
  return columns;
}

void add(ReportTable& table, const ReportCell& level, const ReportCell& office,
         const ReportCell& case_manager, const Timeliness& t) {
  const auto most = t.most_late();
  std::vector<ReportCell> cells{level,
                                office,
                                case_manager,
                                t.required(),
                                t.in_time,
                                percent(t.share_in_time()),
                                t.late,
                                number_cell(t.median_late()),
                                most ? json::value(*most) : json::value(),
                                t.unmet,
                                t.waived,
                                t.suspended,
                                t.open,
                                t.no_record};
  cells.resize(cells.size() + stage_columns().size(), ReportCell(nullptr));
  table.add(cells);
}

void add(ReportTable& table, const EffectByStage::Row& row, const Tongue& say) {
  std::vector<ReportCell> cells{{"stage", say("段階", "stage")}};
  cells.resize(visit_report_columns().size() - stage_columns().size(), ReportCell(nullptr));
  for (ReportCell& cell : stage_cells(row)) cells.push_back(std::move(cell));
  table.add(cells);
}

// For people a table of its own, below the other.
std::string stages_text(const EffectByStage& stages, const Tongue& say) {
  ReportTable table(Form::text, say, stage_columns());
  for (const EffectByStage::Row& row : stages.rows()) table.add(stage_cells(row));
  if (table.rows() == 0) return "";
  return say("\n■ 知らせてから15日以内に訪問したか\n", "\n== Seen within 15 days of being told\n") +
         table.finish();
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
  std::string ja = "対象の訪問 " + n(t.required()) + "回のうち、期限内 " + n(t.in_time) + "回（" +
                   share + "）、遅れて " + n(t.late) + "回";
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

std::string stage_notes(const Tongue& say) {
  return say(
      "知らせた数: 月と段階ごとに1回（複数の人に知らせても1回）。先に訪問ずみ: 知らせる前の訪問が、"
      "あとから記録されたもの。\n15日未満: 知らせてから15日がたっておらず、まだ訪問のないもの。"
      "どちらも割合には入らない。\n",
      "Told: once for each month and stage, however many heard it. Seen before: by a visit that "
      "was\nrecorded only after it was told. Neither those nor what was told less than 15 days ago "
      "is\npart of the share.\n");
}

std::string body_of(const ReportRequest& asked, const VisitFigures& figures, Report& report,
                    const Tongue& say) {
  ReportTable table(asked.form, say, visit_report_columns());
  fill(table, figures.people, figures.total, say);
  if (table.rows() > 0) report.notes = visit_report_notes(say);
  const auto stages = figures.stages.rows();
  if (asked.form != Form::text) {
    for (const EffectByStage::Row& row : stages) add(table, row, say);
    return table.finish();
  }
  if (stages.empty()) return table.finish();
  report.notes += (report.notes.empty() ? "\n" : "") + stage_notes(say);
  return (table.rows() > 0 ? table.finish() : report.none + "\n") +
         stages_text(figures.stages, say);
}

}  // namespace

Response report_visits_command(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  const auto span = year_span(request, *asked, wrong);
  if (!span) return wrong;
  Report report;
  VisitFigures figures;
  std::vector<std::string> untold;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) {
                    collect(day, *span, *asked, figures.people);
                    try {
                      collect_told(day, service, *span, *asked, figures.stages);
                    } catch (const BadRow&) {
                      untold.push_back("what was told of client " + day.facts.code);
                    }
                  });
  report.unreadable.insert(report.unreadable.end(), untold.begin(), untold.end());
  for (const auto& [who, t] : figures.people) figures.total.add(t);
  const Tongue say(asked->language);
  const std::string at = to_string(asked->at), days = say.range(span->from, span->until);
  report.title = say(days + " に期限が来たモニタリング（" + at + " 現在）\n",
                     "Monitorings due " + days + " (as of " + at + ")\n") +
                 summary(figures.total, say);
  report.head = {{"at", at}, {"from", to_string(span->from)}, {"until", to_string(span->until)}};
  report.none = say("この期間に期限が来た月はありません。", "No month was due in this time.");
  report.body = body_of(*asked, figures, report, say);
  return respond(*asked, report);
}

}  // namespace omamori
