// What `preview` shows, gathered: messages to come by day and person. Codes only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/forecast.h"
#include "daemon/service.h"

namespace omamori {

// One line that somebody will be told.
struct PreviewLine {
  Instant at{};
  Day day{};  // of `at`
  Reminder reminder;
  Obligation about;
  bool owed_already = false;  // its time has come before; it waits for delivery
  // Lines with the same name that are told at one instant to one person are one message: "" is the
  // digest.
  std::string_view message() const;
};

// A person, and how they are told. `way` is empty if there is none; `why` says so then.
struct PreviewPerson {
  std::string staff;  // "" = the operator without a staff record
  Role role = Role::case_manager;
  std::string way;
  std::string why;
  std::vector<PreviewLine> lines;  // by instant, message, client
  std::size_t messages = 0;
};

struct Preview {
  Instant now{};
  Day until{};
  Meanwhile meanwhile = Meanwhile::confirmed;
  bool hold = false;
  std::map<Day, std::vector<PreviewPerson>> days;  // people by code
  std::vector<std::string> unreadable;             // left out: clients, rows
  std::size_t messages = 0, lines = 0;
  std::set<std::string> people, without_way;  // staff codes
};

// Reads the store, writes nothing. Costs what is due until then, not what exists.
// `staff`: only what this person is told; "" = everybody.
Preview preview(Service& service, Day until, Meanwhile meanwhile, const std::string& staff = "");

}  // namespace omamori
