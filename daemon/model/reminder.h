// The reminders that obligations cause: what is owed to whom, when. Produced by
// daemon/rules/plan.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"

namespace omamori {

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
  bool owed = false;                    // not accepted by anybody yet
  std::optional<Instant> told_at = {};  // when it was accepted
  bool in_place = false;                // because somebody else could not be reached
};

// 解消: the word to whoever was told of an obligation that a record shows was none (RULES.md
// section 3). It outranks every stage, so it is told once and last. If the obligation comes back
// (the record was void), what was told before the word no longer counts: the stages of each further
// round lie above the word that ended the one before.
inline constexpr int kRound = 20'000;
inline constexpr int kWithdrawal = 10'000;
// The first word, as soon as there is something to tell.
inline constexpr std::string_view kOpenedStage = "opened";
inline constexpr std::string_view kWithdrawnStage = "withdrawn";
// To somebody who was told of an urgent thing already: who was to act could not be reached.
inline constexpr std::string_view kNotReachedStage = "not_reached";
// To the next one: nobody has answered a concern or a lapse (daemon/rules/climbing.h).
inline constexpr std::string_view kNoAnswerStage = "no_answer";
// To a case manager who has the client again and was told of it when they had it before.
inline constexpr std::string_view kHandedBackStage = "handed_back";
// Two of the reasons of ending_of() that words tell apart.
inline constexpr std::string_view kNotAgreedAnyMore = "the check is not agreed any more";
inline constexpr std::string_view kCheckInVoided = "check-in voided";
constexpr bool is_withdrawal(int rank) { return rank > 0 && rank % kRound == kWithdrawal; }
// In which round somebody is who was last told of `rank`. Stages rank between -9,999 and 9,999.
constexpr int round_after(int rank) { return (rank + kWithdrawal) / kRound; }

}  // namespace omamori
