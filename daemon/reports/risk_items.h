// What is wrong with a client, or will be within a week, and who must act: the rows of `list risk`,
// and the first part of the weekly message. Codes only, never a name (P7). Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/rules/obligations.h"

namespace omamori {

// A week: today and the seven days after it.
inline constexpr std::chrono::days kWeekAhead{7};

struct RiskItem {
  // As of the obligation it is; check_in: a safety check that lapses unless a record comes.
  ObligationKind kind = ObligationKind::concern;
  Acting acts;  // who must act: mostly the case manager; of a check near its lapse the provider
  std::string office, case_manager, client;  // case manager of the record, "" = nobody
  std::vector<Month> months;                 // monitoring, streak, baseline
  std::string check;                         // concern, lapse, check_in
  Day since{};             // it opened; lapse: the day after the last on which it was confirmed
  std::optional<Day> by;   // its term; check_in: the last day before the lapse
  bool suspended = false;  // only the end of the decision is asked for then (R10)
  std::string obligation;  // key; "" where nobody is asked for anything yet, or any more
  bool operator==(const RiskItem&) const = default;
};

// Its word for programs: of the obligation, or "near_lapse".
std::string_view risk_word(const RiskItem& item);
// It is wrong already, whatever its term; else its last day falls within the week.
bool has_gone_wrong(const RiskItem& item);
// Since its term; 0 while that has not passed.
int days_past(const RiskItem& item, Day today);

// Always what has gone wrong: a concern, a lapse (also one that was answered, while the check is
// not confirmed), a streak, a decision that expired, nobody responsible, an end of service to be
// confirmed. And what has its last day within the week: a month, a check, a decision, a return, a
// baseline. `live`: the client's obligations of `today`.
std::vector<RiskItem> risk_items(const ClientFacts& facts, std::span<const Obligation> live,
                                 const Directory& directory, Day today);

// By person who must act, whoever has the most pressing thing first; of one person the most
// pressing first: what has gone wrong, then by last day.
void sort_by_who_acts(std::vector<RiskItem>& items);

}  // namespace omamori
