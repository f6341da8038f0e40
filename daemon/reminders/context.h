// What every command and both loops stand on: the store, the clock, the configuration and the
// policy in force. One per process, used from one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "config/policy.h"
#include "daemon/doors/token.h"
#include "daemon/model/bilingual.h"
#include "daemon/model/clock.h"
#include "daemon/model/open_days.h"
#include "daemon/model/time_zone.h"
#include "daemon/reminders/last_turns.h"
#include "daemon/rules/plan.h"
#include "daemon/rules/recipients.h"
#include "daemon/text/templates.h"
#include "db/store.h"

namespace omamori {

// All that the plans of different clients have in common, read once.
struct Planning {
  Policy policy;
  std::vector<TermsVersion> terms;
  Directory directory;
  Workdays workdays;
  std::vector<std::string> unreadable;  // rows left out of the above: "staff CM-9"
};

struct WeeklyBook;  // daemon/reminders/weekly_reader.h

// What is known of the heartbeat: set by the daemon, shown by `status`. A program that is not the
// daemon knows nothing of it.
struct HeartbeatState {
  bool watched = false;         // a daemon with a [heartbeat] url runs here
  std::string withheld;         // why it is withheld; "" = it is not
  std::string failing;          // why the last one did not arrive; "" = it did
  std::optional<Instant> last;  // that arrived
};

// What is known of the doors: set by the daemon. A program that is not the daemon opens none.
struct DoorState {
  std::string place;    // "127.0.0.1:8480"; "" = not open
  std::string failing;  // why they could not be opened, and what to do; "" = nothing is wrong
};

// What is known of the copies of the database: set by the daemon, which makes them
// (daemon/backup/backups.h), and by the command that asks for one.
struct BackupState {
  bool made_here = false;  // a daemon that makes them drives this service
  Instant since{};         // since when
  struct Wish {
    int number = 0;            // 1, 2, …
    std::filesystem::path to;  // empty: where they belong
  };
  std::optional<Wish> wish;  // asked for, and not begun
  int wishes = 0;
  struct Ended {
    int number = 0;              // of the wish
    std::filesystem::path file;  // empty: it was only looked at
    std::string why;             // it is no good; "" = it is
    std::uint64_t bytes = 0;
    JournalHead head;
  };
  Ended ended;  // the last that was asked for
};

class Service {
 public:
  struct Parts {
    Config config;
    Policy policy;  // the one in force: the store's kept policy
    std::vector<Day> holidays;
    std::vector<std::string> notices;  // what went wrong at start and was survived; shown loudly
    Templates templates = builtin_templates();
    std::optional<TokenKey> token_key = std::nullopt;  // nothing: no links, no replies
  };
  Service(Store& store, const Clock& clock, Parts parts);

  Store& store() { return store_; }
  const Config& config() const { return parts_.config; }
  const Policy& policy() const { return parts_.policy; }
  const std::vector<std::string>& notices() const { return parts_.notices; }
  // The layout of messages: the office's own where they are sound.
  const Templates& templates() const { return parts_.templates; }
  // Nothing unless there are links or replies and the key can be read.
  const std::optional<TokenKey>& token_key() const { return parts_.token_key; }
  // Do messages have links?
  bool has_links() const { return token_key() && !config().http.public_url.empty(); }
  // Are replies to messages read here?
  bool reads_replies() const { return token_key() && config().reply.is_read(); }
  const Zone& zone() const { return zone_; }
  Instant now() const { return clock_.now(); }
  Day today() const { return zone_.day_of(clock_.now()); }
  Act act(const std::string& actor) const;
  // Kept until people, places, policies or holidays change; whoever holds it keeps what it was.
  std::shared_ptr<const Planning> planning();
  // The same as if `proposed` were accepted today.
  Planning planning_under(const Policy& proposed);

  // What a reload takes over.
  void use_policy(Policy policy) {
    parts_.policy = std::move(policy);
    ++settings_;
  }
  void use_holidays(std::vector<Day> holidays) {
    parts_.holidays = std::move(holidays);
    ++settings_;
  }
  void use_templates(Templates templates) { parts_.templates = std::move(templates); }
  void use_hold(bool hold) { parts_.config.hold = hold; }
  void use_control_lists(ControlLists lists) { parts_.config.control = std::move(lists); }
  // Does nothing leave? By omamori.toml, or since a restore that was not released
  // (daemon/reminders/restored.h).
  bool held();
  // What holds it, and what ends that.
  struct Hold {
    Said what{"", ""};
    Said to_do{"", ""};
  };
  Hold hold();
  void use_notices(std::vector<std::string> notices) { parts_.notices = std::move(notices); }
  // Counts what was taken over of policy and holidays.
  int settings() const { return settings_; }

  HeartbeatState heartbeat;
  DoorState doors;
  BackupState backups;
  // What the daemon's turns met. Nothing: no daemon drives this service.
  std::optional<LastTurns> turns;
  // The figures of the week, for as long as several messages are made of them.
  std::shared_ptr<const WeeklyBook> weekly_book;

 private:
  Store& store_;
  const Clock& clock_;
  Parts parts_;
  Zone zone_;
  int settings_ = 0;
  std::shared_ptr<const Planning> planning_;
  std::pair<std::int64_t, int> planning_of_;  // Store::settings_changes() and settings_
};

// The policy that is in force at start: the kept one. A file that differs from it is taken over
// afterwards, as at any other time (daemon/settings/policy_intake.h). Where none is kept the file
// is accepted and journalled; without a good one there is nothing, and nothing may run (exit 78).
struct StartPolicy {
  std::optional<Policy> policy;
  std::vector<std::string> notices;  // why there is none; of a first policy: its warnings
};
// Settings that name nobody or change nothing.
std::vector<std::string> warnings_of(Store& store, const Policy& policy);
StartPolicy start_policy(Store& store, const Config& config, const Act& act);

// The holidays: jp-holidays.csv beside `config_file` if there, else the ones compiled in. Errors
// are notices; the compiled-in ones are used then.
std::vector<Day> start_holidays(const std::filesystem::path& config_file,
                                std::vector<std::string>& notices);

// The key of links, where there are any; if it cannot be read that is a notice, and there are none.
std::optional<TokenKey> start_token_key(const Config& config, std::vector<std::string>& notices);

// The office's templates; if one is not sound its errors are notices and the built-in ones are
// used.
Templates start_templates(const Config& config, std::vector<std::string>& notices);

}  // namespace omamori
