// The figures of the week, read from the store: all offices in one pass, then put together for each
// person who is told of them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "daemon/reminders/context.h"
#include "daemon/reports/weekly_figures.h"

namespace omamori {

// Of every office on one day.
struct WeeklyBook {
  Instant made{};
  Day monday{};
  Day from{};  // the day of `made`
  std::map<std::string, WeeklyFigures> offices;
  struct DeadLetter {
    WeeklyDeadLetter letter;
    std::string office;  // of whom it was to reach; may be empty
  };
  std::vector<DeadLetter> dead_letters;
  std::map<std::string, WeeklyScope> scopes;  // who reads what, by staff code
  std::size_t unreadable = 0;
  std::vector<Said> health;  // of omamori itself, as `status` has it
};

// Reads every client once; a row that cannot be read is counted and left out. `week` is the
// obligation of the message. Dead letters are those of the seven days before its slot, and since.
std::shared_ptr<const WeeklyBook> read_weekly_book(Service& service, const Obligation& week);

// What `staff` is told, as of now. The figures are those of service.weekly_book if they are of this
// week and not older than ten minutes, because a morning's messages are composed together.
std::shared_ptr<const WeeklyReport> weekly_report(Service& service, const Obligation& week,
                                                  const std::string& staff);

}  // namespace omamori
