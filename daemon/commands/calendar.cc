// `calendar CLIENT`: a client's year in the terminal, a line a month and a mark a day.
//
// The strip of days is ASCII: characters like '·' or '█' are one column wide in some terminals and
// two in others.
#include "daemon/model/calendar.h"

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/reports/client_year.h"

namespace omamori {
namespace {

struct MarkInfo {
  DayMark mark;
  char sign;
  const char* ja;
  const char* en;
};
// In the order of the legend.
constexpr std::array kMarks{MarkInfo{DayMark::visit, '#', "訪問", "visit"},
                            MarkInfo{DayMark::ok, 'o', "安否を確認", "check confirmed"},
                            MarkInfo{DayMark::concern, '!', "気がかり", "concern"},
                            MarkInfo{DayMark::unreachable, '?', "会えず", "unreachable"},
                            MarkInfo{DayMark::contact, 'c', "連絡", "contact"},
                            MarkInfo{DayMark::lapsed, 'x', "安否確認の途切れ", "check lapsed"},
                            MarkInfo{DayMark::suspended, '=', "休止", "suspended"},
                            MarkInfo{DayMark::ahead, '_', "訪問する期間", "window for the visit"},
                            MarkInfo{DayMark::due_by, ']', "期限", "due by"},
                            MarkInfo{DayMark::today, '@', "今日", "today"},
                            MarkInfo{DayMark::plain, '.', "", ""},
                            MarkInfo{DayMark::outside, ' ', "", ""}};

const MarkInfo& info(DayMark mark) {
  return *std::find_if(kMarks.begin(), kMarks.end(),
                       [&](const MarkInfo& known) { return known.mark == mark; });
}

const char* const kRuler = "1   5    10   15   20   25   30";

struct View {
  const ClientFacts& facts;
  const ClientMonths& months;
  const std::vector<YearMonth>& year;
  const Interval& interval;
  Day at;
};

// "9/8": the month is that of the line, or said by the event.
std::string short_day(Day day) {
  const std::chrono::year_month_day d(day);
  return std::to_string(static_cast<unsigned>(d.month())) + "/" +
         std::to_string(static_cast<unsigned>(d.day()));
}

class YearSheet {
 public:
  YearSheet(const View& view, Language language) : view_(view), say_(language) {}

  std::string text() const {
    TextTable table({say_("月", "month"), say_("モニタリング", "monitoring"),
                     say_("期限", "due by"), kRuler, say_("できごと", "events")});
    for (const YearMonth& month : view_.year) {
      table.add({to_string(month.month), states(month), due(month), strip(month), events(month)});
    }
    return head() + "\n" + table.text() + "\n" + legend();
  }

 private:
  std::string head() const {
    const Month first = view_.year.front().month, last = view_.year.back().month;
    const std::string number = std::to_string(static_cast<int>(first.year()));
    const bool fiscal = first.month() == std::chrono::April;
    const std::string year = fiscal ? say_(number + "年度 ", "fiscal year " + number + ", ") : "";
    return view_.facts.code + "  " + year + to_string(first) + say_("〜", " to ") +
           to_string(last) + say_("（", " (as of ") + to_string(view_.at) + say_(" 現在）", ")") +
           "\n" + responsible() + decision();
  }

  std::string responsible() const {
    const ClientVersion& who = version_on(view_.facts, view_.at);
    return say_("事業所 ", "office ") + who.office + say_("・担当 ", ", case manager ") +
           (who.case_manager.empty() ? say_("なし", "none") : who.case_manager) + "\n";
  }

  // The decision period of the day, and how often it asks for a visit.
  std::string decision() const {
    const PeriodVersion* version = period_for(view_.facts, view_.at);
    if (!version) return "";
    const Period& period = version->period;
    const Interval& k = view_.interval;
    std::string out = say_.word(period.plan_kind) + " " + say_.range(period.start, period.end);
    if (view_.facts.ended_on) {
      const std::string last = to_string(*view_.facts.ended_on);
      out += say_("・利用は " + last + " まで", ", service until " + last);
    }
    if (k.months > 0 && !service_over(view_.facts, view_.at)) {
      out += say_("・", ", every ") + say_.months(k.months) + say_("ごと（", " (") +
             say_.basis(k.basis, k.check ? *k.check : std::string(), !view_.facts.checks.empty()) +
             say_("）", ")");
    }
    return out + "\n";
  }

