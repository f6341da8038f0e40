// How many monitoring visits lie ahead, by month: so that a case manager can spread them. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "daemon/rules/obligations.h"

namespace omamori {

// The visits of one client, or the sum of many.
struct Load {
  int clients = 0;
  int overdue = 0;          // clients with months past their due-by that nobody was seen in
  int carried = 0;          // of those, the ones who need a visit of its own: none of this month's
                            // settles it as well
  std::vector<int> months;  // unmet months by the month they are due in, from the first on
  int ending = 0;           // clients whose decision period ends before the last month: no months
                            // are known after it
  int total() const;
  void add(const Load& other);
};

// Months from the one of `day.today` on, `months` of them (>= 1). A client whose service has ended
// has none.
Load load_of(const ClientDay& day, int months);

// Loads by office and case manager ("" = nobody), ascending.
class Workload {
 public:
  explicit Workload(int months) : months_(months) { total_.months.resize(size()); }
  void add(const ClientVersion& who, const Load& load);

  struct Row {
    std::string office, case_manager;
    Load load;
  };
  const std::vector<Row>& rows() const { return rows_; }
  std::vector<Row> offices() const;  // case_manager is ""
  const Load& total() const { return total_; }

 private:
  std::size_t size() const { return static_cast<std::size_t>(months_); }
  int months_;
  std::vector<Row> rows_;
  Load total_;
};

}  // namespace omamori
