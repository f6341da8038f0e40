// The list of a client's decision periods and what a row of the file does to it (rule R11).
//
// Rows are applied in ascending order of their start, whatever their order in the file, so that an
// import does not depend on how a spreadsheet was sorted. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/kinds.h"
#include "daemon/model/records.h"

namespace omamori {

// Why a row cannot be applied, and the column it is about.
struct PeriodProblem {
  std::string_view column;
  std::string message;
};

struct PeriodStep {
  std::optional<PeriodProblem> error;
  std::optional<PeriodProblem> warning;
};

class PeriodList {
 public:
  // `stored`: ascending start, not overlapping.
  explicit PeriodList(std::vector<PeriodRecord> stored);

  // A known start corrects that period; a later one is added and cuts the last if it begins inside
  // it; an earlier one is history and must fit between its neighbours. On an error the list stays
  // as it was. Precondition: row.whole, rows ascending by start.
  PeriodStep apply(const ClientRow& row);

  const std::vector<PeriodRecord>& stored() const { return stored_; }
  const std::vector<PeriodRecord>& periods() const { return periods_; }
  // Nothing if no stored period begins there.
  const PeriodRecord* stored_at(Day start) const;
  const PeriodRecord* at(Day start) const;

 private:
  PeriodStep correct(std::size_t index, const ClientRow& row);
  PeriodStep add(const ClientRow& row);

  std::string client_;
  std::vector<PeriodRecord> stored_;
  std::vector<PeriodRecord> periods_;
};

}  // namespace omamori