  static bool no_record(const MonthRow& row) {
    return row.before_watch && is_asked(row) && !is_met(row);
  }

  std::string states(const YearMonth& month) const {
    if (month.rows.empty() && service_over(view_.facts, first_day(month.month))) {
      return say_("利用終了", "service ended");
    }
    if (month.rows.empty()) return month.decided ? "" : say_("期間外", "no decision");
    std::string out;
    for (const MonthRow& row : month.rows) {
      if (!out.empty()) out += say_("・", ", ");
      out += no_record(row) ? say_("記録なし", "no record") : say_.word(row.state);
      if (row.state == MonthState::waived) out += " " + row.check;
    }
    return out;
  }

  // Of what is asked for: a month that is waived has no term.
  static std::string due(const YearMonth& month) {
    std::string out;
    for (const MonthRow& row : month.rows) {
      if (is_asked(row)) out += (out.empty() ? "" : " ") + to_string(row.due_by);
    }
    return out;
  }

  static std::string strip(const YearMonth& month) {
    std::string out;
    for (const DayMark mark : month.days) out += info(mark).sign;
    return out;
  }

  std::string events(const YearMonth& month) const {
    std::string out;
    for (const YearEvent& event : month.events) {
      out += (out.empty() ? "" : say_("、", ", ")) + words(event);
    }
    return out;
  }

  std::string words(const YearEvent& event) const {
    using What = YearEvent::What;
    const std::string on = short_day(event.on);
    const std::string range =
        event.until == event.on
            ? on
            : on + say_("〜", "-") + (event.until ? short_day(*event.until) : "");
    switch (event.what) {
      case What::period_begins:
        return on + say_(" 決定期間開始", " decision begins");
      case What::period_ends:
        return on + say_(" 決定期間満了", " decision ends");
      case What::service_ends:
        return on + say_(" 利用終了", " service ends");
      case What::visit:
        return on + say_(" 訪問", " visit") + closed(event.visit);
      case What::concern:
        return on + say_(" 気がかり ", " concern ") + event.check;
      case What::contact:
        return on + say_(" 連絡", " contact");
      case What::lapse:
        return range + say_(" 途切れ ", " lapsed ") + event.check;
      case What::suspension:
        if (event.on <= view_.at) return range + say_(" 休止", " suspended");
        return range + say_(" 休止予定（記録 ", " suspension planned (record ") +
               std::to_string(event.record) + say_("）", ")");
    }
    return "";
  }

  // The month a visit closed, where it is not its own.
  std::string closed(const VisitVerdict& visit) const {
    if (visit.kind == VisitVerdict::Kind::extra) return say_("（追加）", " (extra)");
    if (!visit.month || *visit.month == month_of(visit.on)) return "";
    const std::string month = to_string(*visit.month);
    return say_("（" + month + " 分）", " (for " + month + ")");
  }

  // Only of the marks that are there.
  std::string legend() const {
    std::string out;
    for (const MarkInfo& mark : kMarks) {
      const bool used = std::any_of(view_.year.begin(), view_.year.end(), [&](const YearMonth& m) {
        return std::find(m.days.begin(), m.days.end(), mark.mark) != m.days.end();
      });
      if (!used || *mark.en == '\0') continue;
      out += (out.empty() ? "" : "  ") + std::string(1, mark.sign) + " " + say_(mark.ja, mark.en);
    }
    return out.empty() ? "" : out + "\n";
  }

