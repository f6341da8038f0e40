// The figures of a weekly message, as plain values: what a supervisor must know of the week. Codes
// only, never a name (P7).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/rules/weekly_times.h"

namespace omamori {

// A month that is open by the end of the week and in which nobody has been yet.
struct WeeklyMonth {
  std::string case_manager, client;  // case manager "" = nobody
  Month month{};
  Day due_by{};
  auto operator<=>(const WeeklyMonth&) const = default;
};
// A streak: months in which nobody was.
struct WeeklyOverdue {
  std::string case_manager, client;
  std::vector<Month> months;
  Day due_by{};  // of the first of them
  int days_late = 0;
  auto operator<=>(const WeeklyOverdue&) const = default;
};
// A safety check that is not confirmed any more, will not be unless a record comes within days, or
// said that something is wrong.
struct WeeklyCheck {
  std::string case_manager, client, check;
  Day deadline{};  // its last day
  bool lapsed = false;
  bool concern = false;  // open since `deadline`, and nobody has seen to it
  auto operator<=>(const WeeklyCheck&) const = default;
};
struct WeeklySuspension {
  std::string case_manager, client;
  Day from{};
  std::optional<Day> until;
  auto operator<=>(const WeeklySuspension&) const = default;
};
// The next month of the certificate lies further off than standard, and nobody looks in meanwhile
// (R4).
struct WeeklyGap {
  std::string case_manager, client;
  Month month{};
  auto operator<=>(const WeeklyGap&) const = default;
};
// A message that was refused for good, grew too old or was given up.
struct WeeklyDeadLetter {
  Instant at{};
  std::string staff;
  Channel channel = Channel::email;
  bool refused = false;  // by the peer; else it found no way in time
  std::string message;   // its id
  auto operator<=>(const WeeklyDeadLetter&) const = default;
};

// What is told of one office, or of several together.
struct WeeklyFigures {
  std::size_t clients = 0;  // in service
  std::vector<WeeklyMonth> months;
  std::vector<WeeklyOverdue> overdue;
  std::vector<WeeklyCheck> checks;
  std::vector<WeeklySuspension> suspended;
  std::vector<WeeklyGap> gaps;
  std::vector<WeeklyDeadLetter> dead_letters;
  // By the code of the record: who acts as case manager, where it is somebody else.
  std::map<std::string, Acting> acts_now;

  void add(const WeeklyFigures& other);
  // By case manager and client; dead letters by instant.
  void sort();
};

// A check whose deadline is within so many days is near its lapse.
inline constexpr std::chrono::days kNearLapse{7};

// Adds what one client has to say on `today` of the week that begins on `monday`. `known`: the
// client's live obligations.
void add_client(WeeklyFigures& to, const ClientFacts& facts, std::span<const KnownObligation> known,
                std::span<const TermsVersion> terms, const Directory& directory, Day monday,
                Day today);

struct WeeklyReport {
  Day monday{};
  bool whole_city = false;
  std::vector<std::string> offices;  // else
  WeeklyFigures figures;
  std::size_t unreadable = 0;  // clients whose rows cannot be read, in the whole database
  std::vector<Said> health;    // what is wrong with omamori itself, a line each; empty: all is well
  // The head of the journal when the message was composed: kept on paper it shows later whether the
  // journal is still whole.
  std::int64_t journal_seq = 0;
  std::string journal_hash;
};

}  // namespace omamori
