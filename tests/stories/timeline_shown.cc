#include "tests/stories/timeline_shown.h"

#include <algorithm>
#include <stdexcept>

#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"

namespace omamori {
namespace {

ClientFacts facts_of(Service& service, const std::string& client) {
  auto facts = service.store().facts(client);
  if (!facts) throw std::runtime_error("no client " + client);
  return std::move(*facts);
}

std::string text_of(const MonthRow& row) {
  std::string text = to_string(row.month) + " ";
  text += row.before_watch ? "before watch" : std::string(to_word(row.state));
  if (!row.check.empty() && row.state == MonthState::waived) text += " by " + row.check;
  if (row.gap_without_check) text += " after a gap";
  return text;
}

}  // namespace

std::string months_shown(Service& service, const std::string& client) {
  const ClientFacts facts = facts_of(service, client);
  const ClientMonths months = judge_months(facts, service.planning()->terms, service.today());
  std::string text;
  for (const MonthRow& row : months.rows) text += (text.empty() ? "" : ", ") + text_of(row);
  return text.empty() ? "none" : text;
}

std::string interval_shown(Service& service, const std::string& client) {
  const ClientFacts facts = facts_of(service, client);
  const PeriodVersion* period = period_for(facts, service.today());
  if (!period) return "no decision";
  const auto planning = service.planning();
  const Interval k =
      interval_now(facts, planning->terms, period->period.start, service.today()).interval;
  return std::to_string(k.months) + " months: " + to_word(k.basis) +
         (k.check ? " " + *k.check : std::string());
}

std::string check_shown(Service& service, const std::string& check) {
  const auto record = service.store().check(check);
  if (!record) throw std::runtime_error("no check " + check);
  const ClientFacts facts = facts_of(service, record->client);
  const auto found = std::find_if(facts.checks.begin(), facts.checks.end(),
                                  [&](const Check& c) { return c.code == check; });
  return std::string(
      to_word(standing(current(*found).terms, found->check_ins, service.today()).state));
}

}  // namespace omamori
