// The decision: from everything known of one client to who must be told what now, what is left
// unsaid and why, and when to look again. Pure; the whole of it in one function.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/obligations.h"
#include "daemon/rules/recipients.h"
#include "daemon/rules/reminder_times.h"

namespace omamori {

// One client, whole. `told` and `known` are this client's.
struct Snapshot {
  const ClientFacts& facts;
  std::span<const TermsVersion> terms;
  const Directory& directory;
  const Workdays& workdays;
  const Zone& zone;
  std::span<const KnownObligation> known;
  std::span<const Telling> told;
  // The last instant at which facts, policy or a date changed what is known of this client. What it
  // brought about is told at the first slot after it, not at once.
  Instant changed_at{};
  // When the client was to be looked at again by what was known before. A stage whose slot came
  // earlier and is not told came about by a change (of the policy, of who is there, by the end of a
  // suspension): it is told at the first slot after `changed_at`. The minimum: nothing is known.
  Instant looked_at_until = Instant::min();
  // asked_and_waived() of these facts and terms, if somebody found them before; null: found here.
  const std::vector<MonthRow>* asked_and_waived = nullptr;
};

// A stage whose slot has come and that is not told, to this person, for this reason.
struct Silence {
  std::string obligation;
  std::string stage;
  int days = 0;
  int repeat = 0;
  Day slot_day{};
  Instant slot{};
  std::string staff;
  Role as = Role::case_manager;
  std::string reason;  // "suspended", "acknowledged until 2026-09-20", "a later stage is due"
  bool operator==(const Silence&) const = default;
};

struct Ended {
  std::string obligation;  // key
  Ending ending;
  // It was none, as a record shows: the slot at which whoever was told of it hears so (解消).
  // Nothing: nobody need hear of the end.
  std::optional<Instant> tell_at;
};

struct Plan {
  ClientMonths months;
  std::vector<KnownObligation> live;  // all that are live now, with the instant they were known
  std::vector<Ended> ended;           // were known, are not live any more
  std::vector<Reminder> reminders;    // owed from now on
  std::vector<Silence> silences;
  std::optional<Instant> next;  // when anything could change next…
  std::string why_no_next;      // …or why nothing will
};

Plan plan(const Snapshot& snapshot, const Policy& policy, Instant now);

}  // namespace omamori