  const View& view_;
  Tongue say_;
};

// ---- JSON ---------------------------------------------------------------------------------------

const char* event_word(YearEvent::What what) {
  using What = YearEvent::What;
  switch (what) {
    case What::period_begins:
      return "period_begins";
    case What::period_ends:
      return "period_ends";
    case What::service_ends:
      return "service_ends";
    case What::visit:
      return "visit";
    case What::concern:
      return "concern";
    case What::contact:
      return "contact";
    case What::lapse:
      return "lapse";
    case What::suspension:
      return "suspension";
  }
  return "";
}

json::object year_month_json(const YearMonth& month) {
  json::array rows, events;
  for (const MonthRow& row : month.rows) {
    rows.push_back(json::object{{"state", to_word(row.state)},
                                {"from", json_of(row.window_from)},
                                {"due_by", json_of(row.due_by)},
                                {"done_on", json_of(row.done_on)},
                                {"check", text_or_null(row.check)},
                                {"before_watch", row.before_watch}});
  }
  for (const YearEvent& event : month.events) {
    const bool closes =
        event.what == YearEvent::What::visit && event.visit.kind != VisitVerdict::Kind::extra;
    events.push_back(json::object{{"what", event_word(event.what)},
                                  {"on", json_of(event.on)},
                                  {"until", json_of(event.until)},
                                  {"check", text_or_null(event.check)},
                                  {"record", event.record == 0 ? json::value() : event.record},
                                  {"closes", closes ? json_of(event.visit.month) : json::value()}});
  }
  json::array check_ins;
  for (std::size_t i = 0; i < month.days.size(); ++i) {
    if (month.days[i] == DayMark::ok) {
      check_ins.push_back(json_of(first_day(month.month) + std::chrono::days{static_cast<int>(i)}));
    }
  }
  return {{"month", json_of(month.month)},
          {"decided", month.decided},
          {"monitoring", std::move(rows)},
          {"confirmed", std::move(check_ins)},
          {"events", std::move(events)}};
}

std::string json_text(const View& view) {
  json::array months;
  for (const YearMonth& month : view.year) months.push_back(year_month_json(month));
  return json_line(json::object{{"at", json_of(view.at)},
                                {"client", view.facts.code},
                                {"ended_on", json_of(view.facts.ended_on)},
                                {"first_month", json_of(view.year.front().month)},
                                {"months", std::move(months)}});
}

// --from MONTH, or --year YYYY from its April on, or the fiscal year of the day.
std::optional<Month> first_month(const Request& request, Day at, std::string& why) {
  const std::string year = request.text("year"), from = request.text("from");
  if (!year.empty() && !from.empty()) {
    why = "--year and --from: give one of them";
    return {};
  }
  if (year.empty() && from.empty()) return fiscal_year_of(at);
  if (from.empty() && !parse_month(year + "-04")) {
    why = "--year " + year + ": is not a year; write it like 2026";
    return {};
  }
  const auto month = read_month(from.empty() ? year + "-04" : from);
  if (!month.value) {
    why = (from.empty() ? "--year " + year : "--from " + from) + ": " + month.error;
  }
  return month.value;
}

// On a day that has passed nobody asks for what was still to come then.
ClientFacts without_later(ClientFacts facts, Day at, Day today) {
  if (at >= today) return facts;
  std::erase_if(facts.suspensions, [&](const Suspension& s) { return s.from > at; });
  return facts;
}

}  // namespace

Response calendar_command(const Request& request, Service& service) {
  std::string why;
  const auto at = day_option(request, "at", service.today(), why);
  if (!at) return wrong_usage(why);
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const auto first = first_month(request, *at, why);
  if (!first) return wrong_usage(why);
  const auto facts = service.store().facts(request.text("client"));
  if (!facts) return no_such_client(request.text("client"));
  const auto planning = service.planning();
  const ClientMonths months = judge_months(*facts, planning->terms, *at);
  const PeriodVersion* period = period_for(*facts, *at);
  const Interval interval =
      period ? interval_now(*facts, planning->terms, period->period.start, *at).interval
             : Interval{};
  const std::vector<YearMonth> year =
      client_year(without_later(*facts, *at, service.today()), months, *first, *at);
  const View view{*facts, months, year, interval, *at};
  return {Exit::ok, request.json ? json_text(view) : YearSheet(view, *language).text(), ""};
}

}  // namespace omamori
