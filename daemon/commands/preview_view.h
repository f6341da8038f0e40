// What `preview` shows, gathered: messages to come by day and person. Codes only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/commands/preview_days.h"
#include "daemon/reminders/context.h"
#include "daemon/rules/forecast.h"

namespace omamori {

struct PreviewWanted {
  Day until{};
  Meanwhile meanwhile = Meanwhile::confirmed;
  std::string staff;           // only what this person is told; "" = everybody
  std::size_t most_lines = 0;  // more are summed up; 0 = never
};

struct Preview {
  Instant now{};
  Day until{};
  Meanwhile meanwhile = Meanwhile::confirmed;
  bool hold = false;
  Said held_by{"", ""};  // of hold
  bool summed_up = false;
  std::map<Day, std::vector<PreviewPerson>> days;  // people by code
  std::vector<std::string> unreadable;             // left out: clients, rows
  std::size_t messages = 0, lines = 0;
  std::set<std::string> people, without_way;  // staff codes
};

// Reads the store, writes nothing. Costs what is due until then, not what exists.
Preview preview(Service& service, const PreviewWanted& wanted);

}  // namespace omamori
