// How well a safety check was kept over a time, and what the visits it replaced were worth: whether
// the alternative works (RULES.md section 3). Pure; adds up over checks.
//
// Days of a suspension do not count, in either direction: nobody could have looked. Nor do days
// before the check was agreed, came into force, or before the first that is on record of it.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"

namespace omamori {

struct Reliability {
  int checks = 0;

  // Confirmations: one expected `every_days` after the last. A check that is confirmed more often
  // than agreed is not expected to be; while it is lapsed, one is missed every `every_days`.
  int in_time = 0;  // by the day it was expected
  int late = 0;     // after it, before the check had lapsed
  int missed = 0;   // not at all, or when it had lapsed
  int pending = 0;  // expected, but the days of grace are not over
  int expected() const { return in_time + late + missed; }
  std::optional<double> share_in_time() const;  // of expected(), 0–1

  int days = 0;            // on which it was in force
  int fulfilled_days = 0;  // of those, on which it could lengthen the interval
  std::optional<double> share_fulfilled() const;
  int lapses = 0;  // that opened in the time
  int lapsed_days = 0;
  int concerns = 0;
  int answered = 0;  // of those, to which somebody gave a word, or after which they were reached
  std::vector<std::chrono::minutes> until_word;    // from a concern to the first word about it
  std::optional<double> hours_until_word() const;  // the median

  int waived = 0;    // months due in the time that it took away
  int troubled = 0;  // of those, followed by a concern or a lapse of this check before anybody was
                     // seen again

  void add(const Reliability& other);
};

// From `from` to `until`, both inclusive, by what is recorded on or before `today`. `months` are
// the client's on `today`. Nothing: the check was not agreed and in force on any day of it.
std::optional<Reliability> reliability(const ClientFacts& client, const ClientMonths& months,
                                       const Check& check, Day from, Day until, Day today);

}  // namespace omamori
