#include "daemon/rules/end_reports.h"

#include <algorithm>

namespace omamori {
namespace {

constexpr std::chrono::days kNotAgainFor{60};

}  // namespace

std::optional<Day> seen_after(const ClientFacts& facts, const EndReport& report, Day today) {
  std::optional<Day> first;
  const auto add = [&](Day on) {
    if (on > report.on && on <= today && (!first || on < *first)) first = on;
  };
  for (const Visit& visit : facts.visits) add(visit.on);
  for (const Contact& contact : facts.contacts) add(contact.on);
  return first;
}

const EndReport* standing_end_report(const ClientFacts& facts, Day today) {
  const EndReport* report = recent_end_report(facts, today);
  const bool stands = report && today <= report->made_on + kEndReportWaits && !facts.ended_on;
  return stands ? report : nullptr;
}

const EndReport* recent_end_report(const ClientFacts& facts, Day today) {
  const auto found =
      std::find_if(facts.end_reports.rbegin(), facts.end_reports.rend(), [&](const EndReport& r) {
        return r.made_on <= today && today <= r.made_on + kNotAgainFor &&
               !seen_after(facts, r, today);
      });
  return found == facts.end_reports.rend() ? nullptr : &*found;
}

}  // namespace omamori
