// Writes down what a sensor or a script said of a safety check (RULES.md, P8). Of one check, day
// and outcome it is one record, however often it comes: what is written then is one row, written
// again, and no row of the journal. Loop thread; what was written is on disk on return.
#pragma once

#include <string>

#include "daemon/reminders/context.h"

namespace omamori {

struct Ping {
  std::string check;
  std::string client;  // of the check
  Outcome outcome = Outcome::ok;
  std::string run;  // a UUID by which the caller's repeats are known; "" = it gave none
};

void record_ping(const Ping& ping, Service& service);

// Somebody with the key of that check called in a way that does not count.
void note_refused_ping(const std::string& check, const std::string& client,
                       const std::string& method, Service& service);

}  // namespace omamori
