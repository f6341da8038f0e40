// How many people are monitored how often on a day: the headcounts that the yearly national survey
// asks of a city (モニタリング実施標準期間). Pure; adds up over clients.
#pragma once

#include <array>

#include "daemon/rules/obligations.h"

namespace omamori {

// The intervals that the survey names, in months.
inline constexpr std::array kSurveyedIntervals{1, 2, 3, 4, 6, 12};

struct IntervalCounts {
  std::array<int, kSurveyedIntervals.size()> by_interval{};  // in their order
  int other = 0;        // another interval, or the months are named on the certificate
  int self_plan = 0;    // セルフプラン: no monitoring by law
  int no_decision = 0;  // in service, and no decision is in force: not part of the headcount
  int extended = 0;     // of all, those whose interval is longer here than on the certificate

  int people() const;  // with a decision in force
  // As of `day.today`; nothing of a client whose service has ended.
  void add(const ClientDay& day);
  void add(const IntervalCounts& other_counts);
};

}  // namespace omamori
