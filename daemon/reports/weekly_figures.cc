#include "daemon/reports/weekly_figures.h"

#include <algorithm>
#include <iterator>

#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

class ClientWeek {
 public:
  ClientWeek(WeeklyFigures& to, const ClientFacts& facts, Day today)
      : to_(to), facts_(facts), today_(today), manager_(version_on(facts, today).case_manager) {}

  void add_month(const Obligation& o) {
    if (o.kind != ObligationKind::monitoring || !o.due_by || o.months.empty()) return;
    if (o.window_from > today_ + kWeekAhead) return;
    to_.months.push_back({manager_, facts_.code, o.months.front(), *o.due_by});
  }

  void add_suspension(const Suspension& suspension, std::span<const Obligation> live) {
    std::optional<Day> decision_end;
    for (const Obligation& o : live) {
      const bool ends = o.kind == ObligationKind::renewal || o.kind == ObligationKind::expired;
      if (ends) decision_end = o.due_by;
    }
    to_.suspended.push_back(
        {manager_, facts_.code, suspension.from, suspension.until, decision_end});
  }

  // Only the certificate's own months can leave a gap; working them out is the costly part.
  void add_gap(std::span<const TermsVersion> terms) {
    const PeriodVersion* period = period_for(facts_, today_);
    if (!period || period->period.monitoring_months.empty()) return;
    for (const MonthRow& row : judge_months(facts_, terms, today_).rows) {
      if (row.due_by < today_ || is_met(row) || !is_asked(row)) continue;
      if (row.gap_without_check) to_.gaps.push_back({manager_, facts_.code, row.month});
      return;  // the next one decides
    }
  }

 private:
  WeeklyFigures& to_;
  const ClientFacts& facts_;
  Day today_;
  std::string manager_;
};

void add_who_acts(WeeklyFigures& to, const ClientVersion& client, const Directory& directory,
                  Day today) {
  if (client.case_manager.empty() || to.acts_now.contains(client.case_manager)) return;
  Acting acts = acting(directory, client.office, client.case_manager, Role::case_manager, today);
  if (acts.because != Because::of_record) to.acts_now[client.case_manager] = std::move(acts);
}

}  // namespace

void WeeklyFigures::add(const WeeklyFigures& other) {
  clients += other.clients;
  append(risks, other.risks);
  append(months, other.months);
  append(suspended, other.suspended);
  append(gaps, other.gaps);
  append(dead_letters, other.dead_letters);
  acts_now.insert(other.acts_now.begin(), other.acts_now.end());
}

void WeeklyFigures::sort() {
  sort_by_who_acts(risks);
  std::sort(months.begin(), months.end());
  std::sort(suspended.begin(), suspended.end());
  std::sort(gaps.begin(), gaps.end());
  std::sort(dead_letters.begin(), dead_letters.end());
}

void add_client(WeeklyFigures& to, const ClientFacts& facts, std::span<const KnownObligation> known,
                std::span<const TermsVersion> terms, const Directory& directory, Day today) {
  if (service_over(facts, today)) return;
  ++to.clients;
  add_who_acts(to, version_on(facts, today), directory, today);
  std::vector<Obligation> live;
  for (const KnownObligation& o : known) live.push_back(o.obligation);
  append(to.risks, risk_items(facts, live, directory, today));
  ClientWeek week(to, facts, today);
  if (const Suspension* suspended = suspension_on(facts, today)) {
    week.add_suspension(*suspended, live);  // while it lasts no visit is asked for (R10)
    return;
  }
  for (const Obligation& o : live) week.add_month(o);
  week.add_gap(terms);
}

}  // namespace omamori
