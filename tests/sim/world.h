// omamorid without its main: the real store on disk, the real service, importer, commands and both
// loops, on a clock that jumps from wake to wake, with peers in memory. Used by the timelines and
// the simulated year.
//
// Nothing here decides anything. Throws std::runtime_error for what a test should be told of at
// once: an import that is refused, loops that do not come to rest.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/csv/words.h"
#include "daemon/commands/command.h"
#include "daemon/delivery_loop.h"
#include "daemon/reminder_loop.h"
#include "tests/scratch_directory.h"
#include "tests/sim/peers.h"

namespace omamori::sim {

class World {
 public:
  // `policy`: policy.toml. Makes the database; the process does not run yet.
  World(Instant begin, const std::string& policy);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // --- the process -----------------------------------------------------------------------------
  void start();
  // As kill -9 does: what was on its way is on its way.
  void kill();
  bool running() const { return reminders_ != nullptr; }
  // [delivery] hold. Takes effect as after a restart.
  void set_hold(bool hold);

  // --- what people do: the commands of omamorictl, and imports ---------------------------------
  void import(const std::map<CsvKind, std::string>& files);
  // {"record monitoring", {"client": "C-1"}}. Throws with the command's words if it is refused.
  std::string run(const std::string& command, const std::map<std::string, std::string>& options);
  void acknowledge(const std::string& obligation, const std::string& staff, Day visit_on);
  void accept_clock();

  // --- time ------------------------------------------------------------------------------------
  // The clock on the wall says what it says; time passes all the same.
  void set_clock_error(std::chrono::seconds error);
  // Lets everything happen until `until`, that instant included, by true time.
  void run_until(Instant until);
  // Everything that is due now.
  void settle();
  Instant true_now() const { return true_now_; }
  std::optional<Instant> next_wake() const;  // true time

  SimulatedPeers& peers() { return peers_; }
  Service& service() { return *service_; }
  Store& store() { return *store_; }
  const Zone& zone() const { return zone_; }
  const ReminderLoop* reminders() const { return reminders_.get(); }
  const FixedClock& clock() const { return clock_; }

  // Called whenever everything that was due is done.
  std::function<void()> at_rest;

 private:
  void open();
  void make_service();
  void move_to(Instant true_time);

  ScratchDirectory directory_;
  Zone zone_{"Asia/Tokyo"};
  Instant true_now_;
  std::chrono::seconds clock_error_{0};
  FixedClock clock_;
  SimulatedPeers peers_{clock_};
  Policy policy_;
  Config config_;
  std::vector<Day> holidays_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<DeliveryLoop> delivery_;
  std::unique_ptr<ReminderLoop> reminders_;
  std::optional<Instant> next_;  // wall time
};

}  // namespace omamori::sim
