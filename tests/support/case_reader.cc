#include "tests/support/case_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/json.hpp>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

namespace json = boost::json;

std::string text(const json::value& v) { return std::string(v.as_string()); }
Day day(const json::value& v) { return parse_day(text(v)).value(); }
std::optional<Day> maybe_day(const json::value& v) {
  if (v.is_null()) return {};
  return day(v);
}
std::optional<int> maybe_int(const json::value& v) {
  if (v.is_null()) return {};
  return v.to_number<int>();
}

PlanKind plan_kind(const std::string& word) {
  if (word == "standby_short_stay") return PlanKind::standby_short_stay;
  if (word == "regular") return PlanKind::regular;
  if (word == "self_plan") return PlanKind::self_plan;
  throw std::runtime_error("plan_kind " + word);
}

DecisionKind decision_kind(const std::string& word) {
  if (word == "renewal" || word.empty()) return DecisionKind::renewal;
  if (word == "new") return DecisionKind::new_decision;
  if (word == "changed") return DecisionKind::changed;
  throw std::runtime_error("decision_kind " + word);
}

Outcome outcome(const std::string& word) {
  if (word == "ok") return Outcome::ok;
  if (word == "concern") return Outcome::concern;
  if (word == "unreachable") return Outcome::unreachable;
  throw std::runtime_error("outcome " + word);
}

Period read_period(const json::object& c) {
  Period period;
  period.start = day(c.at("decision_start"));
  period.end = day(c.at("decision_end"));
  period.plan_kind = plan_kind(text(c.at("plan_kind")));
  period.decision_kind = decision_kind(text(c.at("decision_kind")));
  period.interval_months = maybe_int(c.at("interval_months"));
  if (!c.at("monitoring_months").is_null()) {
    for (const json::value& m : c.at("monitoring_months").as_array()) {
      period.monitoring_months.push_back(parse_month(text(m)).value());
    }
  }
  return period;
}

Terms read_terms(const json::object& c) {
  const json::object& p = c.at("policy").as_object();
  Terms terms;
  terms.standard_interval_months = p.at("standard").to_number<int>();
  terms.extended_interval_months = p.at("extended").to_number<int>();
  terms.max_interval_months = p.at("max").to_number<int>();
  terms.initial_months = p.at("initial_months").to_number<int>();
  terms.include_start_month = text(p.at("start_month")) == "include";
  terms.initial_from_next_month = text(p.at("initial_starts")) == "next_month";
  if (!c.at("office_interval").is_null()) {
    terms.offices.push_back({"OF-1", c.at("office_interval").to_number<int>()});
  }
  if (!c.at("override").is_null()) {
    const json::object& o = c.at("override").as_object();
    terms.overrides.push_back({"C-1",
                               o.at("months").to_number<int>(),
                               day(o.at("from")),
                               maybe_day(o.at("until")),
                               "",
                               {}});
  }
  return terms;
}

std::vector<Check> read_checks(const json::object& c) {
  std::vector<Check> checks;
  for (const json::value& v : c.at("checks").as_array()) {
    const json::object& o = v.as_object();
    CheckTerms terms{day(o.at("from")),
                     maybe_day(o.at("until")),
                     o.at("every_days").to_number<int>(),
                     o.at("grace_days").to_number<int>(),
                     maybe_int(o.at("extends_to")),
                     maybe_day(o.at("agreed_on")),
                     ""};
    checks.push_back({text(o.at("code")), Day::min(), {{Day::min(), terms, {}}}, {}});
  }
  for (const json::value& v : c.at("check_ins").as_array()) {
    const json::object& o = v.as_object();
    const auto check = std::find_if(checks.begin(), checks.end(),
                                    [&](const Check& k) { return k.code == text(o.at("check")); });
    if (check == checks.end()) throw std::runtime_error("check-in of unknown check");
    const Day on = day(o.at("on"));
    check->check_ins.push_back({0, Instant{on.time_since_epoch()} + std::chrono::hours{3}, on,
                                outcome(text(o.at("outcome")))});
  }
  for (Check& check : checks) {
    std::stable_sort(check.check_ins.begin(), check.check_ins.end(),
                     [](const CheckIn& a, const CheckIn& b) {
                       return a.at != b.at ? a.at < b.at : a.outcome < b.outcome;
                     });
  }
  std::sort(checks.begin(), checks.end(),
            [](const Check& a, const Check& b) { return a.code < b.code; });
  return checks;
}

std::vector<Visit> read_visits(const json::object& c) {
  std::vector<Visit> visits;
  for (const json::value& v : c.at("monitorings").as_array()) {
    const json::object& o = v.as_object();
    Visit visit{static_cast<std::int64_t>(visits.size()) + 1, day(o.at("on")), {}};
    if (!o.at("for_month").is_null()) visit.for_month = parse_month(text(o.at("for_month")));
    visits.push_back(visit);
  }
  std::sort(visits.begin(), visits.end(),
            [](const Visit& a, const Visit& b) { return a.on < b.on; });
  return visits;
}

std::string read_expected(const json::object& e) {
  std::ostringstream out;
  const auto k = maybe_int(e.at("interval_months"));
  out << (k ? std::to_string(*k) : "null") << ' ' << text(e.at("basis"));
  for (const json::value& v : e.at("months").as_array()) {
    const json::object& m = v.as_object();
    out << "\n" << text(m.at("month")) << ' ' << text(m.at("due_by")) << ' ' << text(m.at("state"));
  }
  return out.str();
}

}  // namespace

std::vector<WorkedCase> read_worked_cases(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  const json::value parsed = json::parse(content);
  std::vector<WorkedCase> cases;
  for (const json::value& v : parsed.as_array()) {
    const json::object& c = v.as_object();
    WorkedCase w;
    w.id = text(c.at("id"));
    w.source = text(c.at("source"));
    w.today = day(c.at("today"));
    w.terms = read_terms(c);
    w.client.code = "C-1";
    w.client.watched_from = Day::min();
    w.client.versions.push_back({Day::min(), "OF-1", "S-1", {}});
    w.client.periods.push_back({Day::min(), read_period(c.at("client").as_object()), false, {}});
    w.client.checks = read_checks(c);
    w.client.visits = read_visits(c);
    w.expected = read_expected(c.at("expect").as_object());
    cases.push_back(std::move(w));
  }
  return cases;
}

}  // namespace omamori
