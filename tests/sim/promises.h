// The promises P1 to P4 of RULES.md, stated a second time and more simply than the program does,
// and checked against what is in the store and what the peers got. Shares no code with plan(): what
// is required is worked out naively from the facts.
//
// One line for each broken promise; none is good.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/told.h"
#include "tests/sim/world.h"

namespace omamori::sim {

// P3 over everything that was ever accepted. An item is (obligation, stage, repetition, person).
class ToldOnce {
 public:
  // In the order in which the peers took them. Empty = nothing is wrong.
  std::vector<std::string> hear(const ToldMessage& message);

 private:
  struct First {
    std::string message;  // id
    bool answered = true;
  };
  std::map<std::string, First> told_;
};

// Somebody must have heard of an obligation by that day.
struct Duty {
  Day day{};
  Role to = Role::case_manager;
  enum class Move { earlier, later, none } move = Move::later;  // where the day is closed
};

class Promises {
 public:
  explicit Promises(World& world) : world_(world) {}

  // For these clients, at rest while the daemon runs and believes its clock.
  std::vector<std::string> check(const std::set<std::string>& clients);

  std::set<std::string> accepted;  // ids of all messages that a peer has taken

 private:
  void check_schedule(const std::string& client, bool active);
  void check_telling(const ClientFacts& facts);
  void check_two_know(const ClientFacts& facts, const KnownObligation& known,
                      const std::vector<StoredItem>& items);
  void check_known(const ClientFacts& facts);
  void check_reasons(const std::string& client);
  void check_intervals(const ClientFacts& facts);
  void check_ways_out();
  bool day_has_come(const Duty& duty, Instant known_since) const;
  bool concerns(const StoredItem& item, const Duty& duty, const ClientFacts& facts) const;
  bool has_own_interval(const std::string& client) const;
  bool was_away(const std::string& staff, Day day) const;
  bool is_there(const std::string& staff, Day day) const;
  bool nobody_acts(const std::string& case_manager, Day day) const;
  void broken(const std::string& promise, const std::string& what);

  World& world_;
  Planning planning_;
  std::vector<std::string> broken_;
};

}  // namespace omamori::sim
