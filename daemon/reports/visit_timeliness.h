// How timely the monitoring visits of a time were: what became of each month that was due in it.
// Pure; adds up over clients.
#pragma once

#include <optional>
#include <vector>

#include "daemon/rules/month_states.h"

namespace omamori {

// The one in the middle; of the two middle ones their mean. Nothing of none.
std::optional<double> median_of(std::vector<int> numbers);

struct Timeliness {
  int in_time = 0;             // closed on or before due-by
  int late = 0;                // closed after it
  int unmet = 0;               // due-by has passed, nobody was seen: overdue and missed
  int open = 0;                // due-by has not passed
  int waived = 0;              // a safety check took the month away
  int suspended = 0;           // due during a suspension
  int no_record = 0;           // due before we began to watch, and nothing is recorded (R12)
  std::vector<int> days_late;  // of the late ones, in no order

  // Months of which it is known whether they were kept.
  int required() const { return in_time + late + unmet; }
  // Of those, kept in time: 0–1; nothing where there are none.
  std::optional<double> share_in_time() const;
  // In days; nothing where none was late.
  std::optional<double> median_late() const;
  std::optional<int> most_late() const;

  // Of a month due before we began to watch, at most that it has no record: which of those were
  // written down afterwards says nothing of how timely they were.
  void add(const MonthRow& row);
  void add(const Timeliness& other);
};

}  // namespace omamori
