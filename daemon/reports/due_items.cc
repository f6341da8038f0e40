#include "daemon/reports/due_items.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

std::string monitoring_key(const ClientFacts& facts, const MonthRow& row) {
  return facts.code + "/" + std::string(to_word(ObligationKind::monitoring)) + "/" +
         to_string(row.period_start) + "/" + to_string(row.month);
}

void add_months(const ClientDay& d, Day until, std::vector<DueItem>& out) {
  for (const MonthRow& row : d.months.rows) {
    if (row.before_watch || !is_asked(row) || is_met(row)) continue;
    if (row.due_by < d.today || row.window_from > until) continue;
    DueItem item;
    item.from = row.window_from;
    item.by = row.due_by;
    item.month = row.month;
    item.state = row.state;
    item.obligation = monitoring_key(d.facts, row);
    Obligation month;
    month.key = item.obligation;
    item.announced = announced_visit(d.facts, month, d.today);
    out.push_back(std::move(item));
  }
}

void add_check(const ClientDay& d, const Check& check, std::vector<DueItem>& out) {
  const CheckTerms& terms = version_on(check, d.today).terms;
  const CheckStanding s = standing(terms, check.check_ins, d.today);
  const bool expected = s.state == CheckState::due || s.state == CheckState::awaiting_first;
  if (!expected || s.expected > d.today) return;
  DueItem item;
  item.what = DueItem::What::check;
  item.from = s.expected;
  item.by = s.deadline;
  item.check_state = s.state;
  item.check = check.code;
  item.provider = terms.provider;
  out.push_back(std::move(item));
}

bool has_gone_wrong(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::concern:
    case ObligationKind::lapse:
    case ObligationKind::streak:
    case ObligationKind::return_:
    case ObligationKind::baseline:
    case ObligationKind::expired:
      return true;
    case ObligationKind::monitoring:
    case ObligationKind::renewal:
    case ObligationKind::unassigned:
    case ObligationKind::suspension_standing:
    case ObligationKind::check_in:
    case ObligationKind::end_report:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      return false;
  }
  return false;
}

}  // namespace

std::vector<DueItem> due_items(const ClientDay& day, Day until) {
  std::vector<DueItem> out;
  if (service_over(day.facts, day.today)) return out;
  add_months(day, until, out);
  for (const Check& check : day.facts.checks) add_check(day, check, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const DueItem& a, const DueItem& b) { return a.by < b.by; });
  return out;
}

std::vector<Obligation> overdue_obligations(const ClientDay& day) {
  std::vector<Obligation> found = live_obligations(day);
  std::erase_if(found, [](const Obligation& o) { return !has_gone_wrong(o.kind); });
  return found;
}

int days_late(const Obligation& obligation, Day today) {
  if (!obligation.due_by) return 0;
  return std::max(0, static_cast<int>((today - *obligation.due_by).count()));
}

}  // namespace omamori
