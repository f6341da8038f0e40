// What must be so after people have answered by links (P8), kept beside the program by what was
// sent and what came back, and more simply than the program does: each visit is one record whatever
// doors it came by, each act by a link is receipted to whom it is attributed, what silences to
// somebody else besides, and nothing is written down in the name of a door that nobody used.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/model/door_act_kind.h"
#include "tests/sim/told.h"
#include "tests/sim/world.h"

namespace omamori::sim {

// What was recorded by a link of a message.
struct SentAct {
  std::int64_t id = 0;
  DoorActKind kind = DoorActKind::visited;
  std::string staff;  // for whom the link was made
  std::string client;
  bool silences = false;
  bool awaits_confirmation = false;
  bool answered = false;      // by a mail about it: no receipt goes to whom it is attributed
  bool stood_in_for = false;  // whom it is attributed to was away: whoever stood in reads it too
  Instant at{};
  std::optional<Instant> undone_at = std::nullopt;
};

class DoorPromises {
 public:
  explicit DoorPromises(World& world);

  void hear(const ToldMessage& message);

  // --- what people did, each as it is done -----------------------------------------------------
  // Somebody with a token or key asked, now: what it writes is theirs.
  void used(const std::string& actor) { used_.emplace(actor, world_.service().now()); }
  void sent(const SentAct& act) { acts_[act.id] = act; }
  void undone(std::int64_t act);
  void visit_by_link(const std::string& client, Day on);
  void visit_by_csv(const std::string& client, Day on);
  void visit_by_command(const std::string& client, Day on) { ++visits_[{client, on}].live; }
  void visit_undone(const std::string& client, Day on);
  void seen(const std::string& check, Day on, Outcome outcome) {
    words_[{check, on}].insert(outcome);
  }

  const std::map<std::int64_t, SentAct>& acts() const { return acts_; }

  // When everything that was owed is told.
  std::vector<std::string> check();

 private:
  struct OfDay {
    int live = 0;
    bool voided = false;
  };
  struct Heard {
    std::string staff;
    bool instead = false;  // of somebody who could not be reached
    Instant at{};
  };
  void check_visits();
  void check_check_ins();
  void check_actors();
  void check_receipt(const SentAct& act);
  void check_undone(const SentAct& act);
  // Of one act, by stage.
  const std::vector<Heard>& heard(std::int64_t act, const std::string& stage);
  bool has_reason(std::int64_t act, const std::string& staff);
  void add(const std::string& what) { wrong_.push_back("P8: " + what); }

  World& world_;
  std::map<std::pair<std::string, Day>, OfDay> visits_;
  std::map<std::pair<std::string, Day>, std::set<Outcome>> words_;  // said of a check and day
  std::map<std::int64_t, SentAct> acts_;
  std::set<std::pair<std::string, Instant>> used_;
  std::map<std::pair<std::string, std::string>, std::vector<Heard>> heard_;  // by key and stage
  std::vector<std::string> wrong_;
};

}  // namespace omamori::sim
