// The figures of a weekly message, as plain values: what a supervisor must know of the week. Codes
// only, never a name (P7).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/policy.h"
#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/reports/risk_items.h"
#include "daemon/rules/weekly_times.h"

namespace omamori {

// A month that is open by the end of the week and in which nobody has been yet. Where it is due in
// that week it is a risk as well.
struct WeeklyMonth {
  std::string case_manager, client;  // case manager "" = nobody
  Month month{};
  Day due_by{};
  auto operator<=>(const WeeklyMonth&) const = default;
};
struct WeeklySuspension {
  std::string case_manager, client;
  Day from{};
  std::optional<Day> until;
  std::optional<Day> decision_end;  // if it has come, or is so near that the renewal is asked for
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
  std::vector<RiskItem> risks;
  std::vector<WeeklyMonth> months;
  std::vector<WeeklySuspension> suspended;
  std::vector<WeeklyGap> gaps;
  std::vector<WeeklyDeadLetter> dead_letters;
  // By the code of the record: who acts as case manager, where it is somebody else.
  std::map<std::string, Acting> acts_now;

  void add(const WeeklyFigures& other);
  // Risks by who must act; the others by case manager and client, dead letters by instant.
  void sort();
};

// Adds what one client has to say of the week ahead of `today`. `known`: the client's live
// obligations.
void add_client(WeeklyFigures& to, const ClientFacts& facts, std::span<const KnownObligation> known,
                std::span<const TermsVersion> terms, const Directory& directory, Day today);

struct WeeklyReport {
  Day monday{};                                    // of the week that its obligation is named by
  Day from{};                                      // the day on which the figures were taken…
  Day until() const { return from + kWeekAhead; }  // …for the days until then
  bool whole_city = false;
  std::vector<std::string> offices;  // else
  WeeklyFigures figures;
  // By code; nothing where names are not to be shown (P7).
  std::shared_ptr<const std::map<std::string, std::string>> client_names = nullptr;
  std::shared_ptr<const std::map<std::string, std::string>> staff_names = nullptr;
  std::size_t unreadable = 0;  // clients whose rows cannot be read, in the whole database
  std::vector<Said> health;    // what is wrong with omamori itself, a line each; empty: all is well
  // The head of the journal when the message was composed: kept on paper it shows later whether the
  // journal is still whole.
  std::int64_t journal_seq = 0;
  std::string journal_hash;
};

}  // namespace omamori
