// What somebody must do (RULES.md section 4). Produced by daemon/rules/obligations.h, kept by
// db/store.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

enum class ObligationKind {
  monitoring,           // one required month, before its due-by
  streak,               // a run of unmet required months, after it
  baseline,             // no record from before we watched
  lapse,                // a safety check is no longer confirmed
  concern,              // a check-in said: something is wrong
  renewal,              // the decision period ends soon
  expired,              // it has ended and nothing follows
  unassigned,           // no case manager
  suspension_standing,  // still suspended
  end_report,           // a case manager says that service has ended; a supervisor confirms it
  return_,              // back after a suspension
  check_in,             // the provider's record is due today
  trouble,              // something of ours does not work (operator)
  weekly,               // the overview of one week (daemon/rules/weekly_times.h)
  receipt,              // what was recorded by a link in somebody's name (P8)
};

// "monitoring", "return", …: the word used in keys, JSON and webhooks.
std::string_view to_word(ObligationKind kind);
std::optional<ObligationKind> obligation_kind(std::string_view word);

// Why an interval is what it is (R6). The word for files is to_word(); `refused` adds "_refused".
enum class Basis {
  standard,
  office,
  certificate,
  override_,
  safety_check,
  initial,
  explicit_months,
  self_plan
};
struct BasisOf {
  Basis basis = Basis::standard;
  bool refused = false;  // asked for longer than standard without a fulfilled check
  bool operator==(const BasisOf&) const = default;
};
std::string to_word(BasisOf basis);

// One thing somebody must do. `key` is stable for ever: "C-12/monitoring/2026-04-01/2026-09".
struct Obligation {
  ObligationKind kind = ObligationKind::monitoring;
  std::string client;
  std::string key;
  Day opened{};                // the first day it can be told
  Day window_from{};           // the action counts from this day…
  std::optional<Day> due_by;   // …to this one; nothing: no term (suspension_standing, check_in)
  Day count_from{};            // after-due stages count from this day: due_by, or later (section 4)
  std::vector<Month> months;   // monitoring: one; streak and baseline: the unmet ones
  std::string check;           // lapse, concern, check_in
  std::string provider;        // check_in: whom to ask
  std::optional<Day> last_ok;  // lapse: when the check was last confirmed
  int interval_months = 0;     // monitoring, streak: k of the month; 0 = none
  BasisOf basis;               // monitoring, streak
  std::string waiving_check;   // monitoring: the check that made the interval longer
  bool quiet = false;          // told once in a digest, never escalated (R12)
  bool operator==(const Obligation&) const = default;
};

// What a key is about that belongs to no client ("trouble/peer smtp/…", "weekly/2026-W23",
// "receipt/12"); nothing for one that does.
std::optional<ObligationKind> kind_without_client(std::string_view key);

// "C-1/concern/S-1/2026-06-12T10:00:00Z".
std::string concern_key(std::string_view client, std::string_view check, Instant at);
// What came by a door under that id: its receipt, "receipt/12".
std::string receipt_key(std::int64_t door_act);
// The 12 in "receipt/12" and "C-1/end_report/12"; nothing: the key of something else.
std::optional<std::int64_t> door_act_of(std::string_view key);

// An obligation that was live when the client was last planned, and the instant from which it was
// known.
struct KnownObligation {
  Obligation obligation;
  Instant known_since{};
  bool operator==(const KnownObligation&) const = default;
};

}  // namespace omamori
