// What a policy does to the plan of one client: the plan by one policy beside the plan by another,
// on the same day and by the same facts. Pure. Gathering them for many:
// daemon/settings/policy_trial.h.
//
// A plan here is what a supervisor means by it: the interval, the months that are asked for, and
// what somebody must do now. When it is told and in which words is no part of it; what is told is
// compared by daemon/rules/message_diff.h.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/obligations.h"

namespace omamori {

// The interval of the period that is shown (period_for), by the facts of the day.
struct IntervalSeen {
  int months = 0;  // 0: none (explicit months, self plan)
  BasisOf basis;
  std::string check;       // the safety check that made it longer; "" if none
  bool has_check = false;  // is there a safety check at all?
  bool operator==(const IntervalSeen&) const = default;
};

struct ClientPlan {
  IntervalSeen interval;
  std::vector<MonthRow> months;  // of all periods, required and waived
  std::vector<Obligation> live;
};

// Everything that decides about one client besides its facts.
struct Settings {
  std::span<const TermsVersion> terms;
  const Policy& policy;
  const Directory& directory;
};

// `live`: nothing for a client whose service has ended.
ClientPlan plan_of(const ClientFacts& client, const Settings& settings, Day today);

// One obligation that is live by both policies, with another due-by.
struct MovedObligation {
  Obligation before, after;
};

struct PlanChange {
  IntervalSeen interval_before, interval_after;
  std::vector<MonthRow> months_added;    // asked for only after, as they then are
  std::vector<MonthRow> months_removed;  // asked for only before, as they were
  std::vector<Obligation> opened, ended;
  std::vector<MovedObligation> moved;
  // Anything but who asked for the same interval. Two policies may differ and alter no plan.
  bool alters() const;
};

// A month of `monitoring` that is only looked at earlier or later, because a stage moved, is no
// change: the month is asked for all the same.
PlanChange compare_plans(const ClientPlan& before, const ClientPlan& after);

// The terms without the offices and overrides of others: a file may have thousands.
Terms terms_about(const Terms& all, const ClientFacts& client);

// False where two policies differ only in when, to whom and how it is told: then no plan can.
bool may_alter_plans(const Policy& before, const Policy& after);

}  // namespace omamori
