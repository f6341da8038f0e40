// The lines of a preview, by day and person. A large city has millions of them in a few months, so
// past a limit only the sums are kept.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "config/config.h"
#include "daemon/model/obligation.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/recipients.h"

namespace omamori {

// One line that somebody will be told.
struct PreviewLine {
  Instant at{};
  Day day{};  // of `at`
  Reminder reminder;
  std::shared_ptr<const Obligation> about;
  bool owed_already = false;  // its time has come before; it waits for delivery
  // Lines with the same name that are told at one instant to one person are one message: "" is the
  // digest.
  std::string_view message() const;
};

// A person on one day, and how they are told. `way` is empty if there is none; `why` says so then.
struct PreviewPerson {
  std::string staff;  // "" = the operator without a staff record
  Role role = Role::case_manager;
  bool of_city = false;  // a supervisor of the whole city
  std::string way;
  std::string why;
  std::size_t messages = 0;
  std::map<ObligationKind, std::size_t> kinds;  // lines of each
  std::vector<PreviewLine> lines;               // by instant, message, client; none of a summary

  std::size_t line_count() const;
};

class PreviewDays {
 public:
  // More than `most` lines are summed up; 0 = never.
  explicit PreviewDays(std::size_t most) : most_(most) {}

  void add(PreviewLine line);

  std::size_t line_count() const { return line_count_; }
  bool summed_up() const { return most_ > 0 && line_count_ > most_; }
  // People by code. `directory` and `config` say how each is told. What was added is used up.
  std::map<Day, std::vector<PreviewPerson>> by_day(const Directory& directory,
                                                   const Config& config);

 private:
  struct Sum {
    Role as = Role::case_manager;
    std::map<ObligationKind, std::size_t> kinds;
    std::set<std::pair<Instant, std::string>> messages;
  };

  std::size_t most_;
  std::size_t line_count_ = 0;
  std::map<Day, std::unordered_map<std::string, Sum>> sums_;
  std::vector<PreviewLine> lines_;
};

}  // namespace omamori
