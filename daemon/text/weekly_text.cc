#include "daemon/text/weekly_text.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <boost/json.hpp>

#include "daemon/model/calendar.h"
#include "daemon/text/phrases_message.h"
#include "daemon/text/phrases_weekly.h"

namespace omamori {
namespace {

namespace json = boost::json;

// Dark enough on white for small text (WCAG AA, 4.5:1).
std::string color_of(WeeklySection::Tone tone) {
  switch (tone) {
    case WeeklySection::Tone::overdue:
      return "#9a4a00";
    case WeeklySection::Tone::ahead:
      return "#1f5f99";
    case WeeklySection::Tone::information:
    case WeeklySection::Tone::system:
      return "#5b646d";
  }
  return "#23272b";
}

TemplateLine line_of(const WeeklySection::Row& row) {
  TemplateLine line;
  line.client = row.code;
  line.name = row.name;
  line.headline = row.text;
  line.why = row.note;
  return line;
}

json::value code_or_null(const std::string& code) {
  return code.empty() ? json::value(nullptr) : json::value(code);
}

std::string channel_word(Channel channel) {
  switch (channel) {
    case Channel::email:
      return "email";
    case Channel::webhook:
      return "webhook";
    case Channel::file:
      return "file";
  }
  return "";
}

json::object client_of(const std::string& client, const std::string& case_manager) {
  json::object out;
  out["client"] = client;
  out["case_manager"] = code_or_null(case_manager);
  return out;
}

json::object json_of(const WeeklyMonth& m) {
  json::object out = client_of(m.client, m.case_manager);
  out["month"] = to_string(m.month);
  out["due_by"] = to_string(m.due_by);
  return out;
}

json::array months_of(const RiskItem& item) {
  json::array months;
  for (const Month month : item.months) months.emplace_back(to_string(month));
  return months;
}

// The rows of `omamorictl list risk --json`, but for the office.
json::object risk_json(const RiskItem& item, Day today) {
  json::object out;
  out["acts"] = code_or_null(item.acts.staff);
  out["client"] = item.client;
  out["case_manager"] = code_or_null(item.case_manager);
  out["kind"] = risk_word(item);
  out["months"] = months_of(item);
  out["check"] = code_or_null(item.check);
  out["since"] = to_string(item.since);
  out["by"] = item.by ? json::value(to_string(*item.by)) : json::value(nullptr);
  out["days_late"] = days_past(item, today);
  out["suspended"] = item.suspended;
  out["obligation"] = code_or_null(item.obligation);
  return out;
}

json::object overdue_json(const RiskItem& item, Day today) {
  json::object out = client_of(item.client, item.case_manager);
  out["months"] = months_of(item);
  out["due_by"] = to_string(item.by.value_or(item.since));
  out["days_late"] = days_past(item, today);
  return out;
}

// `deadline`: the last day on which it was or is confirmed; of a concern the day it came.
json::object check_json(const RiskItem& item, Day /*today*/) {
  json::object out = client_of(item.client, item.case_manager);
  const bool lapsed = item.kind == ObligationKind::lapse;
  const Day near = item.by.value_or(item.since);
  out["check"] = item.check;
  out["deadline"] = to_string(lapsed ? item.since - std::chrono::days{1}
                              : item.kind == ObligationKind::concern ? item.since
                                                                     : near);
  out["lapsed"] = lapsed;
  if (item.kind == ObligationKind::concern) out["concern"] = true;
  return out;
}

json::object json_of(const WeeklySuspension& s) {
  json::object out = client_of(s.client, s.case_manager);
  out["from"] = to_string(s.from);
  out["until"] = s.until ? json::value(to_string(*s.until)) : json::value(nullptr);
  if (s.decision_end) out["decision_end"] = to_string(*s.decision_end);
  return out;
}

json::object json_of(const WeeklyGap& g) {
  json::object out = client_of(g.client, g.case_manager);
  out["month"] = to_string(g.month);
  return out;
}

json::object json_of(const WeeklyDeadLetter& d) {
  json::object out;
  out["to"] = d.staff;
  out["channel"] = channel_word(d.channel);
  out["outcome"] = d.refused ? "refused" : "given_up";
  out["at"] = to_string(d.at);
  out["message"] = d.message;
  return out;
}

template <class Row>
json::array rows(const std::vector<Row>& all) {
  json::array out;
  for (const Row& row : all) out.push_back(json_of(row));
  return out;
}

// Of clients: with whoever acts as their case manager, where it is not that person.
template <class Row>
json::array rows(const std::vector<Row>& all, const std::map<std::string, Acting>& acts_now) {
  json::array out;
  for (const Row& row : all) {
    json::object one = json_of(row);
    const auto who = acts_now.find(row.case_manager);
    if (who != acts_now.end()) one["acting_case_manager"] = code_or_null(who->second.staff);
    out.push_back(std::move(one));
  }
  return out;
}

// The risks of some kinds, by case manager and client as the other figures are.
json::array risks_of(const WeeklyReport& report, std::initializer_list<ObligationKind> kinds,
                     json::object (*row)(const RiskItem&, Day)) {
  const WeeklyFigures& figures = report.figures;
  std::vector<const RiskItem*> found;
  for (const RiskItem& item : figures.risks) {
    if (std::find(kinds.begin(), kinds.end(), item.kind) != kinds.end()) found.push_back(&item);
  }
  std::stable_sort(found.begin(), found.end(), [](const RiskItem* a, const RiskItem* b) {
    return std::tie(a->case_manager, a->client, a->check) <
           std::tie(b->case_manager, b->client, b->check);
  });
  json::array out;
  for (const RiskItem* item : found) {
    json::object one = row(*item, report.from);
    const auto who = figures.acts_now.find(item->case_manager);
    if (who != figures.acts_now.end()) one["acting_case_manager"] = code_or_null(who->second.staff);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

TemplateData weekly_layout(const Digest& digest, Day today, std::string& subject) {
  WeeklyWords words = weekly_words(*digest.weekly, today, digest.language);
  subject = std::move(words.subject);
  TemplateData data;
  data.date = long_date(today, digest.language);
  data.late = lateness_of(digest);
  data.introduction = std::move(words.introduction);
  data.contact = digest.contact;
  data.to = called(digest.staff_names, digest.to);
  for (WeeklySection& section : words.sections) {
    TemplateGroup group{std::move(section.title), color_of(section.tone), {}};
    for (const WeeklySection::Row& row : section.rows) group.lines.push_back(line_of(row));
    data.groups.push_back(std::move(group));
  }
  return data;
}

boost::json::object weekly_json(const WeeklyReport& report) {
  const WeeklyFigures& figures = report.figures;
  json::object out;
  out["week"] = iso_week(report.monday);
  out["from"] = to_string(report.from);
  out["until"] = to_string(report.until());
  json::array offices;
  for (const std::string& office : report.offices) offices.emplace_back(json::string(office));
  out["offices"] = report.whole_city ? json::value("all") : json::value(std::move(offices));
  out["clients"] = figures.clients;
  json::array risk;
  for (const RiskItem& item : figures.risks) risk.push_back(risk_json(item, report.from));
  out["risk"] = std::move(risk);
  out["monitoring"] = rows(figures.months, figures.acts_now);
  using Kind = ObligationKind;
  out["overdue"] = risks_of(report, {Kind::streak}, overdue_json);
  out["checks"] = risks_of(report, {Kind::concern, Kind::lapse, Kind::check_in}, check_json);
  out["suspended"] = rows(figures.suspended, figures.acts_now);
  out["gaps_without_check"] = rows(figures.gaps, figures.acts_now);
  out["dead_letters"] = rows(figures.dead_letters);
  out["unreadable_clients"] = report.unreadable;
  json::array health;
  for (const Said& line : report.health) health.emplace_back(json::string(line.en));
  out["health"] = std::move(health);
  out["journal_head"] = std::to_string(report.journal_seq) + ":" + report.journal_hash;
  return out;
}

}  // namespace omamori
