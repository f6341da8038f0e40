// `list overdue`: what has gone wrong and is open, how late it is, and who was told of it last.
#include <algorithm>
#include <tuple>

#include "daemon/commands/report_table.h"
#include "daemon/model/calendar.h"
#include "daemon/reports/due_items.h"

namespace omamori {
namespace {

struct LastTold {
  std::string staff;
  Instant at{};
};

struct OverdueRow {
  std::string office, case_manager;
  bool suspended = false;
  int days_late = 0;
  Obligation about;
  std::optional<AnnouncedVisit> announced;
  std::optional<LastTold> told;
};

std::vector<ReportColumn> overdue_columns() {
  return {{"office", "事業所", "office"},
          {"case_manager", "担当", "case manager"},
          {"client", "利用者", "client"},
          {"kind", "内容", "what"},
          {"months", "未実施の月", "months"},
          {"check", "安否確認", "check"},
          {"opened", "発生日", "since"},
          {"due_by", "期限", "due by"},
          {"days_late", ">遅れ日数", ">days late"},
          {"visit_on", "訪問予定日", "visit planned"},
          {"told", "最後に知らせた人", "last told"},
          {"told_at", "知らせた日時", "told at"},
          {"suspended", "休止中", "suspended", true},
          {"obligation", "名", "key", true}};
}

// The newest telling of each obligation of one client until the end of a day.
class Told {
 public:
  Told(Service& service, const std::string& client, Instant end)
      : items_(service.store().items_of(client)), end_(end) {}

  std::optional<LastTold> of(const std::string& obligation) const {
    std::optional<LastTold> newest;
    for (const StoredItem& item : items_) {
      if (item.reminder.obligation != obligation || !item.told_at || *item.told_at > end_) continue;
      if (!newest || *item.told_at >= newest->at) newest = {item.reminder.staff, *item.told_at};
    }
    return newest;
  }

 private:
  std::vector<StoredItem> items_;
  Instant end_;
};

void collect(Service& service, const ClientDay& day, Instant end, std::vector<OverdueRow>& rows,
             std::vector<std::string>& unreadable) {
  std::vector<Obligation> overdue = overdue_obligations(day);
  if (overdue.empty()) return;
  const ClientVersion& who = version_on(day.facts, day.today);
  const bool suspended = suspension_on(day.facts, day.today) != nullptr;
  std::optional<Told> told;
  try {
    told.emplace(service, day.facts.code, end);
  } catch (const BadRow&) {
    unreadable.push_back("what was told of client " + day.facts.code);
  }
  for (Obligation& o : overdue) {
    OverdueRow row{who.office, who.case_manager, suspended, days_late(o, day.today), {}, {}, {}};
    row.announced = announced_visit(day.facts, o, day.today);
    if (told) row.told = told->of(o.key);
    row.about = std::move(o);
    rows.push_back(std::move(row));
  }
}

// Who cannot be told by name is the operator without a staff record.
std::string person(const std::string& staff, const Tongue& say) {
  return staff.empty() ? say("運用担当", "operator") : staff;
}

void add(ReportTable& table, const OverdueRow& row, const Zone& zone, const Tongue& say) {
  const Obligation& o = row.about;
  std::string what = say.word(o.kind);
  if (row.suspended) what += say("（休止中）", " (suspended)");
  const ReportCell told_at = row.told
                                 ? ReportCell(json_of(row.told->at), zone.local_text(row.told->at))
                                 : ReportCell(nullptr, say("まだ", "not yet"));
  table.add({row.office, staff_cell(row.case_manager, say), o.client,
             ReportCell(to_word(o.kind), std::move(what)), json_of(o.months), text_or_null(o.check),
             json_of(o.opened), json_of(o.due_by),
             ReportCell(row.days_late, row.days_late > 0 ? std::to_string(row.days_late) : ""),
             row.announced ? json_of(row.announced->on) : json::value(),
             row.told ? ReportCell(text_or_null(row.told->staff), person(row.told->staff, say))
                      : ReportCell(nullptr),
             told_at, yes_cell(row.suspended, say), o.key});
}

}  // namespace

Response list_overdue(const Request& request, Service& service) {
  Response wrong;
  const auto asked = report_request(request, service, wrong);
  if (!asked) return wrong;
  Report report;
  std::vector<OverdueRow> rows;
  const Instant end =
      service.zone().start_of(asked->at + std::chrono::days{1}) - std::chrono::seconds{1};
  std::vector<std::string> untold;
  each_client_day(service, *service.planning(), *asked, asked->at, report.unreadable,
                  [&](const ClientDay& day) {
                    if (!asked->about(version_on(day.facts, day.today))) return;
                    collect(service, day, end, rows, untold);
                  });
  report.unreadable.insert(report.unreadable.end(), untold.begin(), untold.end());
  // Longest late first, inside what one person has to do.
  std::stable_sort(rows.begin(), rows.end(), [](const OverdueRow& a, const OverdueRow& b) {
    return std::tie(a.office, a.case_manager, b.days_late, a.about.opened, a.about.key) <
           std::tie(b.office, b.case_manager, a.days_late, b.about.opened, b.about.key);
  });
  const Tongue say(asked->language);
  ReportTable table(asked->form, say, overdue_columns());
  for (const OverdueRow& row : rows) add(table, row, service.zone(), say);
  const std::string at = to_string(asked->at), count = std::to_string(rows.size());
  report.title = say(at + " 現在、遅れているもの・途切れ・気がかり: " + count + "件",
                     at + ": late, lapsed or of concern: " + count);
  report.head = {{"at", at}};
  report.none = say("遅れているものはありません。", "Nothing is late.");
  report.body = table.finish();
  return respond(*asked, report);
}

}  // namespace omamori
