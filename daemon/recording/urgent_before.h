// What a record ends of what is urgent about a client: looked at before it is written, and after.
// Loop thread; reads the store.
#pragma once

#include <string>
#include <vector>

#include "daemon/reminders/context.h"

namespace omamori {

class UrgentBefore {
 public:
  // The concerns and lapses of which people have been told, or are about to be.
  UrgentBefore(std::string client, Service& service);
  // Their kinds, each once.
  std::vector<ObligationKind> all() const;
  // The kinds of those that are not any more, each once.
  std::vector<ObligationKind> ended_since() const;

 private:
  std::string client_;
  Service& service_;
  std::vector<Obligation> before_;
};

}  // namespace omamori
