// The service as it runs: the two loops driven by whatever comes — an instant, an answer of a
// courier, a command, a signal, a file that changed — with its state for systemd and the log.
// Everything on one thread, the loop's. It waits for nothing itself: the world calls it.
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "daemon/backup/backups.h"
#include "daemon/backup/restored_links.h"
#include "daemon/control/request.h"
#include "daemon/delivery/delivery_loop.h"
#include "daemon/reminders/health.h"
#include "daemon/reminders/reminder_loop.h"
#include "daemon/retention/retention.h"
#include "daemon/runtime/database_watch.h"
#include "daemon/runtime/event_log.h"
#include "daemon/runtime/heartbeat.h"
#include "daemon/runtime/integrity_check.h"
#include "daemon/runtime/service_manager.h"
#include "daemon/settings/reload.h"

namespace omamori {

class Daemon {
 public:
  struct World {
    std::filesystem::path config_file;
    std::function<ClockReading()> read_clock;
    Instant built{};  // of the program: an earlier clock is wrong
    // turn() is to be called at that instant, in place of any asked for before; nothing = only an
    // event brings the next turn.
    std::function<void(std::optional<Instant>)> wake_at;
    // Runs a function soon, not from inside the call.
    std::function<void(std::function<void()>)> post;
    // Asks for the heartbeat's URL in another thread; `done` runs later, on the loop's thread.
    // Null: there is none.
    std::function<void(std::function<void(SendResult)> done)> beat;
    // A mail that its server hands over; null: nothing is read here.
    std::function<Response(const Request&)> receive_mail;
    // Demo: lets a clock that jumps go as far as this. "" or why not.
    std::function<std::string(Instant)> run_to;
    // Runs work in another thread (daemon/backup/backups.h). Null: no copies of the database are
    // made.
    Backups::Aside aside;
    // Whether the file is sound is asked after the start; not where nothing can have damaged it.
    bool checks_database = true;
  };
  Daemon(Service& service, Couriers& couriers, ServiceManager& manager, World world);

  // The first turn is posted; READY.
  void start();
  // Everything that is due. Does not throw: what goes wrong is logged, shown and tried again.
  void turn();
  // A command of the control socket. Throws what a command throws.
  Response answer(const Request& request);
  // A request at the doors: `handle` hears whether there is a database that may be read, and what
  // it writes is acted on at once. Throws what it throws.
  void by_door(const std::function<void(bool has_database)>& handle);
  // Is all well, by a look at health that may be some seconds old?
  bool sound();
  // SIGHUP, or a file has changed. `why` goes to the log.
  void reload(const std::string& why);

  // Nothing new leaves from now on; what is on its way is recorded when it comes back.
  void stop();
  // What comes back while the database is lost cannot be recorded, and is not waited for.
  std::size_t in_flight() const { return database_.lost().empty() ? delivery_.in_flight() : 0; }
  // Are all loops at it? False: the turn that is due has not come. One that fails and is repeated
  // in time is: to be killed for a full disk would lose what it keeps until the disk takes it. What
  // the watchdog is fed by.
  bool makes_progress() const;
  // Has what came back not been recorded yet, because the disk did not take it?
  bool failing() const { return !turns().failure.empty(); }

 private:
  LastTurns& turns() { return *service_.turns; }
  const LastTurns& turns() const { return *service_.turns; }
  void one_turn();
  // The file behind the database is not there: nothing may be done but say so.
  bool database_is_lost();
  void turn_soon();
  void check_integrity();
  void take_policy_step();
  void note_reminders();
  void note_delivered(const Delivered& delivered);
  Response answer_one(const Request& request);
  // Somebody else has written: what the loops keep in memory is read again.
  void take_over();
  // A turn, or a command that was to write, broke off.
  void note_failure(const std::exception& error);
  void note_damage(const std::string& what);
  void prove_that_it_writes();
  // Brings `health_` up to date.
  void look_at_health();
  bool health_is_fresh() const;
  // Says the heartbeat if this cycle was sound and one is due; when the next one is.
  std::optional<Instant> beat_if_sound();
  void hear_of_beat(const SendResult& result);
  void withhold(const std::string& why);
  void show_state(std::optional<Instant> next);
  std::string state_text(std::optional<Instant> next) const;
  Response reload_command(const Request& request);
  Response run_to_command(const Request& request);
  Response mail_command(const Request& request);

  Service& service_;
  ServiceManager& manager_;
  World world_;
  DeliveryLoop delivery_;
  ReminderLoop reminders_;
  bool turn_posted_ = false;
  bool stopping_ = false;
  bool proven_ = false;   // the database takes what is written
  bool at_rest_ = false;  // the last turn left nothing to do at its instant
  bool memory_to_give_back_ = false;
  DatabaseWatch database_;
  bool reload_when_back_ = false;
  IntegrityCheck integrity_;
  Backups backups_;
  RestoredLinks restored_links_;
  Retention retention_;
  std::optional<PolicyIntake> intake_;  // of a policy.toml that has changed
  EventLog events_;
  Health health_;                       // at the last look
  std::optional<Instant> health_seen_;  // when that was
  std::optional<Instant> next_;
  std::string shown_;
  Beats beats_;
  bool beating_ = false;  // one is on its way
};

}  // namespace omamori
