// One round with notifiers that a test holds itself, by the names it has for them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daemon/runtime/run_once.h"

namespace omamori {

// Null = not configured.
struct Outlets {
  Notifier* email = nullptr;
  Notifier* file = nullptr;
  std::map<std::string, Notifier*> webhooks;  // by endpoint
};

inline std::vector<InlineCouriers::Line> lines_of(const Outlets& outlets) {
  std::vector<InlineCouriers::Line> lines;
  if (outlets.email) lines.push_back({{Channel::email, ""}, outlets.email});
  if (outlets.file) lines.push_back({{Channel::file, ""}, outlets.file});
  for (const auto& [name, notifier] : outlets.webhooks) {
    lines.push_back({{Channel::webhook, name}, notifier});
  }
  return lines;
}

inline OnceReport run_once(Service& service, const Outlets& outlets, const Act& act) {
  return run_once(service, lines_of(outlets), act);
}

}  // namespace omamori
