// policy_warnings() of config/policy_change.h.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "config/policy_change.h"
#include "config/policy_words.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using Lines = std::vector<std::string>;

std::string months(int count) { return std::to_string(count); }

// R6: an extension is cut to the maximum and rounded down to a multiple of the standard.
void warn_of_extension(const Terms& terms, Lines& lines) {
  const int standard = terms.standard_interval_months;
  const int longest = std::min(terms.extended_interval_months, terms.max_interval_months);
  const int effective = longest / standard * standard;
  const std::string name =
      "extended_interval_months (" + months(terms.extended_interval_months) + ")";
  if (effective <= standard) {
    lines.push_back(name + " extends nothing: cut to max_interval_months (" +
                    months(terms.max_interval_months) +
                    ") and rounded down to a multiple of standard_interval_months (" +
                    months(standard) + ") it is not longer than that");
  } else if (terms.extended_interval_months > terms.max_interval_months) {
    lines.push_back(name + " is above max_interval_months (" + months(terms.max_interval_months) +
                    ") and acts as " + months(effective));
  } else if (effective != terms.extended_interval_months) {
    lines.push_back(name + " is no multiple of standard_interval_months (" + months(standard) +
                    ") and acts as " + months(effective));
  }
  if (terms.initial_months == 0 && terms.initial_from_next_month) {
    lines.push_back("initial_starts has no effect while initial_months is 0");
  }
}

void warn_of_offices(const Terms& terms, const std::set<std::string_view>& known, Lines& lines) {
  for (const OfficeInterval& office : terms.offices) {
    const std::string name = "office " + office.office;
    if (!known.contains(office.office)) lines.push_back(name + ": no such office is known");
  }
}

// What an interval does to whom is counted by the planner (daemon/settings/policy_effects.h). An
// override that goes on exactly as the one before is useless for certain.
void warn_of_overrides(const Terms& terms, const std::set<std::string_view>& known, Lines& lines) {
  const Override* previous = nullptr;
  for (const Override& item : terms.overrides) {
    const std::string name = "override " + item.client + " from " + to_string(item.from);
    const bool follows = previous && previous->client == item.client && previous->until &&
                         *previous->until + std::chrono::days{1} == item.from;
    if (!known.contains(item.client)) lines.push_back(name + ": no such client is known");
    if (follows && previous->interval_months == item.interval_months) {
      lines.push_back(name + ": only continues the one before; extend its `until` instead");
    }
    previous = &item;
  }
}

void warn_of_stages(const Policy& policy, Lines& lines) {
  std::map<std::pair<int, Role>, const Stage*> told;
  bool reaches_case_manager = false;
  for (const Stage& stage : policy.stages) {
    if (stage.days < -30) {
      lines.push_back("stage " + stage.name + ": days " + std::to_string(stage.days) +
                      " is before the month begins; it is told on the month's first open day");
    }
    for (const Role role : stage.to) {
      reaches_case_manager = reaches_case_manager || role == Role::case_manager;
      const auto [entry, fresh] = told.emplace(std::pair{stage.days, role}, &stage);
      if (fresh) continue;
      lines.push_back("stage " + stage.name + ": tells " + word_of(stage_role_words, role) +
                      " on the same day as stage " + entry->second->name + "; once is enough");
    }
  }
  if (!reaches_case_manager) lines.push_back("stage: no stage reaches the case manager");
}

void warn_of_telling(const Policy& policy, Lines& lines) {
  for (const Day day : policy.closed_days) {
    const std::chrono::weekday weekday{day};
    if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) continue;
    lines.push_back("closed_days: " + to_string(day) + " is a " +
                    word_of(weekday_words, std::optional(weekday)) + ", closed anyway");
  }
  if (policy.urgent_fallback_after > policy.fallback_after) {
    lines.push_back("urgent_fallback_after (" + duration_text(policy.urgent_fallback_after) +
                    ") is longer than fallback_after (" + duration_text(policy.fallback_after) +
                    "): what is urgent would wait longer");
  }
}

}  // namespace

std::vector<std::string> policy_warnings(const Policy& policy,
                                         std::span<const std::string> known_offices,
                                         std::span<const std::string> known_clients) {
  Lines lines;
  warn_of_extension(policy.terms, lines);
  warn_of_telling(policy, lines);
  warn_of_offices(policy.terms, {known_offices.begin(), known_offices.end()}, lines);
  warn_of_overrides(policy.terms, {known_clients.begin(), known_clients.end()}, lines);
  warn_of_stages(policy, lines);
  return lines;
}

}  // namespace omamori
