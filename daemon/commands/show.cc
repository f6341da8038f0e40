#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/ping_words.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/client_json.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "db/file_words.h"

namespace omamori {
namespace {

std::string id(std::int64_t number) { return std::to_string(number); }

// Everything stored about one client, one table after the other; those without rows are left out.
class Sheet {
 public:
  Sheet(const ClientView& view, Language language) : view_(view), say_(language) {}

  std::string text() {
    head();
    section(say_("支給決定期間", "periods"), periods());
    section(say_("担当の移り変わり", "office and case manager"), versions());
    section(say_("モニタリング月", "months"), months());
    section(say_("安否確認", "safety checks"), checks());
    section(say_("確認記録（最近のもの）", "latest check-ins"), check_ins());
    section(say_("訪問", "visits"), visits());
    section(say_("連絡", "contacts"), contacts());
    section(say_("別の受付からも届いた記録", "said again by another door"), repetitions());
    section(say_("休止", "suspensions"), suspensions());
    section(say_("いま誰かがすること", "live obligations"), live());
    section(say_("お知らせ", "told and owed"), items());
    return std::move(out_);
  }

 private:
  void line(const std::string& name, const std::string& value) {
    if (!value.empty()) out_ += name + ": " + value + "\n";
  }

  void head() {
    line(say_("利用者", "client"), view_.facts.code);
    line(say_("氏名", "name"), view_.names.name);
    line(say_("受給者証番号", "certificate"), view_.names.certificate_no);
    line(say_("短期入所先", "short stay"), view_.names.short_stay);
    line(say_("緊急時登録", "on the emergency list"),
         view_.names.emergency_list ? say_("あり", "yes") : std::string());
    line(say_("事業所", "office"), view_.version.office);
    line(say_("担当", "case manager"),
         view_.version.case_manager.empty() ? say_("なし", "none") : view_.version.case_manager);
    line(say_("見守り開始", "watched from"), to_string(view_.facts.watched_from));
    line(say_("利用終了", "ended on"), shown(view_.facts.ended_on));
    line(say_("基準日", "as of"), to_string(view_.day));
    if (view_.period && view_.interval.months > 0) {
      line(say_("間隔", "interval"),
           say_.months(view_.interval.months) + say_("ごと（", " (") +
               say_.basis(view_.interval.basis,
                          view_.interval.check ? *view_.interval.check : std::string(),
                          !view_.facts.checks.empty()) +
               say_("）", ")"));
    }
    if (!view_.schedule) return;
    const ClientSchedule& s = *view_.schedule;
    line(say_("次に見直す時", "next looked at"),
         s.dirty     ? say_("すぐ（変更があったため）", "at once (something changed)")
         : s.next_at ? view_.zone.local_text(*s.next_at)
                     : say_.reason(s.reason));
  }

  void section(const std::string& title, const TextTable& table) {
    if (!table.empty()) out_ += "\n" + say_("■ ", "== ") + title + "\n" + table.text();
  }

  TextTable periods() const {
    TextTable table({say_("期間", "period"), say_("計画", "plan"), say_("決定", "decision"),
                     say_("間隔", "interval"), say_("月", "months"), say_("判明日", "known from"),
                     say_("履歴番号", "journal")});
    for (const PeriodVersion& v : view_.facts.periods) {
      const Period& p = v.period;
      table.add({say_.range(p.start, p.end) + (v.cut ? say_("（短縮）", " (cut)") : ""),
                 say_.word(p.plan_kind), say_.word(p.decision_kind),
                 say_.months(p.interval_months.value_or(0)), shown(p.monitoring_months),
                 to_string(v.known_from), id(v.source.journal)});
    }
    return table;
  }

  TextTable versions() const {
    TextTable table({say_("判明日", "known from"), say_("事業所", "office"),
                     say_("担当", "case manager"), say_("履歴番号", "journal")});
    for (const ClientVersion& v : view_.facts.versions) {
      table.add({to_string(v.known_from), v.office, v.case_manager, id(v.source.journal)});
    }
    return table;
  }

  TextTable months() const {
    TextTable table({say_("月", "month"), say_("期限", "due by"), say_("状態", "state"),
                     say_("実施日", "done on"), say_("間隔", "interval"), say_("理由", "because")});
    for (const MonthRow& row : view_.months.rows) {
      const bool no_record = row.before_watch && is_asked(row) && !is_met(row);
      table.add({to_string(row.month), to_string(row.due_by),
                 no_record ? say_("記録なし", "no record") : say_.word(row.state),
                 shown(row.done_on), say_.months(row.interval_months),
                 say_.basis(row.basis, row.check, !view_.facts.checks.empty())});
    }
    return table;
  }

