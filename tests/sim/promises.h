// The promises P1, P2 and P4 of RULES.md, stated a second time and more simply than the program
// does, and checked against what is in the store and what the peers got; P3 is told_once.h. Shares
// no code with plan(): what is required is worked out naively from the facts.
//
// One line for each broken promise; none is good.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tests/sim/book.h"

namespace omamori::sim {

// The moment of a look, and what the checks of each client stand on.
struct Moment {
  Instant now{};
  Day today{};
  Instant edited{};  // when a supervisor's edit was last taken: it is told at the first slot after
  const Planning& planning;
  const Zone& zone;
};

// What is wrong with one client.
class Broken {
 public:
  explicit Broken(const Moment& moment) : moment_(moment) {}
  void add(std::string_view promise, const std::string& what);
  std::vector<std::string> lines;

 private:
  const Moment& moment_;
};

// Told, or owed with a next attempt, or left out for a reason.
bool accounted_for(const StoredItem& item);

// P1b: whatever is live and whose day has come was told to, or is owed to, each who must know
// (telling_promise.cc).
void check_telling(const Moment& moment, const Page& page, Broken& broken);
// P1b: what must be live, from the facts alone: a check that nobody confirmed in time, and a month
// that passed without a visit (months_promise.cc).
void check_known(const Moment& moment, const Page& page, const ClientMonths& months,
                 Broken& broken);
// P2: no month is waived on a day on which nobody looks in, and none is simply missing
// (months_promise.cc).
void check_intervals(const Moment& moment, const Page& page, const ClientMonths& months,
                     Broken& broken);

class Promises {
 public:
  Promises(World& world, Book& book) : world_(world), book_(book) {}

  // Whom a look is about; whoever has changed is looked at besides.
  struct Look {
    std::set<std::string> touched;
    std::set<std::string> from_the_store;  // all there is of them, whatever is remembered
    bool everybody = false;                // a day has passed
  };
  // At rest while the daemon runs and believes its clock. `everybody`: their codes.
  std::vector<std::string> check(const Look& look, const std::vector<std::string>& everybody);

  std::unordered_set<std::string> accepted;  // ids of all messages that a peer has taken

 private:
  void check_from_the_store(const std::string& client, Broken& broken);
  void check_client(const Moment& moment, const std::string& client, bool touched, Broken& broken);
  void check_schedule(const Moment& moment, const Page& page, bool active, Broken& broken) const;
  void check_items(const std::vector<StoredItem>& items, Broken& broken) const;
  void check_ended(const StoredObligation& obligation, Broken& broken) const;
  void check_ways_out(const Moment& moment, Broken& broken);

  World& world_;
  Book& book_;
};

}  // namespace omamori::sim
