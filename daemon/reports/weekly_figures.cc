#include "daemon/reports/weekly_figures.h"

#include <algorithm>
#include <iterator>

#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

using std::chrono::days;

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

class ClientWeek {
 public:
  ClientWeek(WeeklyFigures& to, const ClientFacts& facts, Day monday, Day today)
      : to_(to),
        facts_(facts),
        sunday_(monday + days{6}),
        today_(today),
        manager_(version_on(facts, today).case_manager) {}

  void add_obligation(const Obligation& o) {
    if (o.kind == ObligationKind::monitoring && o.due_by && !o.months.empty()) {
      const bool open = o.window_from <= std::max(sunday_, today_);
      if (open) to_.months.push_back({manager_, facts_.code, o.months.front(), *o.due_by});
    }
    if (o.kind == ObligationKind::concern) {
      to_.checks.push_back({manager_, facts_.code, o.check, o.opened, false, true});
    }
    if (o.kind == ObligationKind::lapse) {
      // Somebody must still answer it, whatever has been recorded since.
      to_.checks.push_back({manager_, facts_.code, o.check, o.opened - std::chrono::days{1}, true});
    }
    if (o.kind == ObligationKind::streak && o.due_by) {
      const auto late = static_cast<int>(std::max<std::int64_t>(0, (today_ - *o.due_by).count()));
      to_.overdue.push_back({manager_, facts_.code, o.months, *o.due_by, late});
    }
  }

  void add_check(const Check& check) {
    const CheckTerms& terms = version_on(check, today_).terms;
    const CheckStanding now = standing(terms, check.check_ins, today_);
    const bool lapsed = now.state == CheckState::lapsed;
    const bool counts = now.state == CheckState::ok || now.state == CheckState::due ||
                        now.state == CheckState::awaiting_first;
    if (!lapsed && !(counts && now.deadline <= today_ + kNearLapse)) return;
    if (terms.until && *terms.until <= now.deadline) return;  // it ends before it could lapse
    const WeeklyCheck found{manager_, facts_.code, check.code, now.deadline, lapsed};
    if (std::find(to_.checks.begin(), to_.checks.end(), found) == to_.checks.end()) {
      to_.checks.push_back(found);
    }
  }

  void add_suspension(const Suspension& suspension) {
    to_.suspended.push_back({manager_, facts_.code, suspension.from, suspension.until});
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
  Day sunday_;
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
  append(months, other.months);
  append(overdue, other.overdue);
  append(checks, other.checks);
  append(suspended, other.suspended);
  append(gaps, other.gaps);
  append(dead_letters, other.dead_letters);
  acts_now.insert(other.acts_now.begin(), other.acts_now.end());
}

void WeeklyFigures::sort() {
  std::sort(months.begin(), months.end());
  std::sort(overdue.begin(), overdue.end());
  std::sort(checks.begin(), checks.end());
  std::sort(suspended.begin(), suspended.end());
  std::sort(gaps.begin(), gaps.end());
  std::sort(dead_letters.begin(), dead_letters.end());
}

void add_client(WeeklyFigures& to, const ClientFacts& facts, std::span<const KnownObligation> known,
                std::span<const TermsVersion> terms, const Directory& directory, Day monday,
                Day today) {
  if (service_over(facts, today)) return;
  ++to.clients;
  add_who_acts(to, version_on(facts, today), directory, today);
  ClientWeek week(to, facts, monday, today);
  if (const Suspension* suspended = suspension_on(facts, today)) {
    week.add_suspension(*suspended);  // while it lasts nothing else is asked (R10)
    return;
  }
  for (const KnownObligation& o : known) week.add_obligation(o.obligation);
  for (const Check& check : facts.checks) week.add_check(check);
  week.add_gap(terms);
}

}  // namespace omamori