  TextTable checks() const {
    TextTable table(
        {say_("番号", "check"), say_("状態", "state"), say_("最後の確認", "last ok"),
         say_("確認日", "expected"), say_("最後の日", "deadline"), say_("期間", "period"),
         say_("間隔", "every"), say_("猶予", "grace"), say_("延長後", "extends to"),
         say_("合意", "agreed"), say_("合意者", "agreed by"), say_("実施者", "provider"),
         say_("方法", "method"), say_("事業所の番号", "provider ref"), say_("センサー", "pings")});
    for (const CheckView& c : view_.checks) {
      const CheckTerms& terms = c.version.terms;
      table.add({c.check.code, say_.word(c.standing.state), shown(c.standing.last_ok),
                 to_string(c.standing.expected), to_string(c.standing.deadline),
                 say_.range(terms.from, terms.until), say_.days(terms.every_days),
                 say_.days(terms.grace_days), say_.months(terms.extends_to.value_or(0)),
                 shown(terms.agreed_on), c.record.agreed_by, terms.provider, c.record.method,
                 c.record.provider_ref, ping_settings(c.record, c.refused, say_)});
    }
    return table;
  }

  TextTable check_ins() const {
    TextTable table({say_(">記録", ">record"), say_("番号", "check"), say_("日時", "at"),
                     say_("結果", "outcome"), say_("確認者", "by"), say_("備考", "note"),
                     say_("センサー", "pings")});
    for (const CheckView& check : view_.checks) {
      for (const CheckInRecord& c : check.latest) {
        table.add({id(c.id), c.check, view_.zone.local_text(c.at), say_.word(c.outcome), c.by,
                   c.note, ping_times(c, view_.zone, say_)});
      }
    }
    return table;
  }

  TextTable visits() const {
    TextTable table({say_(">記録", ">record"), say_("日", "on"), say_("済んだ月", "closes"),
                     say_("実施者", "by"), say_("備考", "note")});
    for (const VisitView& v : view_.visits) {
      const bool extra = v.verdict.kind == VisitVerdict::Kind::extra;
      table.add({id(v.verdict.visit), to_string(v.verdict.on),
                 extra || !v.verdict.month ? say_("追加", "extra") : to_string(*v.verdict.month),
                 v.record.by, v.record.note});
    }
    return table;
  }

  TextTable contacts() const {
    TextTable table({say_(">記録", ">record"), say_("日", "on"), say_("連絡した人", "by"),
                     say_("備考", "note")});
    for (const ContactRecord& c : view_.contacts) {
      table.add({id(c.id), to_string(c.on), c.by, c.note});
    }
    return table;
  }

  TextTable repetitions() const {
    TextTable table({say_(">記録", ">record"), say_("種類", "kind"), say_("日時", "at"),
                     say_("実施者", "by"), say_("備考", "note")});
    for (const Repetition& r : view_.repetitions) {
      table.add({id(r.record),
                 r.kind == "check_in" ? say_("確認", "check-in") : say_("訪問", "visit"),
                 r.at ? view_.zone.local_text(*r.at) : "", r.by, r.note});
    }
    return table;
  }

  TextTable suspensions() const {
    TextTable table({say_(">記録", ">record"), say_("期間", "period"), say_("理由", "reason"),
                     say_("連絡した人", "by")});
    for (const SuspensionRecord& s : view_.suspensions) {
      const std::string ahead = s.from > view_.day ? say_("（予定）", " (planned)") : "";
      table.add({id(s.id), say_.range(s.from, s.until) + ahead, s.reason, s.by});
    }
    return table;
  }

  TextTable live() const {
    TextTable table({say_("種類", "kind"), say_("期限", "due by"), say_("月", "months"),
                     say_("安否確認", "check"), say_("名", "key")});
    for (const LiveView& l : view_.live) {
      const Obligation& o = l.obligation;
      table.add({say_.word(o.kind), shown(o.due_by), shown(o.months), o.check, o.key});
    }
    return table;
  }

  TextTable items() const {
    TextTable table({say_(">番号", ">item"), say_("時", "slot"), say_("段階", "stage"),
                     say_("相手", "to"), say_("状態", "state"), say_("いつ・なぜ", "when or why"),
                     say_("名", "obligation")});
    for (const StoredItem& item : view_.items) {
      const Reminder& r = item.reminder;
      table.add(
          {id(item.id), view_.zone.local_text(r.slot), r.stage, r.staff, say_.word(item.state),
           item.state == ItemState::told && item.told_at ? view_.zone.local_text(*item.told_at)
                                                         : say_.reason(item.reason),
           r.obligation});
    }
    return table;
  }

  const ClientView& view_;
  Tongue say_;
  std::string out_;
};

}  // namespace

Response show_command(const Request& request, Service& service) {
  std::string why;
  const auto at = day_option(request, "at", service.today(), why);
  if (!at) return wrong_usage(why);
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  auto facts = service.store().facts(request.text("client"));
  if (!facts) return no_such_client(request.text("client"));
  const ClientView view(service, std::move(*facts), *at);
  if (request.json) return {Exit::ok, json_line(client_json(view)), ""};
  return {Exit::ok, Sheet(view, *language).text(), ""};
}

}  // namespace omamori
