// From which day on records of a client are believed: two years before the first period, that of
// this import or a stored one.
#include <algorithm>

#include "daemon/import/merge_parts.h"
#include "daemon/model/record_days.h"

namespace omamori {

std::string FirstDays::why_too_early(const std::string& client, Day on) {
  if (!read_files_) {
    read_files_ = true;
    for (const ClientRow& row : files_.clients.rows) {
      if (row.whole) note(row.code, row.decision_start);
    }
  }
  if (stored_seen_.insert(client).second) {
    for (const PeriodRecord& period : known_.periods(client)) note(client, period.period.start);
  }
  const auto first = first_.find(client);
  return first == first_.end() ? "" : why_before_records(first->second, on);
}

void FirstDays::note(const std::string& client, Day start) {
  const auto [at, is_new] = first_.try_emplace(client, start);
  if (!is_new) at->second = std::min(at->second, start);
}

}  // namespace omamori
