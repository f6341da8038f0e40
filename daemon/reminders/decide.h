// The first committed step of telling: plan every client that is due, and write down what that
// means — obligations opened and ended, reminders owed, silences with their reason, the next
// instant to look.
//
// What one client's data does to the planner harms nobody else (P5): a client that cannot be
// planned keeps its place, is looked at again in an hour, and is reported.
#pragma once

#include <string>
#include <vector>

#include "daemon/reminders/context.h"

namespace omamori {

struct FailedClient {
  std::string client;
  std::string why;
};

struct DecideReport {
  std::size_t clients = 0;  // planned
  std::size_t opened = 0;   // obligations
  std::size_t ended = 0;
  std::size_t owed = 0;  // reminders that became owed
  std::size_t silences = 0;
  std::vector<FailedClient> failed;
  std::vector<std::string> restored;    // had lost their place in the schedule; planned again
  std::vector<std::string> unreadable;  // rows of the directory or the policies left out

  void add(const DecideReport& other);
};

// Plans what is due at `act.now`, in transactions of some hundred clients each, so a kill loses
// nothing and repeats only what was not written. Throws SqliteError if the store cannot write.
DecideReport decide_due(Service& service, const Act& act);

// The same in pieces, so that a loop can do something else in between: a whole city is planned
// anew when the policy changes, and nobody's message or question waits for that.
class DecideRun {
 public:
  // Whoever is due at `now`; nobody else joins.
  DecideRun(Service& service, Instant now);
  bool finished() const { return done_ >= due_.size(); }
  // The next some thousand clients. What all plans have in common is read anew each time.
  DecideReport pass(const Act& act);

 private:
  Service& service_;
  std::vector<std::string> due_;
  bool many_ = false;  // so many that reading everybody in one pass is cheaper
  std::size_t done_ = 0;
};

}  // namespace omamori
