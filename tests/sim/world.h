// omamorid without its operating system: real configuration files and the real store, in a file
// system in memory where there is one; the real daemon with both loops, importer and commands, on a
// clock that jumps from wake to wake, with peers in memory. Used by the timelines and the simulated
// years.
//
// Nothing here decides anything. Throws std::runtime_error for what a test should be told of at
// once: a command that is refused, a turn that failed, loops that do not come to rest.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/import/csv/words.h"
#include "daemon/runtime/daemon.h"
#include "daemon/web/router.h"
#include "tests/sim/peers.h"
#include "tests/support/scratch_directory.h"

namespace omamori::sim {

class World {
 public:
  // `policy`: policy.toml. Makes the database; the process does not run yet.
  World(Instant begin, const std::string& policy, const Zone& zone = Zone("Asia/Tokyo"));
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // --- the process -----------------------------------------------------------------------------
  void start();
  // As kill -9 does: what was on its way is on its way.
  void kill();
  bool running() const { return daemon_ != nullptr; }
  // What the watchdog of the unit is fed by.
  bool makes_progress() const { return daemon_->makes_progress(); }
  // Writes [delivery] hold into omamori.toml; a daemon that runs reads it again.
  void set_hold(bool hold);
  // Somebody saves policy.toml; a daemon that runs reads it again.
  void set_policy(const std::string& text);

  // --- what people do: the commands of omamorictl, and imports ---------------------------------
  void import(const std::map<CsvKind, std::string>& files);
  // {"record monitoring", {"client": "C-1"}}. Throws with the command's words if it is refused.
  std::string run(const std::string& command, const std::map<std::string, std::string>& options);
  // policy.toml as an editor leaves it; nobody reads it before a reload or a start.
  void write_policy(const std::string& text);
  void accept_clock();

  // --- the doors -------------------------------------------------------------------------------
  // What stands before the path of a link.
  static constexpr const char* kPublicUrl = "https://omamori.example.jp";
  // From now on messages carry links and can be replied to, and ask() is answered. Before start().
  void open_doors();
  // A request as it comes from the listener, while the daemon runs. What it writes is acted on at
  // the next settle().
  HttpResponse ask(const HttpRequest& request);
  // A mail as its server hands it over, while the daemon runs.
  Response receive_mail(const std::string& mail);
  // The bytes of everything that is kept in files, by the name of the file.
  std::map<std::string, std::string> kept_files() const;

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
  // What the last STATUS= said.
  const std::string& status() const { return manager_.line; }

  // Who waits for the heartbeat, if anybody does. Set before start().
  struct Beats {
    bool watched = false;
    std::optional<SendResult> answer;  // nothing: it hangs
    std::vector<Instant> said;         // by true time
  };
  Beats beats;

  // Does the daemon look at every table after it has started? Set before start().
  bool checks_database = true;

  // Called whenever everything that was due is done.
  std::function<void()> at_rest;

 private:
  // systemd, as far as anybody asks it.
  class Manager final : public ServiceManager {
   public:
    void ready() override {}
    void reloading() override {}
    void stopping() override {}
    void status(const std::string& text) override { line = text; }
    void watchdog() override {}
    std::optional<std::chrono::microseconds> watchdog_interval() const override { return {}; }
    std::string line;
  };

  void write_files();
  void reread(const std::string& why);
  void open();
  Daemon::World outside();
  Response ask(Request request);
  void move_to(Instant true_time);
  bool run_posted();

  ScratchDirectory directory_{memory_directory()};
  std::filesystem::path config_file_;
  bool hold_ = false;
  bool has_doors_ = false;
  Zone zone_;
  Instant true_now_;
  std::chrono::seconds clock_error_{0};
  FixedClock clock_;       // what the program reads
  FixedClock true_clock_;  // what everybody else goes by
  SimulatedPeers peers_{true_clock_};
  Manager manager_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<WebContext> doors_;  // null: closed
  std::deque<std::function<void()>> posted_;
  std::optional<Instant> next_;  // by the clock the program reads
};

}  // namespace omamori::sim
