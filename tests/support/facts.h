// Facts made up for tests, in few words: days as text, one standby client of office OF-1.
#pragma once

#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/calendar.h"
#include "daemon/model/facts.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/recipients.h"

namespace omamori::testing_facts {

inline Day day(const std::string& text) { return parse_day(text).value(); }
inline Month month(const std::string& text) { return parse_month(text).value(); }

// C-1, case manager CM-1, watched from 2026-04-01, fiscal year 2026, renewal.
inline ClientFacts client(const std::string& start = "2026-04-01",
                          const std::string& end = "2027-03-31") {
  ClientFacts facts;
  facts.code = "C-1";
  facts.watched_from = day("2026-04-01");
  facts.versions.push_back({day("2026-04-01"), "OF-1", "CM-1", {}});
  Period period;
  period.start = day(start);
  period.end = day(end);
  facts.periods.push_back({day("2026-04-01"), period, false, {}});
  return facts;
}

inline void visit(ClientFacts& facts, const std::string& on, const std::string& for_month = "") {
  Visit v{static_cast<std::int64_t>(facts.visits.size()) + 1, day(on), {}};
  if (!for_month.empty()) v.for_month = month(for_month);
  facts.visits.push_back(v);
}

// Every 30 days with 14 of grace, agreed before it began.
inline Check& check(ClientFacts& facts, const std::string& code = "S-1",
                    const std::string& from = "2026-04-10") {
  CheckTerms terms;
  terms.from = day(from);
  terms.every_days = 30;
  terms.grace_days = 14;
  terms.agreed_on = day("2026-04-01");
  terms.provider = "PR-1";
  facts.checks.push_back({code, day("2026-04-01"), {{day("2026-04-01"), terms, {}}}, {}});
  return facts.checks.back();
}

inline void check_in(Check& c, const std::string& on, Outcome outcome = Outcome::ok) {
  const Day d = day(on);
  c.check_ins.push_back({static_cast<std::int64_t>(c.check_ins.size()) + 1,
                         Instant{d.time_since_epoch()} + std::chrono::hours{3}, d, outcome});
}

inline std::vector<TermsVersion> terms(const Terms& t = {}) { return {{Day::min(), t}}; }

// OF-1 with supervisor SV-1 and core centre CC-1; CM-1, CM-2; city supervisor SV-C; operator OP-1;
// provider PR-1.
inline Directory directory(std::vector<Absence> absences = {}) {
  const auto person = [](const std::string& code, Role role, const std::string& office) {
    Staff s;
    s.code = code;
    s.role = role;
    s.office = office;
    s.channels = {Channel::email};
    return s;
  };
  return Directory(
      {{"OF-1", "SV-1", "CC-1"}},
      {person("CM-1", Role::case_manager, "OF-1"), person("CM-2", Role::case_manager, "OF-1"),
       person("SV-1", Role::supervisor, "OF-1"), person("SV-C", Role::supervisor, ""),
       person("CC-1", Role::core_center, ""), person("OP-1", Role::operator_, ""),
       person("PR-1", Role::provider, "")},
      std::move(absences));
}

// "2026-06 done 2026-06-15 | 2026-09 overdue | …"; "(3 standard)" after each if `why`.
inline std::string shown(const ClientMonths& months, bool why = false) {
  std::string out;
  for (const MonthRow& row : months.rows) {
    if (!out.empty()) out += " | ";
    out += to_string(row.month) + " " + std::string(to_word(row.state));
    if (row.done_on) out += " " + to_string(*row.done_on);
    if (row.before_watch) out += " before_watch";
    if (why) out += " (" + std::to_string(row.interval_months) + " " + to_word(row.basis) + ")";
  }
  return out;
}

}  // namespace omamori::testing_facts
