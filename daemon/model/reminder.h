// What is owed to whom: obligations (RULES.md section 4), the reminders they cause, and the lines
// of a message. Values only; they are produced by daemon/rules/obligations.h and
// daemon/rules/plan.h, kept by db/store.h, and put into words by daemon/text/message_text.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/acting_person.h"
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
  return_,              // back after a suspension
  check_in,             // the provider's record is due today
  trouble,              // something of ours does not work (operator)
  weekly,               // the overview of one week (daemon/rules/weekly_times.h)
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

// An obligation that was live when the client was last planned, and the instant from which it was
// known.
struct KnownObligation {
  Obligation obligation;
  Instant known_since{};
};

// How a message travels: its own at once, its own at the slot, or a line of the digest.
enum class Urgency { digest, own_at_slot, urgent };

// One obligation, told to one person, at one slot.
struct Reminder {
  std::string obligation;  // key
  std::string stage;       // name of the stage, or the fixed one of the kind ("opened", "weekly")
  int days = 0;            // of the stage, relative to due-by; what "told" is compared by
  int repeat = 0;          // 0 = the stage itself, n = its n-th repetition
  Day slot_day{};          // local day of the slot
  Instant slot{};
  std::string staff;             // who is told; empty = the operator without a staff record
  Role as = Role::case_manager;  // in which role
  Urgency urgency = Urgency::digest;
  // Staff code: told to `staff` because that person cannot be reached; "" = meant for `staff`.
  std::string instead_of = {};
  bool operator==(const Reminder&) const = default;
};

// What one person was told, or is owed, of one obligation: `days` is the rank of the stage.
struct Telling {
  std::string obligation;
  std::string staff;
  int days = 0;
  bool owed = false;  // not accepted by anybody yet
};

// 解消: the word to whoever was told of an obligation that a record shows was none (RULES.md
// section 3). It outranks every stage, so it is told once and last. If the obligation comes back
// (the record was void), what was told before the word no longer counts: the stages of each further
// round lie above the word that ended the one before.
inline constexpr int kRound = 20'000;
inline constexpr int kWithdrawal = 10'000;
inline constexpr std::string_view kWithdrawnStage = "withdrawn";
// To somebody who was told of an urgent thing already: who was to act could not be reached.
inline constexpr std::string_view kNotReachedStage = "not_reached";
// Two of the reasons of ending_of() that words tell apart.
inline constexpr std::string_view kNotAgreedAnyMore = "the check is not agreed any more";
inline constexpr std::string_view kCheckInVoided = "check-in voided";
constexpr bool is_withdrawal(int rank) { return rank > 0 && rank % kRound == kWithdrawal; }
// In which round somebody is who was last told of `rank`. Stages rank between -9,999 and 9,999.
constexpr int round_after(int rank) { return (rank + kWithdrawal) / kRound; }

// A line of a message: everything that words may use. Holds codes; `client_name` is set only where
// privacy.show_names allows it (P7).
struct Line {
  Obligation about;
  Reminder reminder;
  std::string client_name;
  std::string case_manager;         // code of the record; shown to supervisors
  std::optional<Acting> acts_now;   // who acts as case manager, where it is not that person
  std::optional<Acting> stands_in;  // why the reader hears it in somebody's place
  int days_late = 0;                // since due-by, 0 if not past
  int told_before = 0;              // times this person was told of this stage already
  std::optional<Day> visit_on;      // 訪問予定日 somebody announced
  std::optional<Month> also_open;   // streak: the month that is open now, with its own due-by
  std::optional<Day> also_due_by;
  bool maybe_repeat = false;      // an earlier message with it may have arrived: nobody knows (P3)
  bool withdrawn = false;         // 解消: what was told before no longer holds
  std::string instead_of;         // code of the person who could not be reached: a fallback
  std::string not_reached;        // urgent kinds: code of whom no message about it has reached
  std::string handed_over_from;   // code of the case manager before (引き継ぎ)
  std::string withdrawn_because;  // of a withdrawn line: the reason of ending_of()
  std::string detail;             // trouble: codes and technical words, one or more lines
};

enum class MessageKind { digest, urgent, trouble, weekly, test };
std::string_view to_word(MessageKind kind);

struct WeeklyReport;  // daemon/reports/weekly_figures.h

// What one person is to be told at one slot, before it has words.
struct Digest {
  MessageKind kind = MessageKind::digest;
  std::string to;  // staff code
  Day slot_day{};
  Instant slot{};
  int slots_late_days = 0;  // the slot came this many days ago (catch-up); 0 = now
  Language language = Language::ja;
  std::string contact;          // policy: whom to tell if it is done already
  std::optional<Channel> over;  // test: the channel that is tried
  std::vector<Line> lines;      // most urgent first
  std::shared_ptr<const WeeklyReport> weekly = nullptr;  // of a weekly message: its figures
};

}  // namespace omamori
