// What can happen to a client, as a table: the plot of tests/tools/sample_city.h.
#pragma once

#include <array>

#include "daemon/model/facts.h"

namespace omamori {

enum class PeriodShape {
  running,        // a year from the first of some month
  mid_month,      // a year from the 16th
  with_history,   // running, and the year before it is known too
  just_begun,     // from the first of this month
  ends_soon,      // in 25 days, nothing follows yet
  ends_now,       // in 5 days, nothing follows yet
  renewed_early,  // ends in 14 days, the next is known
  expired,        // ended 10 days ago, nothing follows
  gap,            // ended 40 days ago, the next began 20 days later
  changed         // cut two months ago by a changed decision
};

enum class CheckStory {
  none,
  ok,
  due,             // its rhythm is reached, its grace is not
  lapsed,          // past its grace
  awaiting_first,  // agreed a few days ago, nobody has looked yet
  concern,         // the last check-in says something is wrong
  not_agreed,      // confirmed, but the city has not agreed
  ended,
  unreachable  // nobody opened, three times
};

enum class VisitStory { kept, late, last_missed, two_missed, never };

struct Story {
  PlanKind plan = PlanKind::standby_short_stay;
  DecisionKind decision = DecisionKind::renewal;
  PeriodShape shape = PeriodShape::running;
  CheckStory check = CheckStory::none;
  VisitStory visits = VisitStory::kept;
  int interval_months = 0;  // of the certificate; 0 = not written
  bool explicit_months = false;
  bool unassigned = false;
  bool watched_from_start = true;  // else from today: what was before is no record
};

inline constexpr auto kStandby = PlanKind::standby_short_stay;
inline constexpr auto kRegular = PlanKind::regular;
inline constexpr auto kSelf = PlanKind::self_plan;
inline constexpr auto kRenewal = DecisionKind::renewal;
inline constexpr auto kNew = DecisionKind::new_decision;

inline constexpr std::array<Story, 30> kStories{{
    // Standby plans with a living check: every six months is enough.
    {kStandby, kRenewal, PeriodShape::running, CheckStory::ok, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::mid_month, CheckStory::ok, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::with_history, CheckStory::ok, VisitStory::kept, 6},
    {kStandby, kRenewal, PeriodShape::ends_soon, CheckStory::ok, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::renewed_early, CheckStory::ok, VisitStory::late},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::due, VisitStory::kept},
    {kStandby, kNew, PeriodShape::running, CheckStory::ok, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::ok, VisitStory::last_missed, 12},
    {kStandby, kRenewal, PeriodShape::with_history, CheckStory::ok, VisitStory::kept, 0, false,
     false, false},
    // Standby plans whose check has stopped, or never began: back to three.
    {kStandby, kRenewal, PeriodShape::running, CheckStory::lapsed, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::with_history, CheckStory::lapsed, VisitStory::last_missed},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::lapsed, VisitStory::kept, 0, false,
     false, false},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::concern, VisitStory::kept},
    {kStandby, kNew, PeriodShape::just_begun, CheckStory::awaiting_first, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::not_agreed, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::ended, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::unreachable, VisitStory::kept},
    // Standby plans without a check.
    {kStandby, kRenewal, PeriodShape::running, CheckStory::none, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::none, VisitStory::last_missed},
    {kStandby, kRenewal, PeriodShape::with_history, CheckStory::none, VisitStory::two_missed},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::none, VisitStory::never, 6, false, false,
     false},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::none, VisitStory::kept, 0, true},
    {kStandby, kRenewal, PeriodShape::ends_now, CheckStory::none, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::changed, CheckStory::none, VisitStory::kept},
    {kStandby, kRenewal, PeriodShape::running, CheckStory::ok, VisitStory::kept, 0, false, true},
    // Regular plans.
    {kRegular, kRenewal, PeriodShape::running, CheckStory::none, VisitStory::kept, 6},
    {kRegular, kNew, PeriodShape::running, CheckStory::none, VisitStory::late, 3},
    {kRegular, kRenewal, PeriodShape::expired, CheckStory::none, VisitStory::kept, 1},
    {kRegular, kRenewal, PeriodShape::gap, CheckStory::none, VisitStory::last_missed, 3, false,
     true},
    // A plan of one's own: nobody visits, but somebody may look in.
    {kSelf, kRenewal, PeriodShape::running, CheckStory::ok, VisitStory::never},
}};

}  // namespace omamori
