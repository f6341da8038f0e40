// What somebody must do about one client on a day: the rows of the table in section 4 of RULES.md,
// derived from the facts and nothing else. The same facts always give the same obligations, with
// the same keys. What was told of them is not known here (daemon/rules/plan.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/obligation.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/recipients.h"

namespace omamori {

// How an obligation ended (P4): "met", "withdrawn", "waived", "superseded", "suspended", "ended".
// The words are stored and shown.
struct Ending {
  std::string state;
  std::string reason;  // English, codes and days only: "visit on 2026-09-12"
};

// One client on one day: facts, the months judged from them, and who works where.
struct ClientDay {
  const ClientFacts& facts;
  const ClientMonths& months;
  std::span<const TermsVersion> terms;
  const Directory& directory;
  const Policy& policy;
  Day today;
};

// The live ones, most urgent kind first. A client whose service has ended has none.
std::vector<Obligation> live_obligations(const ClientDay& day);

// Has the client somebody responsible? Nothing = yes, or none is wanted: a self plan without a case
// manager is lawful. Else why not.
std::optional<Unassigned> lacks_case_manager(const ClientFacts& facts, const Directory& directory,
                                             Day today);

// The latest concern of that check that somebody is told of and no visit and no contact has
// answered; null: none is open.
const CheckIn* open_concern(const ClientFacts& facts, const Check& check, Day today);

// What somebody must do because of the latest lapse of that check; nothing: it has none that is
// open, or somebody has looked in since.
std::optional<Obligation> lapse_of(const Check& check, const ClientDay& day);

// Is the check of `lapse`, which was live before, lapsed still, and has nobody looked in since it
// opened? Then it goes on, also where a record was voided and the check now seems to have lapsed
// long before.
bool lapse_stands(const Obligation& lapse, const ClientDay& day);

// Why `gone`, which was live before, is not any more.
Ending ending_of(const Obligation& gone, const ClientDay& day);

// A stage before due-by that falls on a closed day may move earlier by as much.
inline constexpr std::chrono::days kMovedEarlier{14};

// How many days before due-by a required month is looked at: what the earliest before-due stage
// needs, moved to an open day.
std::chrono::days monitoring_horizon(const Policy& policy);

}  // namespace omamori
