// What `diff` shows, gathered: a policy that is not in force beside the one that is, client by
// client. Codes only. Reads the store, writes nothing.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "daemon/rules/message_diff.h"
#include "daemon/settings/policy_trial.h"

namespace omamori {

struct ClientDiff {
  std::string client;
  std::string office;  // "" = none is known
  PlanChange plan;
  std::vector<MessageChange> messages;
};

// Numbers of clients, but for the months and the messages.
struct DiffCount {
  std::size_t clients = 0;  // whose service goes on
  std::size_t changed = 0;  // in any way
  std::size_t altered = 0;  // interval, months or obligations
  std::size_t months_added = 0, months_removed = 0;
  std::size_t additional = 0, no_longer = 0, other_day = 0;  // messages
};

struct PolicyDiff {
  Day today{}, until{};
  std::vector<std::string> settings;  // describe_change()
  std::vector<SettingEffect> effects;
  DiffCount all;
  std::map<std::string, DiffCount> offices;
  std::vector<ClientDiff> clients;  // that change, by code; at most as many as asked for
  std::vector<std::string> unreadable;
};

struct DiffWanted {
  Day until{};                       // messages up to this day, inclusive
  std::string client;                // only this one; "" = everybody
  std::size_t limit = 100;           // of PolicyDiff::clients
  Language language = Language::en;  // of PolicyDiff::settings
};

PolicyDiff diff_policy(Service& service, const Policy& proposed, const DiffWanted& wanted);

}  // namespace omamori
